package org.netloom.tensor;

/** A tensor in the host's memory: row-major float32 values. */
public record Tensor(Shape shape, float[] data) {
  public Tensor {
    if (shape.size() != data.length) {
      throw new ShapeException(
          "A tensor of shape (%s) needs (%d) values, but got (%d)."
              .formatted(shape, shape.size(), data.length));
    }
  }

  /** Zeros of a shape. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()]);
  }
}
