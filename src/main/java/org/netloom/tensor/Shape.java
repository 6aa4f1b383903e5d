package org.netloom.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Sides of a dense row-major tensor; a scalar has none. */
public final class Shape {
  private final int[] sides;
  private final int size;

  private Shape(int[] sides) {
    long product = 1;
    for (int side : sides) {
      if (side < 0) {
        throw new ShapeException("A side of (%s) is negative.".formatted(Arrays.toString(sides)));
      }
      product *= side;
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            "A tensor of shape (%s) has more than 2^31-1 values."
                .formatted(Arrays.toString(sides)));
      }
    }
    this.sides = sides;
    this.size = (int) product;
  }

  /** A shape with the given sides. */
  public static Shape of(int... sides) {
    return new Shape(sides.clone());
  }

  /** Number of sides. */
  public int rank() {
    return sides.length;
  }

  /** Side i; negative i counts from the end (−1 is the last). */
  public int side(int i) {
    return sides[i < 0 ? sides.length + i : i];
  }

  /** Number of values. */
  public int size() {
    return size;
  }

  /** Number of rows when the last side is the row length. */
  public int rows() {
    return sides.length == 0 ? 1 : size / Math.max(1, side(-1));
  }

  /** The same sides but for the last one. */
  public Shape withLast(int last) {
    return with(sides.length - 1, last);
  }

  /** The same sides but for side i. */
  public Shape with(int i, int side) {
    int[] copy = sides.clone();
    copy[i] = side;
    return new Shape(copy);
  }

  public int[] toArray() {
    return sides.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(sides, that.sides);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sides);
  }

  @Override
  public String toString() {
    return sides.length == 0
        ? "scalar"
        : Arrays.stream(sides).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
