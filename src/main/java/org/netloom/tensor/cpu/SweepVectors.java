package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Element-wise parts of a graph sweep over vectors of {@code h} values. Up to twice a vector's
 * lanes after the last value are read, though never written.
 */
final class SweepVectors {
  private static final int L = Simd.WIDE_LANES;

  private SweepVectors() {}

  /** y = Σ over the near edges of a node of what lies in x with the node at the other end. */
  static void direct(float[] x, SweepRows rows, SweepEdges edges, int v, float[] y, int at, int h) {
    int[] near = edges.near();
    int from = edges.nearStart()[v];
    int to = edges.nearStart()[v + 1];
    int base = rows.base();
    int step = rows.step();
    for (int j = 0; j < h; j += 2 * L) {
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      for (int e = from; e < to; e++) {
        int p = base + near[e] * step + j;
        s0 = s0.add(FloatVector.fromArray(Simd.WIDE, x, p));
        s1 = s1.add(FloatVector.fromArray(Simd.WIDE, x, p + L));
      }
      Simd.put(s0, y, at + j, h - j, false);
      Simd.put(s1, y, at + j + L, h - j - L, false);
    }
  }

  /**
   * y (+)= Σ over all edges of a node of what lies in x with the node at the other end, divided by
   * the distance; even and odd edges are summed apart.
   */
  static void weighted(
      float[] x, SweepRows rows, SweepEdges edges, int v, float[] y, int at, int h, boolean add) {
    int[] node = edges.node();
    int[] distance = edges.distance();
    float[] shares = edges.shares();
    int from = edges.start()[v];
    int to = edges.start()[v + 1];
    int base = rows.base();
    int step = rows.step();
    for (int j = 0; j < h; j += 2 * L) {
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      int e = from;
      for (; e + 1 < to; e += 2) {
        int p = base + node[e] * step + j;
        FloatVector share = FloatVector.broadcast(Simd.WIDE, shares[distance[e]]);
        s0 = FloatVector.fromArray(Simd.WIDE, x, p).fma(share, s0);
        s1 = FloatVector.fromArray(Simd.WIDE, x, p + L).fma(share, s1);
        p = base + node[e + 1] * step + j;
        share = FloatVector.broadcast(Simd.WIDE, shares[distance[e + 1]]);
        t0 = FloatVector.fromArray(Simd.WIDE, x, p).fma(share, t0);
        t1 = FloatVector.fromArray(Simd.WIDE, x, p + L).fma(share, t1);
      }
      if (e < to) {
        int p = base + node[e] * step + j;
        FloatVector share = FloatVector.broadcast(Simd.WIDE, shares[distance[e]]);
        s0 = FloatVector.fromArray(Simd.WIDE, x, p).fma(share, s0);
        s1 = FloatVector.fromArray(Simd.WIDE, x, p + L).fma(share, s1);
      }
      Simd.put(s0.add(t0), y, at + j, h - j, add);
      Simd.put(s1.add(t1), y, at + j + L, h - j - L, add);
    }
  }

  /** y = Σ over {@code count} rows of {@code m} values, in their order. */
  static void total(float[] x, SweepRows rows, int count, float[] y, int at, int m) {
    int base = rows.base();
    int step = rows.step();
    for (int j = 0; j < m; j += 2 * L) {
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      for (int i = 0, p = base + j; i < count; i++, p += step) {
        s0 = s0.add(FloatVector.fromArray(Simd.WIDE, x, p));
        s1 = s1.add(FloatVector.fromArray(Simd.WIDE, x, p + L));
      }
      Simd.put(s0, y, at + j, m - j, false);
      Simd.put(s1, y, at + j + L, m - j - L, false);
    }
  }

  /** g = 0 where y, the output of a ReLU, is not positive. */
  static void stop(float[] y, int at, float[] g, int to, int h) {
    for (int j = 0; j < h; j += L) {
      VectorMask<Float> passed =
          FloatVector.fromArray(Simd.WIDE, y, at + j).compare(VectorOperators.GT, 0f);
      FloatVector whole = FloatVector.fromArray(Simd.WIDE, g, to + j);
      Simd.put(FloatVector.zero(Simd.WIDE).blend(whole, passed), g, to + j, h - j, false);
    }
  }

  /**
   * y = σ(p + q). What does not fill a vector takes a detour: under a mask the results of functions
   * would go through the heap.
   */
  static void gate(float[] p, int ofP, float[] q, int ofQ, float[] y, int to, int h) {
    float[] rest = TallTiles.sums();
    for (int j = 0; j < h; j += L) {
      boolean whole = j + L <= h;
      FloatVector sum =
          FloatVector.fromArray(Simd.WIDE, p, ofP + j)
              .add(FloatVector.fromArray(Simd.WIDE, q, ofQ + j));
      VectorMath.sigmoid(sum).intoArray(whole ? y : rest, whole ? to + j : 0);
      if (!whole) {
        System.arraycopy(rest, 0, y, to + j, h - j);
      }
    }
  }

  /**
   * n = tanh(p + r·q), then h' = (1 − z)·n + z·h; {@code gates} is where r, z, n and q lie one
   * after the other in {@code a}.
   */
  static void state(float[] p, int ofP, float[] a, int gates, int old, int now, int h) {
    float[] rest = TallTiles.sums();
    for (int j = 0; j < h; j += L) {
      boolean whole = j + L <= h;
      int at = gates + j;
      FloatVector n =
          VectorMath.tanh(
              FloatVector.fromArray(Simd.WIDE, a, at)
                  .fma(
                      FloatVector.fromArray(Simd.WIDE, a, at + 3 * h),
                      FloatVector.fromArray(Simd.WIDE, p, ofP + j)));
      n.intoArray(whole ? a : rest, whole ? at + 2 * h : 0);
      FloatVector.fromArray(Simd.WIDE, a, old + j)
          .sub(n)
          .fma(FloatVector.fromArray(Simd.WIDE, a, at + h), n)
          .intoArray(whole ? a : rest, whole ? now + j : L);
      if (!whole) {
        System.arraycopy(rest, 0, a, at + 2 * h, h - j);
        System.arraycopy(rest, L, a, now + j, h - j);
      }
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
      VectorMask<Float> m = Simd.WIDE.indexInRange(0, h - j);
      int at = gates + j;
      FloatVector grad = FloatVector.fromArray(Simd.WIDE, b, g + j);
      FloatVector update = FloatVector.fromArray(Simd.WIDE, a, at + h);
      FloatVector candidate = FloatVector.fromArray(Simd.WIDE, a, at + 2 * h);
      FloatVector keep = update.neg().add(1f);
      FloatVector c = candidate.mul(candidate).neg().add(1f).mul(keep).mul(grad);
      FloatVector z =
          FloatVector.fromArray(Simd.WIDE, a, old + j)
              .sub(candidate)
              .mul(update)
              .mul(keep)
              .mul(grad);
      grad.mul(update).intoArray(b, before + j, m);
      z.intoArray(b, to + 2 * h + j, m);
      c.intoArray(b, to + j, m);
      FloatVector reset = FloatVector.fromArray(Simd.WIDE, a, at);
      c.mul(reset).intoArray(b, to + 3 * h + j, m);
      c.mul(FloatVector.fromArray(Simd.WIDE, a, at + 3 * h))
          .mul(reset)
          .mul(reset.neg().add(1f))
          .intoArray(b, to + h + j, m);
    }
  }
}
