package org.netloom.tensor;

import java.util.List;

/** Checks of operands that several operations share. */
final class Shapes {
  private Shapes() {}

  /** Fails unless the operation got that many operands. */
  static void count(Object operation, List<Shape> inputs, int count) {
    if (inputs.size() != count) {
      throw new ShapeException(
          "%s takes (%d) operands, but got (%d)."
              .formatted(operation.getClass().getSimpleName(), count, inputs.size()));
    }
  }

  /** Fails unless an operand has the shape. */
  static void require(Object operation, String what, Shape expected, Shape actual) {
    if (!expected.equals(actual)) {
      throw new ShapeException(
          "%s needs %s of shape (%s), but got (%s)."
              .formatted(operation.getClass().getSimpleName(), what, expected, actual));
    }
  }

  /** Fails with the operation's name, both shapes, and the reason unless the condition holds. */
  static void check(boolean condition, Object operation, String reason, List<Shape> inputs) {
    if (!condition) {
      throw new ShapeException(
          "%s: %s; got (%s).".formatted(operation.getClass().getSimpleName(), reason, inputs));
    }
  }
}
