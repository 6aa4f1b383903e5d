package org.netloom.benchmarks;

import java.util.List;
import java.util.Objects;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Param;

/** Pooling over 3×3 windows of 64 maps with padding 1; forward alone or with the gradient. */
public class PoolingBenchmark extends ProgramBenchmark {
  /** Which pooling. */
  public enum Kind {
    MAX,
    AVERAGE
  }

  @Param public Kind kind;

  @Param({"1", "2"})
  public int stride;

  @Param({"false", "true"})
  public boolean gradients;

  /** Side of the maps, channels. */
  @Param({"32x64", "16x128", "8x256"})
  public String size;

  private Pooling.Window window() {
    return new Pooling.Window(3, stride, 1);
  }

  @Override
  List<Shape> inputs() {
    int side = numbers(size)[0];
    int out = window().output(side);
    int channels = numbers(size)[1];
    return List.of(Shape.of(64, side, side, channels), Shape.of(64, out, out, channels));
  }

  @Override
  Value record(Program program, List<Value> in) {
    Pooling operation =
        kind == Kind.MAX ? new Pooling.Max(window()) : new Pooling.Average(window());
    Value y = program.applyAll(operation, in.get(0)).getFirst();
    if (!gradients) {
      return y;
    }
    List<Value> with = List.of(in.get(0));
    return Objects.requireNonNull(Gradients.record(program, y, in.get(1), with).getFirst());
  }
}
