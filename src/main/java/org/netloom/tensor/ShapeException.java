package org.netloom.tensor;

/** Shapes that do not fit; the message names the operation and the shapes. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }

  private ShapeException(String message, ShapeException cause) {
    super(message, cause);
  }

  /** The same mistake with the place where it was made in front. */
  public ShapeException at(String place) {
    return new ShapeException(place + ": " + getMessage(), this);
  }
}
