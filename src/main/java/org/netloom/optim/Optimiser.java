package org.netloom.optim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Update;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;

/**
 * How gradients become steps. Gradients are clipped first: g·min(1, clip/(‖g‖ + 1e-6)), with ‖g‖
 * the L2 norm of all of them together.
 */
public sealed interface Optimiser permits Sgd, AdamW {

  /** λ, what pulls weights towards zero; 0 for none. */
  float weightDecay();

  /** Largest global norm of the gradient; 0 turns clipping off. */
  float clip();

  /** This optimiser with another weight decay. */
  Optimiser withWeightDecay(float weightDecay);

  /** This optimiser with another largest norm. */
  Optimiser withClip(float clip);

  /** Names of the tensors that it keeps beside every weight, each of the weight's shape. */
  List<String> moments();

  /** The update of one tensor: (weight, gradient, moments.., norm, rate). */
  Update update();

  /**
   * A tensor that is trained and what is kept beside it.
   *
   * @param moments one for each of {@link #moments()}, of the weight's shape
   */
  record Slot(Variable weight, List<Variable> moments) {
    public Slot {
      moments = List.copyOf(moments);
    }
  }

  /**
   * Records the backward pass of a loss and the update of all slots. A tensor that the loss does
   * not depend on is left alone.
   *
   * @param loss a value [1]
   * @param norm a variable [1] that receives ‖g‖ before clipping
   * @param rate a variable [2] that holds, when the program runs, the learning rate and the number
   *     of the step from 1
   */
  default void record(Program program, Value loss, List<Slot> slots, Variable norm, Variable rate) {
    Value one = program.apply(new Layout.Constant(Shape.of(1), 1f));
    List<Value> weights = slots.stream().map(slot -> program.variable(slot.weight())).toList();
    List<@Nullable Value> gradients = Gradients.record(program, loss, one, weights);
    List<Value> operands = new ArrayList<>(List.of(program.variable(norm)));
    for (Value gradient : gradients) {
      if (gradient != null) {
        operands.add(gradient);
      }
    }
    program.applyAll(new Update.GlobalNorm(), operands.toArray(Value[]::new));
    for (int i = 0; i < slots.size(); i++) {
      Value gradient = gradients.get(i);
      if (gradient != null) {
        List<Value> all = new ArrayList<>(List.of(weights.get(i), gradient));
        slots.get(i).moments().forEach(moment -> all.add(program.variable(moment)));
        all.add(program.variable(norm));
        all.add(program.variable(rate));
        program.applyAll(update(), all.toArray(Value[]::new));
      }
    }
  }

  /** Refuses impossible decay and clipping. */
  static void check(float weightDecay, float clip) {
    if (!(weightDecay >= 0) || !(clip >= 0) || !Float.isFinite(weightDecay + clip)) {
      throw new IllegalArgumentException(
          "weight decay (%s) and clip (%s) must be at least 0 and finite."
              .formatted(weightDecay, clip));
    }
  }
}
