package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Batch norm over one block of {@link Columns}. Values are taken in the order in which they lie in
 * memory, which is what limits all of this; what belongs to the columns is read from the first
 * cache again for every group.
 *
 * <p>Factors, each repeated over the width and one after the other: mean, scale = rstd·γ, offset =
 * β; for the gradient also −shift = −scale·Σ∂y/rows and −slope = −scale·Σ∂y·(x − mean)·rstd²/rows.
 * Where a ReLU is fused, (x − mean)·scale + offset is recomputed to know what it passed on.
 */
final class BatchNormLoops {
  private static final int L = Simd.WIDE_LANES;

  private BatchNormLoops() {}

  /** Per lane of one block: the sum of x, and the sum of squares about the lane's own mean. */
  static void statistics(Columns columns, float[] a, int x, int block, float[] to, int at) {
    int width = columns.width();
    int count = columns.groups(block);
    int first = x + columns.start(block);
    columns.sums(a, x, block, to, at);
    float inverse = 1f / count;
    for (int p = 0; p < width; p += 4 * L) {
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, to, at + p).mul(inverse);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, to, at + p + L).mul(inverse);
      FloatVector m2 = FloatVector.fromArray(Simd.WIDE, to, at + p + 2 * L).mul(inverse);
      FloatVector m3 = FloatVector.fromArray(Simd.WIDE, to, at + p + 3 * L).mul(inverse);
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int from = first + p;
      for (int i = 0; i < count; i++, from += width) {
        FloatVector d = FloatVector.fromArray(Simd.WIDE, a, from).sub(m0);
        s0 = d.fma(d, s0);
        d = FloatVector.fromArray(Simd.WIDE, a, from + L).sub(m1);
        s1 = d.fma(d, s1);
        d = FloatVector.fromArray(Simd.WIDE, a, from + 2 * L).sub(m2);
        s2 = d.fma(d, s2);
        d = FloatVector.fromArray(Simd.WIDE, a, from + 3 * L).sub(m3);
        s3 = d.fma(d, s3);
      }
      int place = at + width + p;
      s0.intoArray(to, place);
      s1.intoArray(to, place + L);
      s2.intoArray(to, place + 2 * L);
      s3.intoArray(to, place + 3 * L);
    }
  }

  /** y = (x − mean)·scale + offset. */
  static void normalise(Columns columns, float[] a, int x, int y, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
        FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
        FloatVector.fromArray(Simd.WIDE, a, x + at)
            .sub(FloatVector.fromArray(Simd.WIDE, f, p))
            .fma(scale, offset)
            .intoArray(a, y + at);
      }
    }
  }

  /** y = max((x − mean)·scale + offset, 0). */
  static void normaliseRelu(Columns columns, float[] a, int x, int y, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
        FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
        FloatVector v =
            FloatVector.fromArray(Simd.WIDE, a, x + at)
                .sub(FloatVector.fromArray(Simd.WIDE, f, p))
                .fma(scale, offset);
        v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(a, y + at);
      }
    }
  }

  /** Per lane of one block: Σ ∂y and Σ ∂y·(x − mean). */
  static void products(
      Columns columns, float[] a, int gy, int x, int block, float[] f, float[] to, int sums) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    Arrays.fill(to, sums, sums + 2 * width, 0f);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector d =
            FloatVector.fromArray(Simd.WIDE, a, x + at).sub(FloatVector.fromArray(Simd.WIDE, f, p));
        FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + at);
        g.add(FloatVector.fromArray(Simd.WIDE, to, sums + p)).intoArray(to, sums + p);
        int dot = sums + width + p;
        d.fma(g, FloatVector.fromArray(Simd.WIDE, to, dot)).intoArray(to, dot);
      }
    }
  }

  /** {@link #products} of what a ReLU lets through. */
  static void productsRelu(
      Columns columns, float[] a, int gy, int x, int block, float[] f, float[] to, int sums) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    Arrays.fill(to, sums, sums + 2 * width, 0f);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector d =
            FloatVector.fromArray(Simd.WIDE, a, x + at).sub(FloatVector.fromArray(Simd.WIDE, f, p));
        FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
        FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
        VectorMask<Float> on = d.fma(scale, offset).compare(VectorOperators.GT, 0f);
        FloatVector g = zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + at), on);
        g.add(FloatVector.fromArray(Simd.WIDE, to, sums + p)).intoArray(to, sums + p);
        int dot = sums + width + p;
        d.fma(g, FloatVector.fromArray(Simd.WIDE, to, dot)).intoArray(to, dot);
      }
    }
  }

  /** ∂x = ∂y·scale − shift − (x − mean)·slope; the factors hold −shift and −slope. */
  static void gradient(Columns columns, float[] a, int gy, int x, int gx, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector d =
            FloatVector.fromArray(Simd.WIDE, a, x + at).sub(FloatVector.fromArray(Simd.WIDE, f, p));
        FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
        FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * width + p);
        FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * width + p);
        FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + at);
        d.fma(slope, g.fma(scale, shift)).intoArray(a, gx + at);
      }
    }
  }

  /** {@link #gradient} of what a ReLU lets through. */
  static void gradientRelu(
      Columns columns, float[] a, int gy, int x, int gx, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int at = columns.start(block);
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < width; p += L, at += L) {
        FloatVector d =
            FloatVector.fromArray(Simd.WIDE, a, x + at).sub(FloatVector.fromArray(Simd.WIDE, f, p));
        FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
        FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
        FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * width + p);
        FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * width + p);
        VectorMask<Float> on = d.fma(scale, offset).compare(VectorOperators.GT, 0f);
        FloatVector g = zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + at), on);
        d.fma(slope, g.fma(scale, shift)).intoArray(a, gx + at);
      }
    }
  }
}
