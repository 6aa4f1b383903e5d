package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Pooling of one NHWC image with any window: one vector of channels at a time runs over the map and
 * over the window of each position in row-major order. The gradients add to what their target
 * holds.
 */
final class ChannelPooling {
  private static final int L = Simd.WIDE_LANES;

  private ChannelPooling() {}

  static void max(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
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
              FloatVector value = Simd.load(a, from, c - q);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          Simd.put(best, a, at, c - q, false);
        }
      }
    }
  }

  /** Numbers the window's positions, keeps the first maximum's and adds ∂y where it was. */
  static void maxGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int x, int gx) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          int start = (u0 * w + v0) * c + q;
          FloatVector best = Simd.load(a, x + start, c - q);
          FloatVector winner = FloatVector.zero(Simd.WIDE);
          float position = 0;
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c, position++) {
              FloatVector value = Simd.load(a, from, c - q);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              winner = winner.blend(position, more);
            }
          }
          give(a, gx, w, c, q, u0, u1, v0, v1, winner, Simd.load(a, at, c - q));
        }
      }
    }
  }

  /** Adds g to the window's position that the winner numbers, lane by lane. */
  static void give(
      float[] a,
      int gx,
      int w,
      int c,
      int q,
      int u0,
      int u1,
      int v0,
      int v1,
      FloatVector winner,
      FloatVector g) {
    float position = 0;
    for (int u = u0; u < u1; u++) {
      int to = gx + (u * w + v0) * c + q;
      for (int v = v0; v < v1; v++, to += c, position++) {
        VectorMask<Float> here = winner.compare(VectorOperators.EQ, position);
        Simd.put(Simd.load(a, to, c - q).add(g, here), a, to, c - q, false);
      }
    }
  }

  static void average(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
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
              sum = sum.add(Simd.load(a, from, c - q));
            }
          }
          Simd.put(sum.mul(1f / ((u1 - u0) * (v1 - v0))), a, at, c - q, false);
        }
      }
    }
  }

  static void averageGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int gx) {
    int w = cells.w();
    for (int q = 0; q < c; q += L) {
      int at = gy + q;
      for (int i = 0; i < cells.rows(); i++) {
        int u0 = cells.top()[i];
        int u1 = cells.bottom()[i];
        for (int j = 0; j < cells.columns(); j++, at += c) {
          int v0 = cells.left()[j];
          int v1 = cells.right()[j];
          FloatVector g = Simd.load(a, at, c - q).mul(1f / ((u1 - u0) * (v1 - v0)));
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c) {
              Simd.put(g, a, to, c - q, true);
            }
          }
        }
      }
    }
  }
}
