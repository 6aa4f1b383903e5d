package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Pooling of one NHWC image with any window: one vector of channels at a time runs over the map and
 * over the window of each position in row-major order. Of the last vector all lanes are read, which
 * the slack after the arena allows, and only those of channels are written. The gradients add to
 * what their target holds.
 */
final class ChannelPooling {
  private static final int L = Simd.WIDE_LANES;

  private ChannelPooling() {}

  static void max(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
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
              FloatVector value = FloatVector.fromArray(Simd.WIDE, a, from);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          best.intoArray(a, at, lanes);
        }
      }
    }
  }

  /** Numbers the window's positions, keeps the first maximum's and adds ∂y where it was. */
  static void maxGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int x, int gx) {
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          int start = (u0 * w + v0) * c + q;
          FloatVector best = FloatVector.fromArray(Simd.WIDE, a, x + start);
          FloatVector winner = FloatVector.zero(Simd.WIDE);
          float position = 0;
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c, position++) {
              FloatVector value = FloatVector.fromArray(Simd.WIDE, a, from);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              winner = winner.blend(position, more);
            }
          }
          FloatVector g = FloatVector.fromArray(Simd.WIDE, a, at);
          position = 0;
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

  static void average(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
      int at = y + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector sum = FloatVector.zero(Simd.WIDE);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              sum = sum.add(FloatVector.fromArray(Simd.WIDE, a, from));
            }
          }
          sum.mul(1f / ((u1 - u0) * (v1 - v0))).intoArray(a, at, lanes);
        }
      }
    }
  }

  static void averageGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int gx) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, c - q);
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector g = FloatVector.fromArray(Simd.WIDE, a, at).mul(1f / ((u1 - u0) * (v1 - v0)));
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c) {
              Simd.part(g, a, to, lanes, true);
            }
          }
        }
      }
    }
  }
}
