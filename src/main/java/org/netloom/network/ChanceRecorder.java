package org.netloom.network;

import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/** Records what is random in training; without chance every value stays what it is. */
final class ChanceRecorder {
  private final Program program;
  private final @Nullable Chance chance;
  private int dropouts;

  ChanceRecorder(Program program, @Nullable Chance chance) {
    this.program = program;
    this.chance = chance;
  }

  /** Values are zeroed with a probability; each call has its own masks, the first one stream 0. */
  Value dropout(Value x, float probability) {
    return chance == null
        ? x
        : program.apply(new Elementwise.Dropout(probability, dropouts++), x, chance.seed());
  }

  /** Images are zeroed with a probability; each node has its own mask. */
  Value depth(Value x, float probability, int node) {
    return chance == null ? x : drop(x, probability, node, chance.seed(), one());
  }

  /** As the settings of the training say for the paths of cells. */
  Value path(Value x, int node) {
    if (chance == null || chance.dropPath() == 0) {
      return x;
    }
    Value ramp = chance.ramp();
    return drop(x, chance.dropPath(), node, chance.seed(), ramp == null ? one() : ramp);
  }

  private Value drop(Value x, float probability, int node, Value seed, Value ramp) {
    return program.apply(new Elementwise.DropPath(probability, node), x, seed, ramp);
  }

  private Value one() {
    return program.apply(new Layout.Constant(Shape.of(1), 1f));
  }
}
