package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The maximum over windows of a normalised NHWC image that is never written: one vector of channels
 * at a time, each value normalised where it is read. Of the last vector all lanes are read, which
 * the slack after the arena allows, and only those of channels are kept.
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
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
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
              FloatVector value =
                  FloatVector.fromArray(Simd.WIDE, a, from).sub(mean).fma(scale, offset);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          best.intoArray(a, at, lanes);
        }
      }
    }
  }

  /**
   * Per channel of one image: Σ ∂y, then Σ ∂y·(x − mean) of the winning x.
   *
   * @param winners receives the place in its window of each position's first maximum, counted row
   *     by row: positions × {@code pitch}
   */
  static void sums(
      SimdPooling.Cells cells,
      int c,
      float[] a,
      int gy,
      int x,
      float[] f,
      int pitch,
      float[] winners,
      int won,
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
      int place = won + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c, place += pitch) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector first =
              FloatVector.fromArray(Simd.WIDE, a, x + (u0 * w + v0) * c + q).sub(mean);
          FloatVector best = first.fma(scale, offset);
          FloatVector winner = FloatVector.zero(Simd.WIDE);
          float position = 0;
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c, position++) {
              FloatVector d = FloatVector.fromArray(Simd.WIDE, a, from).sub(mean);
              FloatVector value = d.fma(scale, offset);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              first = first.blend(d, more);
              winner = winner.blend(position, more);
            }
          }
          FloatVector g = FloatVector.fromArray(Simd.WIDE, a, at);
          sum = sum.add(g);
          dot = g.fma(first, dot);
          winner.intoArray(winners, place);
        }
      }
      sum.intoArray(sums, to + q);
      dot.intoArray(sums, to + pitch + q);
    }
  }

  /** Adds ∂y where the winners are. */
  static void scatter(
      SimdPooling.Cells cells,
      int c,
      float[] a,
      int gy,
      float[] winners,
      int won,
      int pitch,
      int gx) {
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
      int at = gy + q;
      int place = won + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c, place += pitch) {
          FloatVector winner = FloatVector.fromArray(Simd.WIDE, winners, place);
          FloatVector g = FloatVector.fromArray(Simd.WIDE, a, at);
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          float position = 0;
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c, position++) {
              FloatVector share = zero.blend(g, winner.compare(VectorOperators.EQ, position));
              FloatVector.fromArray(Simd.WIDE, a, to).add(share).intoArray(a, to, lanes);
            }
          }
        }
      }
    }
  }

  /** ∂x = ∂x·scale − shift − (x − mean)·slope over a map of {@code pixels}. */
  static void gradient(int pixels, int c, float[] a, int x, int gx, float[] f, int pitch) {
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
      FloatVector mean = FloatVector.fromArray(Simd.WIDE, f, q);
      FloatVector scale = FloatVector.fromArray(Simd.WIDE, f, pitch + q);
      FloatVector shift = FloatVector.fromArray(Simd.WIDE, f, 3 * pitch + q).neg();
      FloatVector slope = FloatVector.fromArray(Simd.WIDE, f, 4 * pitch + q).neg();
      int at = q;
      for (int i = 0; i < pixels; i++, at += c) {
        FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + at).sub(mean);
        FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gx + at).fma(scale, shift);
        d.fma(slope, g).intoArray(a, gx + at, lanes);
      }
    }
  }
}
