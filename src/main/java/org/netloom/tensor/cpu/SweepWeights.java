package org.netloom.tensor.cpu;

import java.util.Arrays;

/**
 * A matrix [rows, columns] and a bias [columns], packed in panels of {@value #PANEL} columns, for
 * products with the vectors of some nodes. A vector's product has the same bits whatever vectors
 * are multiplied beside it: even and odd terms are summed apart, each in ascending order.
 *
 * @param start where the panels start in a buffer of many; the first row of each is the bias
 */
record SweepWeights(int start, int rows, int columns) {
  static final int PANEL = 16;
  private static final int L = Simd.WIDE_LANES;

  /** Floats that a matrix takes. */
  static int size(int rows, int columns) {
    return Math.ceilDiv(columns, PANEL) * (rows + 1) * PANEL;
  }

  /** First float behind the matrix. */
  int end() {
    return start + size(rows, columns);
  }

  private int place(int row, int column) {
    return panel(column) + (row + 1) * PANEL;
  }

  /** Where the bias of a column stands, above the column's values. */
  private int panel(int column) {
    return start + column / PANEL * (rows + 1) * PANEL + column % PANEL;
  }

  /** All zeros. */
  void clear(float[] data) {
    Arrays.fill(data, start, end(), 0f);
  }

  /** Sets the bias. */
  void bias(float[] data, float[] a, int at) {
    for (int j = 0; j < columns; j += PANEL) {
      System.arraycopy(a, at + j, data, panel(j), Math.min(PANEL, columns - j));
    }
  }

  /** Sets rows from a matrix [count, columns]. */
  void rows(float[] data, int first, float[] a, int at, int count) {
    for (int j = 0; j < columns; j += PANEL) {
      for (int k = 0; k < count; k++) {
        int from = at + k * columns + j;
        System.arraycopy(a, from, data, place(first + k, j), Math.min(PANEL, columns - j));
      }
    }
  }

  /** Sets everything but the bias from a matrix [columns, rows]. */
  void turned(float[] data, float[] a, int at) {
    for (int j = 0; j < columns; j++) {
      int to = place(0, j);
      for (int k = 0; k < rows; k++) {
        data[to + k * PANEL] = a[at + j * rows + k];
      }
    }
  }

  /** y = bias + xᵀ·W for each of some nodes; {@code rectified}: max(y, 0). */
  void multiply(
      float[] data,
      float[] a,
      SweepRows x,
      float[] c,
      SweepRows y,
      int[] nodes,
      int from,
      int to,
      boolean rectified) {
    multiply(data, a, x, c, y, nodes, from, to, rectified, false);
  }

  /** y += xᵀ·W for each of some nodes. */
  void add(
      float[] data, float[] a, SweepRows x, float[] c, SweepRows y, int[] nodes, int from, int to) {
    multiply(data, a, x, c, y, nodes, from, to, false, true);
  }

  private void multiply(
      float[] data,
      float[] a,
      SweepRows x,
      float[] c,
      SweepRows y,
      int[] nodes,
      int from,
      int to,
      boolean rectified,
      boolean add) {
    float[] sums = TallTiles.sums();
    boolean odd = (to - from) % 4 == 1;
    int end = odd ? to - 1 : to;
    for (int j = 0; j < columns; j += L) {
      int i = from;
      for (; i + 2 < end; i += 4) {
        int last = nodes[Math.min(i + 3, end - 1)];
        SweepTiles.four(
            data,
            rows,
            a,
            x.at(nodes[i]),
            x.at(nodes[i + 1]),
            x.at(nodes[i + 2]),
            x.at(last),
            panel(j) + PANEL,
            sums);
        for (int n = i; n < Math.min(i + 4, end); n++) {
          put(data, sums, (n - i) * L, c, y.at(nodes[n]), j, rectified, add);
        }
      }
      if (i + 1 < end) {
        SweepTiles.two(data, rows, a, x.at(nodes[i]), x.at(nodes[i + 1]), panel(j) + PANEL, sums);
        put(data, sums, 0, c, y.at(nodes[i]), j, rectified, add);
        put(data, sums, L, c, y.at(nodes[i + 1]), j, rectified, add);
      }
    }
    for (int j = 0; odd && j < columns; j += 2 * L) {
      boolean two = j + L < columns;
      SweepTiles.one(
          data, rows, a, x.at(nodes[end]), panel(j) + PANEL, panel(two ? j + L : j) + PANEL, sums);
      put(data, sums, 0, c, y.at(nodes[end]), j, rectified, add);
      if (two) {
        put(data, sums, L, c, y.at(nodes[end]), j + L, rectified, add);
      }
    }
  }

  /** Columns from {@code j} on of one node: their sums with the bias or what is there. */
  private void put(
      float[] data,
      float[] sums,
      int of,
      float[] c,
      int at,
      int j,
      boolean rectified,
      boolean add) {
    SweepTiles.put(sums, of, data, panel(j), c, at + j, columns - j, rectified, add);
  }
}
