package org.netloom.benchmarks;

import java.util.List;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Param;

/** Convolutions of stride 1 that keep the size of 64 maps, forward and both gradients. */
public class ConvolutionBenchmark extends ProgramBenchmark {
  private static final int IMAGES = 64;

  /** What is computed from what. */
  public enum Pass {
    FORWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT
  }

  /** Which convolution. */
  public enum Kind {
    DENSE_3X3(3, false),
    DENSE_1X1(1, false),
    DEPTHWISE_3X3(3, true),
    DEPTHWISE_5X5(5, true);

    private final int kernel;
    private final boolean depthwise;

    Kind(int kernel, boolean depthwise) {
      this.kernel = kernel;
      this.depthwise = depthwise;
    }
  }

  @Param public Kind kind;

  @Param public Pass pass;

  /** Side of the maps, channels in and out. */
  @Param({"32x64", "16x128", "8x256"})
  public String size;

  @Override
  List<Shape> inputs() {
    int side = numbers(size)[0];
    int channels = numbers(size)[1];
    Shape maps = Shape.of(IMAGES, side, side, channels);
    Shape weight = Shape.of(channels, kind.depthwise ? 1 : channels, kind.kernel, kind.kernel);
    return List.of(maps, pass == Pass.WEIGHT_GRADIENT ? maps : weight);
  }

  @Override
  Value record(Program program, List<Value> in) {
    int side = numbers(size)[0];
    int channels = numbers(size)[1];
    ConvolutionGeometry geometry =
        ConvolutionGeometry.square(
            IMAGES,
            side,
            side,
            channels,
            channels,
            kind.kernel,
            1,
            kind.kernel / 2,
            1,
            kind.depthwise ? channels : 1);
    Convolution operation =
        switch (pass) {
          case FORWARD -> new Convolution.Forward(geometry);
          case INPUT_GRADIENT -> new Convolution.InputGradient(geometry);
          case WEIGHT_GRADIENT -> new Convolution.WeightGradient(geometry);
        };
    return program.apply(operation, in.get(0), in.get(1));
  }
}
