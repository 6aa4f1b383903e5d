package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The maximum over 3×3 windows of stride 1 and padding 1 of one NHWC image and its gradient, over
 * rows of w·c values whatever the number of channels.
 *
 * <p>The gradient finds for every output which of its nine taps won, row-major, the first of equals
 * (first within each row, then the first row), and gathers: ∂x[p] = Σ ∂y[o] over the nine outputs o
 * around p whose winner is p.
 */
final class MaxPooling {
  /** The tap of an output that does not exist. */
  private static final float NOWHERE = -1;

  private MaxPooling() {}

  /** Floats of scratch. */
  static int size(SimdPooling.Cells cells, int c) {
    return 15 * stride(cells, c);
  }

  /** A row with a pixel on both sides, up to whole vectors. */
  private static int stride(SimdPooling.Cells cells, int c) {
    int row = (cells.w() + 2) * c;
    return (row + 2 * Simd.WIDE_LANES - 1) / Simd.WIDE_LANES * Simd.WIDE_LANES;
  }

  static void forward(SimdPooling.Cells cells, int c, float[] a, int x, int y, float[] row) {
    int length = cells.w() * c;
    Arrays.fill(row, 0, c, Float.NEGATIVE_INFINITY);
    Arrays.fill(row, c + length, 2 * c + length, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < cells.h(); i++) {
      int x0 = x + cells.top()[i] * length;
      int x1 = x + i * length;
      int x2 = x + (cells.bottom()[i] - 1) * length;
      int j = 0;
      for (; j + Simd.WIDE_LANES <= length; j += Simd.WIDE_LANES) {
        FloatVector m = FloatVector.fromArray(Simd.WIDE, a, x0 + j);
        m = max(m, FloatVector.fromArray(Simd.WIDE, a, x1 + j));
        max(m, FloatVector.fromArray(Simd.WIDE, a, x2 + j)).intoArray(row, c + j);
      }
      for (; j < length; j++) {
        row[c + j] = Math.max(a[x0 + j], Math.max(a[x1 + j], a[x2 + j]));
      }
      int to = y + i * length;
      j = 0;
      for (; j + Simd.WIDE_LANES <= length; j += Simd.WIDE_LANES) {
        FloatVector m = FloatVector.fromArray(Simd.WIDE, row, j);
        m = max(m, FloatVector.fromArray(Simd.WIDE, row, j + c));
        max(m, FloatVector.fromArray(Simd.WIDE, row, j + 2 * c)).intoArray(a, to + j);
      }
      for (; j < length; j++) {
        a[to + j] = Math.max(row[j], Math.max(row[j + c], row[j + 2 * c]));
      }
    }
  }

  /** Two instructions; {@link FloatVector#max} spends more on signed zeros. */
  private static FloatVector max(FloatVector p, FloatVector q) {
    return q.blend(p, p.compare(VectorOperators.GE, q));
  }

  /**
   * Fills the margins that {@link #gradient} relies on. Rows of the scratch: a padded input row, a
   * row that always loses, a row of no outputs, then three each of the best of three neighbours,
   * which neighbour that was, the winning tap, and ∂y.
   */
  static void prepare(SimdPooling.Cells cells, int c, float[] buffer) {
    int stride = stride(cells, c);
    Arrays.fill(buffer, 0, 2 * stride, Float.NEGATIVE_INFINITY);
    Arrays.fill(buffer, 2 * stride, 3 * stride, NOWHERE);
    Arrays.fill(buffer, 3 * stride, 9 * stride, 0f);
    Arrays.fill(buffer, 9 * stride, 12 * stride, NOWHERE);
    Arrays.fill(buffer, 12 * stride, 15 * stride, 0f);
  }

  static void gradient(
      SimdPooling.Cells cells, int c, float[] a, int gy, int x, int gx, float[] b) {
    int h = cells.h();
    int length = cells.w() * c;
    int stride = stride(cells, c);
    int loses = stride;
    int none = 2 * stride;
    int best = 3 * stride;
    int tap = 6 * stride;
    int winner = 9 * stride;
    int g = 12 * stride;
    neighbours(a, x, length, c, b, best, tap);
    for (int i = 0; i <= h; i++) {
      if (i + 1 < h) {
        int slot = (i + 1) % 3 * stride;
        neighbours(a, x + (i + 1) * length, length, c, b, best + slot, tap + slot);
      }
      if (i < h) {
        int slot = i % 3 * stride;
        int above = (i + 2) % 3 * stride;
        int below = (i + 1) % 3 * stride;
        winners(
            b,
            length,
            i > 0 ? best + above : loses,
            i > 0 ? tap + above : none,
            best + slot,
            tap + slot,
            i + 1 < h ? best + below : loses,
            i + 1 < h ? tap + below : none,
            winner + slot + c);
        Arrays.fill(b, winner + slot + c + length, winner + slot + stride, NOWHERE);
        System.arraycopy(a, gy + i * length, b, g + slot + c, length);
      }
      if (i > 0) {
        int slot = (i - 1) % 3 * stride;
        int above = (i + 1) % 3 * stride;
        int below = i % 3 * stride;
        gather(
            b,
            length,
            c,
            i > 1 ? winner + above : none,
            g + above,
            winner + slot,
            g + slot,
            i < h ? winner + below : none,
            g + below,
            a,
            gx + (i - 1) * length);
      }
    }
  }

  /** The best of each position and its two neighbours in one input row, and which of 0, 1, 2. */
  private static void neighbours(
      float[] a, int x, int length, int c, float[] b, int best, int tap) {
    System.arraycopy(a, x, b, c, length);
    for (int j = 0; j < length; j += Simd.WIDE_LANES) {
      FloatVector m = FloatVector.fromArray(Simd.WIDE, b, j);
      FloatVector v = FloatVector.fromArray(Simd.WIDE, b, j + c);
      VectorMask<Float> more = v.compare(VectorOperators.GT, m);
      m = m.blend(v, more);
      FloatVector t = FloatVector.zero(Simd.WIDE).blend(1f, more);
      v = FloatVector.fromArray(Simd.WIDE, b, j + 2 * c);
      more = v.compare(VectorOperators.GT, m);
      m.blend(v, more).intoArray(b, best + j);
      t.blend(2f, more).intoArray(b, tap + j);
    }
  }

  /** The winning tap 0..8 of one output row from the best of three input rows. */
  private static void winners(
      float[] b, int length, int m0, int t0, int m1, int t1, int m2, int t2, int winner) {
    for (int j = 0; j < length; j += Simd.WIDE_LANES) {
      FloatVector m = FloatVector.fromArray(Simd.WIDE, b, m0 + j);
      FloatVector t = FloatVector.fromArray(Simd.WIDE, b, t0 + j);
      FloatVector v = FloatVector.fromArray(Simd.WIDE, b, m1 + j);
      VectorMask<Float> more = v.compare(VectorOperators.GT, m);
      m = m.blend(v, more);
      t = t.blend(FloatVector.fromArray(Simd.WIDE, b, t1 + j).add(3f), more);
      v = FloatVector.fromArray(Simd.WIDE, b, m2 + j);
      more = v.compare(VectorOperators.GT, m);
      t = t.blend(FloatVector.fromArray(Simd.WIDE, b, t2 + j).add(6f), more);
      t.intoArray(b, winner + j);
    }
  }

  /** ∂x of one row from the winners and ∂y of the output rows above, at and below it. */
  private static void gather(
      float[] b,
      int length,
      int c,
      int w0,
      int g0,
      int w1,
      int g1,
      int w2,
      int g2,
      float[] a,
      int gx) {
    for (int j = 0; j < length; j += Simd.WIDE_LANES) {
      FloatVector sum = FloatVector.zero(Simd.WIDE);
      sum = taken(sum, b, w0 + j, g0 + j, 8f);
      sum = taken(sum, b, w0 + j + c, g0 + j + c, 7f);
      sum = taken(sum, b, w0 + j + 2 * c, g0 + j + 2 * c, 6f);
      sum = taken(sum, b, w1 + j, g1 + j, 5f);
      sum = taken(sum, b, w1 + j + c, g1 + j + c, 4f);
      sum = taken(sum, b, w1 + j + 2 * c, g1 + j + 2 * c, 3f);
      sum = taken(sum, b, w2 + j, g2 + j, 2f);
      sum = taken(sum, b, w2 + j + c, g2 + j + c, 1f);
      sum = taken(sum, b, w2 + j + 2 * c, g2 + j + 2 * c, 0f);
      if (j + Simd.WIDE_LANES <= length) {
        sum.intoArray(a, gx + j);
      } else {
        sum.intoArray(a, gx + j, Simd.WIDE.indexInRange(j, length));
      }
    }
  }

  private static FloatVector taken(FloatVector sum, float[] b, int winner, int g, float tap) {
    VectorMask<Float> here =
        FloatVector.fromArray(Simd.WIDE, b, winner).compare(VectorOperators.EQ, tap);
    return sum.add(FloatVector.zero(Simd.WIDE).blend(FloatVector.fromArray(Simd.WIDE, b, g), here));
  }
}
