package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Element-wise parts of a graph sweep over vectors of {@code h} values. */
final class SweepVectors {
  private static final int L = Simd.WIDE_LANES;

  private SweepVectors() {}

  /** Those lanes from {@code j} on that are below {@code h}. */
  private static VectorMask<Float> lanes(int j, int h) {
    return Simd.WIDE.indexInRange(j, h);
  }

  private static FloatVector load(float[] a, int at, VectorMask<Float> lanes) {
    return FloatVector.fromArray(Simd.WIDE, a, at, lanes);
  }

  /** y += x. */
  static void add(float[] x, int at, float[] y, int to, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      load(x, at + j, m).add(load(y, to + j, m)).intoArray(y, to + j, m);
    }
  }

  /** y = Σ over the edges of distance 1 of what lies with the node at the other end. */
  static void direct(
      SweepRows near, int[] node, int[] distance, int from, int to, float[] y, int at, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      FloatVector sum = FloatVector.zero(Simd.WIDE);
      for (int e = from; e < to; e++) {
        if (distance[e] == 1) {
          sum = sum.add(load(near.data(), near.at(node[e]) + j, m));
        }
      }
      sum.intoArray(y, at + j, m);
    }
  }

  /**
   * y = Σ over the edges of what lies with the node at the other end, divided by the distance; even
   * and odd edges are summed apart.
   */
  static void weighted(
      SweepRows far, int[] node, int[] distance, int from, int to, float[] y, int at, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      FloatVector even = FloatVector.zero(Simd.WIDE);
      FloatVector odd = even;
      int e = from;
      for (; e + 1 < to; e += 2) {
        even =
            load(far.data(), far.at(node[e]) + j, m)
                .fma(FloatVector.broadcast(Simd.WIDE, 1f / distance[e]), even);
        odd =
            load(far.data(), far.at(node[e + 1]) + j, m)
                .fma(FloatVector.broadcast(Simd.WIDE, 1f / distance[e + 1]), odd);
      }
      if (e < to) {
        even =
            load(far.data(), far.at(node[e]) + j, m)
                .fma(FloatVector.broadcast(Simd.WIDE, 1f / distance[e]), even);
      }
      even.add(odd).intoArray(y, at + j, m);
    }
  }

  /** g = 0 where y, the output of a ReLU, is not positive. */
  static void stop(float[] y, int at, float[] g, int to, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      VectorMask<Float> passed = load(y, at + j, m).compare(VectorOperators.GT, 0f);
      FloatVector.zero(Simd.WIDE).blend(load(g, to + j, m), passed).intoArray(g, to + j, m);
    }
  }

  /** y = σ(p + q). */
  static void gate(float[] p, int ofP, float[] q, int ofQ, float[] y, int to, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      VectorMath.sigmoid(load(p, ofP + j, m).add(load(q, ofQ + j, m))).intoArray(y, to + j, m);
    }
  }

  /**
   * n = tanh(p + r·q), then h' = (1 − z)·n + z·h; {@code gates} is where r, z, n and q lie one
   * after the other in {@code a}.
   */
  static void state(float[] p, int ofP, float[] a, int gates, int old, int now, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      int at = gates + j;
      FloatVector n =
          VectorMath.tanh(load(a, at, m).fma(load(a, at + 3 * h, m), load(p, ofP + j, m)));
      n.intoArray(a, at + 2 * h, m);
      load(a, old + j, m).sub(n).fma(load(a, at + h, m), n).intoArray(a, now + j, m);
    }
  }

  /**
   * Gradients of the gates' sums from g = ∂h' in {@code b}: candidate, reset and update of the
   * input side and the candidate of the hidden side, one after the other at {@code to}; {@code
   * before} = g·z.
   *
   * @param gates where r, z, n and W_hn·h + b_hn lie one after the other in {@code a}
   */
  static void gradients(
      float[] a, int gates, int old, float[] b, int g, int to, int before, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> m = lanes(j, h);
      int at = gates + j;
      FloatVector grad = load(b, g + j, m);
      FloatVector reset = load(a, at, m);
      FloatVector update = load(a, at + h, m);
      FloatVector candidate = load(a, at + 2 * h, m);
      FloatVector keep = update.neg().add(1f);
      FloatVector c = candidate.mul(candidate).neg().add(1f).mul(keep).mul(grad);
      FloatVector z = load(a, old + j, m).sub(candidate).mul(update).mul(keep).mul(grad);
      c.intoArray(b, to + j, m);
      c.mul(load(a, at + 3 * h, m)).mul(reset).mul(reset.neg().add(1f)).intoArray(b, to + h + j, m);
      z.intoArray(b, to + 2 * h + j, m);
      c.mul(reset).intoArray(b, to + 3 * h + j, m);
      grad.mul(update).intoArray(b, before + j, m);
    }
  }
}
