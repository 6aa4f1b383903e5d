package org.netloom.benchmarks;

import java.util.List;
import java.util.Objects;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Param;

/** Batch norm with batch statistics, then ReLU, over 64 maps; forward alone or with gradients. */
public class BatchNormBenchmark extends ProgramBenchmark {
  @Param({"false", "true"})
  public boolean gradients;

  /** Side of the maps, channels. */
  @Param({"32x64", "16x128", "8x256"})
  public String size;

  @Override
  List<Shape> inputs() {
    int side = numbers(size)[0];
    Shape channels = Shape.of(numbers(size)[1]);
    Shape maps = Shape.of(64, side, side, channels.side(0));
    return List.of(maps, channels, channels, maps);
  }

  @Override
  Value record(Program program, List<Value> in) {
    Value normal =
        program
            .applyAll(new Normalisation.BatchNorm(1e-5f), in.get(0), in.get(1), in.get(2))
            .getFirst();
    Value y = program.apply(new Elementwise.Apply(Elementwise.Function.RELU), normal);
    if (!gradients) {
      return y;
    }
    List<Value> with = in.subList(0, 3);
    return Objects.requireNonNull(Gradients.record(program, y, in.get(3), with).getFirst());
  }
}
