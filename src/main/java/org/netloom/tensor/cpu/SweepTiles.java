package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Register tiles of {@link SweepWeights}: even and odd terms are summed apart, in their order. */
final class SweepTiles {
  private static final int PANEL = SweepWeights.PANEL;
  private static final int L = Simd.WIDE_LANES;

  private SweepTiles() {}

  /** One vector of columns for four nodes. */
  static void four(
      float[] data, int rows, float[] a, int x0, int x1, int x2, int x3, int panel, float[] sums) {
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
      FloatVector w = FloatVector.fromArray(Simd.WIDE, data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
      s2 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x2 + k]), s2);
      s3 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x3 + k]), s3);
      w = FloatVector.fromArray(Simd.WIDE, data, row + PANEL);
      t0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k + 1]), t0);
      t1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k + 1]), t1);
      t2 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x2 + k + 1]), t2);
      t3 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x3 + k + 1]), t3);
    }
    if (k < rows) {
      FloatVector w = FloatVector.fromArray(Simd.WIDE, data, row);
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
  static void two(float[] data, int rows, float[] a, int x0, int x1, int panel, float[] sums) {
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    int row = panel;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * PANEL) {
      FloatVector w = FloatVector.fromArray(Simd.WIDE, data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
      w = FloatVector.fromArray(Simd.WIDE, data, row + PANEL);
      t0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k + 1]), t0);
      t1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k + 1]), t1);
    }
    if (k < rows) {
      FloatVector w = FloatVector.fromArray(Simd.WIDE, data, row);
      s0 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x0 + k]), s0);
      s1 = w.fma(FloatVector.broadcast(Simd.WIDE, a[x1 + k]), s1);
    }
    s0.add(t0).intoArray(sums, 0);
    s1.add(t1).intoArray(sums, L);
  }

  /** Two vectors of columns for one node. */
  static void one(float[] data, int rows, float[] a, int at, int panel, int other, float[] sums) {
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    int row = panel;
    int next = other;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * PANEL, next += 2 * PANEL) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, a[at + k]);
      s0 = FloatVector.fromArray(Simd.WIDE, data, row).fma(v, s0);
      s1 = FloatVector.fromArray(Simd.WIDE, data, next).fma(v, s1);
      v = FloatVector.broadcast(Simd.WIDE, a[at + k + 1]);
      t0 = FloatVector.fromArray(Simd.WIDE, data, row + PANEL).fma(v, t0);
      t1 = FloatVector.fromArray(Simd.WIDE, data, next + PANEL).fma(v, t1);
    }
    if (k < rows) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, a[at + k]);
      s0 = FloatVector.fromArray(Simd.WIDE, data, row).fma(v, s0);
      s1 = FloatVector.fromArray(Simd.WIDE, data, next).fma(v, s1);
    }
    s0.add(t0).intoArray(sums, 0);
    s1.add(t1).intoArray(sums, L);
  }

  /**
   * Up to a vector's lanes of sums and the bias, or what is there. Apart from the products: there
   * is a limit to what the compiler inlines into one method, and beyond it the sums go to the heap.
   */
  static void put(
      float[] sums,
      int of,
      float[] data,
      int bias,
      float[] c,
      int to,
      int columns,
      boolean rectified,
      boolean add) {
    if (columns < L) {
      for (int i = 0; i < columns; i++) {
        float sum = sums[of + i] + (add ? c[to + i] : data[bias + i]);
        c[to + i] = rectified && sum < 0 ? 0 : sum;
      }
      return;
    }
    FloatVector sum = FloatVector.fromArray(Simd.WIDE, sums, of);
    if (add) {
      sum.add(FloatVector.fromArray(Simd.WIDE, c, to)).intoArray(c, to);
      return;
    }
    sum = sum.add(FloatVector.fromArray(Simd.WIDE, data, bias));
    if (rectified) {
      sum.blend(0f, sum.compare(VectorOperators.LT, 0f)).intoArray(c, to);
    } else {
      sum.intoArray(c, to);
    }
  }
}
