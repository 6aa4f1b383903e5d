package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The maximum over windows of a normalised NHWC image that is never written: one vector of channels
 * at a time, each value normalised where it is read.
 *
 * <p>Factors, c of each padded to {@code pitch} floats: mean, scale = rstd·γ, offset = β; for the
 * gradient also shift and slope as in {@link BatchNormLoops}.
 */
final class NormPoolLoops {
  private static final int L = Simd.WIDE_LANES;

  private NormPoolLoops() {}

  /** y = max over the window of (x − mean)·scale + offset. */
  static void max(SimdPooling.Cells cells, int c, float[] a, int x, float[] f, int pitch, int y) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, q);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, pitch + q);
      FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * pitch + q);
      int at = y + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector best = FloatVector.broadcast(Simd.WIDE, Float.NEGATIVE_INFINITY);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              FloatVector value = Simd.load(a, from, c - q).sub(mean).fma(scale, offset);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          Simd.put(best, a, at, c - q, false);
        }
      }
    }
  }

  /** Per channel of one image: Σ ∂y, then Σ ∂y·(x − mean) of the winning x. */
  static void sums(
      SimdPooling.Cells cells,
      int c,
      float[] a,
      int gy,
      int x,
      float[] f,
      int pitch,
      float[] sums,
      int to) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, q);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, pitch + q);
      FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * pitch + q);
      FloatVector sum = FloatVector.zero(Simd.WIDE);
      FloatVector dot = sum;
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector first = Simd.load(a, x + (u0 * w + v0) * c + q, c - q).sub(mean);
          FloatVector best = first.fma(scale, offset);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              FloatVector d = Simd.load(a, from, c - q).sub(mean);
              FloatVector value = d.fma(scale, offset);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              first = first.blend(d, more);
            }
          }
          FloatVector g = Simd.load(a, at, c - q);
          sum = sum.add(g);
          dot = g.fma(first, dot);
        }
      }
      sum.intoArray(sums, to + q);
      dot.intoArray(sums, to + pitch + q);
    }
  }

  /** Adds ∂y where the first maximum was. */
  static void scatter(
      SimdPooling.Cells cells, int c, float[] a, int gy, int x, float[] f, int pitch, int gx) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, q);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, pitch + q);
      FloatVector offset = FloatVector.fromArray(Simd.WIDE, f, 2 * pitch + q);
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector best =
              Simd.load(a, x + (u0 * w + v0) * c + q, c - q).sub(mean).fma(scale, offset);
          FloatVector winner = FloatVector.zero(Simd.WIDE);
          float position = 0;
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c, position++) {
              FloatVector value = Simd.load(a, from, c - q).sub(mean).fma(scale, offset);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              winner = winner.blend(position, more);
            }
          }
          ChannelPooling.give(a, gx, w, c, q, u0, u1, v0, v1, winner, Simd.load(a, at, c - q));
        }
      }
    }
  }

  /** ∂x = ∂x·scale − shift − (x − mean)·slope over a map of {@code pixels}. */
  static void gradient(int pixels, int c, float[] a, int x, int gx, float[] f, int pitch) {
    for (int q = 0; q < c; q += L) {
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, q);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, pitch + q);
      FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * pitch + q).neg();
      FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * pitch + q).neg();
      int at = q;
      for (int i = 0; i < pixels; i++, at += c) {
        FloatVector d = Simd.load(a, x + at, c - q).sub(mean);
        FloatVector g = Simd.load(a, gx + at, c - q).fma(scale, shift);
        Simd.put(d.fma(slope, g), a, gx + at, c - q, false);
      }
    }
  }
}
