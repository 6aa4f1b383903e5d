package org.netloom.benchmarks;

import java.util.List;
import java.util.Objects;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Param;

/** Layer norm of the tokens of 64 images; forward alone or with gradients. */
public class LayerNormBenchmark extends ProgramBenchmark {
  @Param({"false", "true"})
  public boolean gradients;

  /** Side of the map that the tokens come from, channels. */
  @Param({"32x64", "16x128", "8x256"})
  public String size;

  @Override
  List<Shape> inputs() {
    int side = numbers(size)[0];
    Shape channels = Shape.of(numbers(size)[1]);
    Shape tokens = Shape.of(64, side * side, channels.side(0));
    return List.of(tokens, channels, channels, tokens);
  }

  @Override
  Value record(Program program, List<Value> in) {
    Value y =
        program
            .applyAll(new Normalisation.LayerNorm(1e-5f), in.get(0), in.get(1), in.get(2))
            .getFirst();
    if (!gradients) {
      return y;
    }
    List<Value> with = in.subList(0, 3);
    return Objects.requireNonNull(Gradients.record(program, y, in.get(3), with).getFirst());
  }
}
