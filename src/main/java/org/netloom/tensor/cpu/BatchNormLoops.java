package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Batch norm over one block of {@link Columns}. What belongs to the columns stays in registers
 * while a lane runs down the block.
 *
 * <p>Factors, each repeated over the width and one after the other: mean, scale = rstd·γ, offset =
 * β; for the gradient also shift = scale·Σ∂y/rows and slope = scale·Σ∂y·(x − mean)·rstd²/rows.
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
    int start = columns.start(block);
    for (int p = 0; p < width; p += 2 * L) {
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, f, p + L);
      FloatVector f0 = FloatVector.fromArray(Simd.WIDE, f, width + p);
      FloatVector f1 = FloatVector.fromArray(Simd.WIDE, f, width + p + L);
      FloatVector b0 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
      FloatVector b1 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p + L);
      int at = start + p;
      for (int i = 0; i < count; i++, at += width) {
        FloatVector.fromArray(Simd.WIDE, a, x + at).sub(m0).fma(f0, b0).intoArray(a, y + at);
        FloatVector.fromArray(Simd.WIDE, a, x + at + L)
            .sub(m1)
            .fma(f1, b1)
            .intoArray(a, y + at + L);
      }
    }
  }

  /** y = max((x − mean)·scale + offset, 0). */
  static void normaliseRelu(Columns columns, float[] a, int x, int y, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int start = columns.start(block);
    for (int p = 0; p < width; p += 2 * L) {
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, f, p + L);
      FloatVector f0 = FloatVector.fromArray(Simd.WIDE, f, width + p);
      FloatVector f1 = FloatVector.fromArray(Simd.WIDE, f, width + p + L);
      FloatVector b0 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
      FloatVector b1 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p + L);
      int at = start + p;
      for (int i = 0; i < count; i++, at += width) {
        FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + at).sub(m0).fma(f0, b0);
        v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(a, y + at);
        v = FloatVector.fromArray(Simd.WIDE, a, x + at + L).sub(m1).fma(f1, b1);
        v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(a, y + at + L);
      }
    }
  }

  /** Per lane of one block: Σ ∂y and Σ ∂y·(x − mean). */
  static void products(
      Columns columns, float[] a, int gy, int x, int block, float[] f, float[] to, int at) {
    int width = columns.width();
    int count = columns.groups(block);
    int start = columns.start(block);
    for (int p = 0; p < width; p += 2 * L) {
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, f, p + L);
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      int from = start + p;
      for (int i = 0; i < count; i++, from += width) {
        FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + from);
        s0 = s0.add(g);
        t0 = FloatVector.fromArray(Simd.WIDE, a, x + from).sub(m0).fma(g, t0);
        g = FloatVector.fromArray(Simd.WIDE, a, gy + from + L);
        s1 = s1.add(g);
        t1 = FloatVector.fromArray(Simd.WIDE, a, x + from + L).sub(m1).fma(g, t1);
      }
      s0.intoArray(to, at + p);
      s1.intoArray(to, at + p + L);
      t0.intoArray(to, at + width + p);
      t1.intoArray(to, at + width + p + L);
    }
  }

  /** {@link #products} of what a ReLU lets through. */
  static void productsRelu(
      Columns columns, float[] a, int gy, int x, int block, float[] f, float[] to, int at) {
    int width = columns.width();
    int count = columns.groups(block);
    int start = columns.start(block);
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    for (int p = 0; p < width; p += 2 * L) {
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, f, p + L);
      FloatVector f0 = FloatVector.fromArray(Simd.WIDE, f, width + p);
      FloatVector f1 = FloatVector.fromArray(Simd.WIDE, f, width + p + L);
      FloatVector b0 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
      FloatVector b1 = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p + L);
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector t0 = zero;
      FloatVector t1 = zero;
      int from = start + p;
      for (int i = 0; i < count; i++, from += width) {
        FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + from).sub(m0);
        VectorMask<Float> on = d.fma(f0, b0).compare(VectorOperators.GT, 0f);
        FloatVector g = zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + from), on);
        s0 = s0.add(g);
        t0 = d.fma(g, t0);
        d = FloatVector.fromArray(Simd.WIDE, a, x + from + L).sub(m1);
        on = d.fma(f1, b1).compare(VectorOperators.GT, 0f);
        g = zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + from + L), on);
        s1 = s1.add(g);
        t1 = d.fma(g, t1);
      }
      s0.intoArray(to, at + p);
      s1.intoArray(to, at + p + L);
      t0.intoArray(to, at + width + p);
      t1.intoArray(to, at + width + p + L);
    }
  }

  /** ∂x = ∂y·scale − shift − (x − mean)·slope. */
  static void gradient(Columns columns, float[] a, int gy, int x, int gx, int block, float[] f) {
    int width = columns.width();
    int count = columns.groups(block);
    int start = columns.start(block);
    for (int p = 0; p < width; p += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
      FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * width + p).neg();
      FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * width + p).neg();
      int at = start + p;
      for (int i = 0; i < count; i++, at += width) {
        FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + at).sub(mean);
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
    int start = columns.start(block);
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    for (int p = 0; p < width; p += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, p);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, width + p);
      FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * width + p);
      FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * width + p).neg();
      FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * width + p).neg();
      int at = start + p;
      for (int i = 0; i < count; i++, at += width) {
        FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + at).sub(mean);
        VectorMask<Float> on = d.fma(scale, offset).compare(VectorOperators.GT, 0f);
        FloatVector g = zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + at), on);
        d.fma(slope, g.fma(scale, shift)).intoArray(a, gx + at);
      }
    }
  }
}
