package org.netloom.tensor;

import java.util.List;

/**
 * A typed operation on float32 tensors. Each alternative states the shapes it takes and gives, its
 * formula, and how its gradient is recorded. Backends switch over the alternatives.
 */
public sealed interface Operation
    permits Convolution,
        Matrix,
        Normalisation,
        Elementwise,
        Pooling,
        Layout,
        Attention,
        Loss,
        GraphSweeps,
        Update {

  /**
   * Shapes of the outputs.
   *
   * @throws ShapeException if the inputs do not fit
   */
  List<Shape> outputs(List<Shape> inputs);

  /**
   * Records the gradients of this operation's inputs.
   *
   * @param at where this operation was applied
   * @param gradients takes the inputs' gradients; tells which inputs need one and the gradients of
   *     the outputs
   */
  default void backward(Application at, Gradients gradients) {
    throw new UnsupportedOperationException(
        "Operation %s has no gradient.".formatted(getClass().getSimpleName()));
  }
}
