package org.netloom.graph;

/**
 * Rows and columns of zeros around a map. Negative values crop: the shifted half of a factorised
 * reduction reads the map from row and column 1 and pads odd maps at the far end.
 */
public record Padding(int top, int left, int bottom, int right) {
  public static final Padding NONE = new Padding(0, 0, 0, 0);

  /** Whether it only adds, and the same on both ends of each side. */
  public boolean isSymmetric() {
    return top >= 0 && left >= 0 && top == bottom && left == right;
  }

  /** The same padding on all four sides. */
  public static Padding of(int all) {
    return new Padding(all, all, all, all);
  }

  /** Symmetric padding by rows and columns. */
  public static Padding of(int rows, int columns) {
    return new Padding(rows, columns, rows, columns);
  }
}
