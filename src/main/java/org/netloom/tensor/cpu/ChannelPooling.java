package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Pooling of one NHWC image with any window: for each output position a vector of channels runs
 * over the window in row-major order. The gradients add to what their target holds.
 */
final class ChannelPooling {
  private ChannelPooling() {}

  static void max(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    int at = y;
    for (int i = 0; i < cells.rows(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      for (int j = 0; j < cells.columns(); j++, at += c) {
        int v0 = cells.left()[j];
        int v1 = cells.right()[j];
        int q = 0;
        for (; q + Simd.LANES <= c; q += Simd.LANES) {
          FloatVector best = FloatVector.broadcast(Simd.S, Float.NEGATIVE_INFINITY);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              FloatVector value = FloatVector.fromArray(Simd.S, a, from);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          best.intoArray(a, at + q);
        }
        if (q < c) {
          VectorMask<Float> in = Simd.S.indexInRange(q, c);
          FloatVector best = FloatVector.broadcast(Simd.S, Float.NEGATIVE_INFINITY);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              FloatVector value = FloatVector.fromArray(Simd.S, a, from, in);
              best = value.blend(best, best.compare(VectorOperators.GE, value));
            }
          }
          best.intoArray(a, at + q, in);
        }
      }
    }
  }

  static void maxGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int x, int gx) {
    int w = cells.w();
    int at = gy;
    for (int i = 0; i < cells.rows(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      for (int j = 0; j < cells.columns(); j++, at += c) {
        int v0 = cells.left()[j];
        int v1 = cells.right()[j];
        for (int q = 0; q < c; q += Simd.LANES) {
          VectorMask<Float> in = Simd.S.indexInRange(q, c);
          int start = (u0 * w + v0) * c + q;
          FloatVector best = FloatVector.fromArray(Simd.S, a, x + start, in);
          FloatVector first = FloatVector.zero(Simd.S);
          float tap = 0;
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c, tap++) {
              FloatVector value = FloatVector.fromArray(Simd.S, a, from, in);
              VectorMask<Float> more = value.compare(VectorOperators.GT, best);
              best = best.blend(value, more);
              first = first.blend(tap, more);
            }
          }
          FloatVector g = FloatVector.fromArray(Simd.S, a, at + q, in);
          tap = 0;
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c, tap++) {
              VectorMask<Float> here = first.eq(tap).and(in);
              FloatVector.fromArray(Simd.S, a, to, in).add(g, here).intoArray(a, to, in);
            }
          }
        }
      }
    }
  }

  static void average(SimdPooling.Cells cells, int c, float[] a, int x, int y) {
    int w = cells.w();
    int at = y;
    for (int i = 0; i < cells.rows(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      for (int j = 0; j < cells.columns(); j++, at += c) {
        int v0 = cells.left()[j];
        int v1 = cells.right()[j];
        float factor = 1f / ((u1 - u0) * (v1 - v0));
        int q = 0;
        for (; q + Simd.LANES <= c; q += Simd.LANES) {
          FloatVector sum = FloatVector.zero(Simd.S);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              sum = sum.add(FloatVector.fromArray(Simd.S, a, from));
            }
          }
          sum.mul(factor).intoArray(a, at + q);
        }
        if (q < c) {
          VectorMask<Float> in = Simd.S.indexInRange(q, c);
          FloatVector sum = FloatVector.zero(Simd.S);
          for (int u = u0; u < u1; u++) {
            int from = x + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, from += c) {
              sum = sum.add(FloatVector.fromArray(Simd.S, a, from, in));
            }
          }
          sum.mul(factor).intoArray(a, at + q, in);
        }
      }
    }
  }

  static void averageGradient(SimdPooling.Cells cells, int c, float[] a, int gy, int gx) {
    int w = cells.w();
    int at = gy;
    for (int i = 0; i < cells.rows(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      for (int j = 0; j < cells.columns(); j++, at += c) {
        int v0 = cells.left()[j];
        int v1 = cells.right()[j];
        float factor = 1f / ((u1 - u0) * (v1 - v0));
        int q = 0;
        for (; q + Simd.LANES <= c; q += Simd.LANES) {
          FloatVector g = FloatVector.fromArray(Simd.S, a, at + q).mul(factor);
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c) {
              FloatVector.fromArray(Simd.S, a, to).add(g).intoArray(a, to);
            }
          }
        }
        if (q < c) {
          VectorMask<Float> in = Simd.S.indexInRange(q, c);
          FloatVector g = FloatVector.fromArray(Simd.S, a, at + q, in).mul(factor);
          for (int u = u0; u < u1; u++) {
            int to = gx + (u * w + v0) * c + q;
            for (int v = v0; v < v1; v++, to += c) {
              FloatVector.fromArray(Simd.S, a, to, in).add(g).intoArray(a, to, in);
            }
          }
        }
      }
    }
  }
}
