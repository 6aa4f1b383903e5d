package org.netloom.tensor.cpu;

/** Products Aᵀ·B of matrices that lie row by row, over all columns of C. */
final class OuterProduct {
  /** Rows of C are split over threads in multiples of this. */
  static final int ROWS = TallTiles.USED ? TallTiles.ROWS : OuterTiles.NARROW_ROWS;

  private OuterProduct() {}

  /**
   * Rows m0..m1−1 and columns 0..n−1 of C (+)= Aᵀ·B, with the inner index as {@link OuterTiles}
   * says; element (0, 0) of C lies at {@code out}.
   */
  static void multiply(
      float[] a,
      int baseA,
      int[] ofA,
      float[] b,
      int baseB,
      int[] ofB,
      int count,
      float[] c,
      int out,
      int pitch,
      int m0,
      int m1,
      int n,
      boolean add) {
    for (int j = 0; j < n; j += OuterTiles.WIDE) {
      int left = n - j;
      int columns = Math.min(left, OuterTiles.WIDE);
      if (left > OuterTiles.NARROW) {
        int i = m0;
        if (TallTiles.USED && left >= OuterTiles.WIDE) {
          float[] sums = TallTiles.sums();
          for (; i + TallTiles.ROWS <= m1; i += TallTiles.ROWS) {
            TallTiles.outer(a, baseA + i, ofA, b, baseB + j, ofB, count, sums);
            TallTiles.put(sums, c, out + i * pitch + j, pitch, add);
          }
        }
        for (; i < m1; i += OuterTiles.WIDE_ROWS) {
          OuterTiles.wide(
              a,
              baseA + i,
              ofA,
              b,
              baseB + j,
              ofB,
              count,
              c,
              out + i * pitch + j,
              pitch,
              Math.min(m1 - i, OuterTiles.WIDE_ROWS),
              columns,
              add);
        }
      } else {
        for (int i = m0; i < m1; i += OuterTiles.NARROW_ROWS) {
          OuterTiles.narrow(
              a,
              baseA + i,
              ofA,
              b,
              baseB + j,
              ofB,
              count,
              c,
              out + i * pitch + j,
              pitch,
              Math.min(m1 - i, OuterTiles.NARROW_ROWS),
              columns,
              add);
        }
      }
    }
  }

  /**
   * Rough cost of m rows and n columns in cycles per inner index: a tall tile costs twelve and a
   * half for twelve rows, a wide one five and a half for four, a narrower one as much for eight.
   */
  static double cost(int m, int n) {
    int wide = n / OuterTiles.WIDE;
    int left = n - wide * OuterTiles.WIDE;
    int tall = TallTiles.USED ? m / TallTiles.ROWS : 0;
    int others = Math.ceilDiv(m - tall * TallTiles.ROWS, OuterTiles.WIDE_ROWS);
    double wideCost = 12.5 * tall + 5.5 * others;
    double narrowCost = 5.5 * Math.ceilDiv(m, OuterTiles.NARROW_ROWS);
    double last = left == 0 ? 0 : left > OuterTiles.NARROW ? wideCost : narrowCost;
    return wideCost * wide + last;
  }
}
