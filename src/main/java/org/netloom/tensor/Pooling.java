package org.netloom.tensor;

import java.util.List;

/** Pooling over NHWC maps. */
public sealed interface Pooling extends Operation {

  /**
   * Square windows over NHWC maps; the output has ⌊(side + 2·padding − kernel)/stride⌋ + 1 rows.
   *
   * @param ceil whether a last window that hangs over the far end counts too, if it begins before
   *     that end: the quotient is then rounded up
   */
  record Window(int kernel, int stride, int padding, boolean ceil) {
    /** Windows that lie inside the padded map. */
    public Window(int kernel, int stride, int padding) {
      this(kernel, stride, padding, false);
    }

    /** Side of the output map for a side of the input map. */
    public int output(int side) {
      int free = side + 2 * padding - kernel;
      int inside = free / stride + 1;
      return ceil && free % stride != 0 && inside * stride < side + padding ? inside + 1 : inside;
    }

    Shape output(Operation operation, List<Shape> inputs) {
      Shape x = inputs.getFirst();
      Shapes.check(x.rank() == 4, operation, "needs a map NxHxWxC", inputs);
      Shapes.check(
          output(x.side(1)) > 0 && output(x.side(2)) > 0,
          operation,
          "kernel (%d) is larger than the map".formatted(kernel),
          inputs);
      return Shape.of(x.side(0), output(x.side(1)), output(x.side(2)), x.side(3));
    }
  }

  /** x → maximum of each window; padding never wins; of equal values the first wins. */
  record Max(Window window) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(window.output(this, inputs));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients.program().apply(new MaxGradient(window), gradients.ofOutput(at), at.in(0)));
    }
  }

  /** (∂y, x) → ∂x: each window's gradient goes to its first maximum. */
  record MaxGradient(Window window) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      return List.of(inputs.get(1));
    }
  }

  /** x → mean of each window; padding is not counted. */
  record Average(Window window) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(window.output(this, inputs));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(new AverageGradient(window, at.in(0).shape()), gradients.ofOutput(at)));
    }
  }

  /** ∂y → ∂x of {@link Average}. */
  record AverageGradient(Window window, Shape shape) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(shape);
    }
  }

  /** x [n,h,w,c] → mean over fixed output cells [n,height,width,c]; 1×1 is the global average. */
  record Adaptive(int height, int width) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(x.rank() == 4, this, "needs a map NxHxWxC", inputs);
      return List.of(Shape.of(x.side(0), height, width, x.side(3)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(
                  new AdaptiveGradient(height, width, at.in(0).shape()), gradients.ofOutput(at)));
    }
  }

  /** ∂y → ∂x of {@link Adaptive}. */
  record AdaptiveGradient(int height, int width, Shape shape) implements Pooling {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(shape);
    }
  }
}
