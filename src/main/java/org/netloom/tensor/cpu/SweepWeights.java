package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A matrix [rows, columns] and a bias [columns], packed in panels of {@value #PANEL} columns, for
 * products with the vectors of some nodes. A vector's product has the same bits whatever vectors
 * are multiplied beside it: even and odd terms are summed apart, each in ascending order.
 *
 * @param data buffer that holds the panels from {@code start}; the first row of each is the bias
 */
record SweepWeights(float[] data, int start, int rows, int columns) {
  private static final int PANEL = 16;
  private static final int L = Simd.WIDE_LANES;

  /** A thread's room for the sums of one tile. */
  private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[4 * L]);

  /** All zeros, at a place of a buffer. */
  SweepWeights {
    Arrays.fill(data, start, start + size(rows, columns), 0f);
  }

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

  /** Sets the bias. */
  SweepWeights bias(float[] a, int at) {
    for (int j = 0; j < columns; j += PANEL) {
      System.arraycopy(a, at + j, data, panel(j), Math.min(PANEL, columns - j));
    }
    return this;
  }

  /** Sets rows from a matrix [count, columns]. */
  SweepWeights rows(int first, float[] a, int at, int count) {
    for (int j = 0; j < columns; j += PANEL) {
      for (int k = 0; k < count; k++) {
        int from = at + k * columns + j;
        System.arraycopy(a, from, data, place(first + k, j), Math.min(PANEL, columns - j));
      }
    }
    return this;
  }

  /** Sets everything but the bias from a matrix [columns, rows]. */
  SweepWeights turned(float[] a, int at) {
    for (int j = 0; j < columns; j++) {
      int to = place(0, j);
      for (int k = 0; k < rows; k++) {
        data[to + k * PANEL] = a[at + j * rows + k];
      }
    }
    return this;
  }

  /** y = bias + xᵀ·W for each of some nodes; {@code rectified}: max(y, 0). */
  void multiply(SweepRows x, SweepRows y, int[] nodes, int from, int to, boolean rectified) {
    multiply(x, y, nodes, from, to, rectified, false);
  }

  /** y += xᵀ·W for each of some nodes. */
  void add(SweepRows x, SweepRows y, int[] nodes, int from, int to) {
    multiply(x, y, nodes, from, to, false, true);
  }

  private void multiply(
      SweepRows x, SweepRows y, int[] nodes, int from, int to, boolean rectified, boolean add) {
    float[] sums = SUMS.get();
    boolean odd = (to - from) % 4 == 1;
    int end = odd ? to - 1 : to;
    for (int j = 0; j < columns; j += L) {
      int i = from;
      for (; i + 2 < end; i += 4) {
        int last = nodes[Math.min(i + 3, end - 1)];
        four(x, nodes[i], nodes[i + 1], nodes[i + 2], last, panel(j) + PANEL, sums);
        for (int n = i; n < Math.min(i + 4, end); n++) {
          put(sums, (n - i) * L, y, nodes[n], j, rectified, add);
        }
      }
      if (i + 1 < end) {
        two(x, nodes[i], nodes[i + 1], panel(j) + PANEL, sums);
        put(sums, 0, y, nodes[i], j, rectified, add);
        put(sums, L, y, nodes[i + 1], j, rectified, add);
      }
    }
    for (int j = 0; odd && j < columns; j += 2 * L) {
      boolean two = j + L < columns;
      one(x, nodes[end], panel(j) + PANEL, panel(two ? j + L : j) + PANEL, sums);
      put(sums, 0, y, nodes[end], j, rectified, add);
      if (two) {
        put(sums, L, y, nodes[end], j + L, rectified, add);
      }
    }
  }

  /** One vector of columns for four nodes. */
  private void four(SweepRows x, int n0, int n1, int n2, int n3, int panel, float[] sums) {
    float[] a = x.data();
    int x0 = x.at(n0);
    int x1 = x.at(n1);
    int x2 = x.at(n2);
    int x3 = x.at(n3);
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int row = panel;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * PANEL) {
      FloatVector w = load(data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
      s2 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x2 + k]), s2);
      s3 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x3 + k]), s3);
      w = load(data, row + PANEL);
      t0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k + 1]), t0);
      t1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k + 1]), t1);
      t2 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x2 + k + 1]), t2);
      t3 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x3 + k + 1]), t3);
    }
    if (k < rows) {
      FloatVector w = load(data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
      s2 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x2 + k]), s2);
      s3 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x3 + k]), s3);
    }
    s0.add(t0).intoArray(sums, 0);
    s1.add(t1).intoArray(sums, L);
    s2.add(t2).intoArray(sums, 2 * L);
    s3.add(t3).intoArray(sums, 3 * L);
  }

  /** {@link #four} for two nodes. */
  private void two(SweepRows x, int n0, int n1, int panel, float[] sums) {
    float[] a = x.data();
    int x0 = x.at(n0);
    int x1 = x.at(n1);
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    int row = panel;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * PANEL) {
      FloatVector w = load(data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
      w = load(data, row + PANEL);
      t0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k + 1]), t0);
      t1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k + 1]), t1);
    }
    if (k < rows) {
      FloatVector w = load(data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
    }
    s0.add(t0).intoArray(sums, 0);
    s1.add(t1).intoArray(sums, L);
  }

  /** Two vectors of columns for one node. */
  private void one(SweepRows x, int node, int panel, int other, float[] sums) {
    float[] a = x.data();
    int at = x.at(node);
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    int row = panel;
    int next = other;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * PANEL, next += 2 * PANEL) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, a[at + k]);
      s0 = load(data, row).fma(v, s0);
      s1 = load(data, next).fma(v, s1);
      v = FloatVector.broadcast(Simd.WIDE, a[at + k + 1]);
      t0 = load(data, row + PANEL).fma(v, t0);
      t1 = load(data, next + PANEL).fma(v, t1);
    }
    if (k < rows) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, a[at + k]);
      s0 = load(data, row).fma(v, s0);
      s1 = load(data, next).fma(v, s1);
    }
    s0.add(t0).intoArray(sums, 0);
    s1.add(t1).intoArray(sums, L);
  }

  /**
   * A sum and the bias, or what is there. Apart from the products: there is a limit to what the
   * compiler inlines into one method, and beyond it the sums go to the heap.
   */
  private void put(
      float[] sums, int of, SweepRows y, int node, int j, boolean rectified, boolean add) {
    float[] c = y.data();
    int to = y.at(node) + j;
    int bias = panel(j);
    if (columns - j < L) {
      for (int i = 0; i < columns - j; i++) {
        float sum = sums[of + i] + (add ? c[to + i] : data[bias + i]);
        c[to + i] = rectified && sum < 0 ? 0 : sum;
      }
    } else if (add) {
      load(sums, of).add(load(c, to)).intoArray(c, to);
    } else if (rectified) {
      FloatVector sum = load(sums, of).add(load(data, bias));
      sum.blend(0f, sum.compare(VectorOperators.LT, 0f)).intoArray(c, to);
    } else {
      load(sums, of).add(load(data, bias)).intoArray(c, to);
    }
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(Simd.WIDE, from, at);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
