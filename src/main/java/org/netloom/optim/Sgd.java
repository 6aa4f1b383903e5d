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
 * Stochastic gradient descent with heavy-ball momentum, as in the published training of DeepNets-1M
 * networks: d = g·min(1, clip/(‖g‖ + 1e-6)) + λ·w, u ← μ·u + d, w ← w − rate·u, with ‖g‖ the L2
 * norm of all gradients together.
 *
 * <p>The decay λ is L2 (added to the gradient after clipping, not decoupled) and applies to every
 * trainable tensor: weights, biases, norm gains and offsets, positional encodings, as published.
 * Running statistics are not trained and so never decayed.
 *
 * @param momentum μ, 0 to below 1
 * @param weightDecay λ, 0 for none
 * @param clip largest global norm of the gradient; 0 turns clipping off
 */
public record Sgd(float momentum, float weightDecay, float clip) {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "momentum (%s) must be at least 0 and below 1.".formatted(momentum));
    }
    if (!(weightDecay >= 0) || !(clip >= 0) || !Float.isFinite(weightDecay + clip)) {
      throw new IllegalArgumentException(
          "weight decay (%s) and clip (%s) must be at least 0 and finite."
              .formatted(weightDecay, clip));
    }
  }

  /** A tensor that is trained and its momentum u, of one shape. */
  public record Slot(Variable weight, Variable momentum) {}

  /**
   * Records the backward pass of a loss and the update of all slots. A tensor that the loss does
   * not depend on is left alone.
   *
   * @param loss a value [1]
   * @param norm a variable [1] that receives ‖g‖ before clipping
   * @param rate a variable [1] that holds the learning rate when the program runs
   */
  public void record(Program program, Value loss, List<Slot> slots, Variable norm, Variable rate) {
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
    Update.Sgd step = new Update.Sgd(momentum, weightDecay, clip);
    for (int i = 0; i < slots.size(); i++) {
      Value gradient = gradients.get(i);
      if (gradient != null) {
        program.applyAll(
            step,
            weights.get(i),
            gradient,
            program.variable(slots.get(i).momentum()),
            program.variable(norm),
            program.variable(rate));
      }
    }
  }
}
