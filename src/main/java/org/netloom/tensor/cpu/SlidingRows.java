package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One vector of channels of one output row of a depthwise convolution, for three rows of taps: the
 * input is passed column by column, each is loaded once and adds to all outputs that see it, whose
 * sums move on in registers. Input rows start at x0, x1 and x2, rows of taps, {@code channels}
 * floats apart, at w0, w1 and w2. One array and one running index for all: what is left of general
 * registers would go through vector registers.
 */
final class SlidingRows {
  private static final VectorSpecies<Float> S = Simd.WIDE;

  private static final int L = Simd.WIDE_LANES;

  private SlidingRows() {}

  /**
   * Columns that are {@code step} floats apart: output m reads the columns m, m+1, ….
   *
   * @param first first column inside the map
   * @param end column after the last one inside the map
   * @param outputs outputs of the row
   */
  record Columns(int step, int first, int end, int outputs) {}

  /** Three rows of three taps. */
  static void three(
      float[] a,
      int x0,
      int x1,
      int x2,
      float[] w,
      int w0,
      int w1,
      int w2,
      int channels,
      Columns at,
      int out) {
    FloatVector w00 = FloatVector.fromArray(S, w, w0);
    FloatVector w01 = FloatVector.fromArray(S, w, w0 + channels);
    FloatVector w02 = FloatVector.fromArray(S, w, w0 + 2 * channels);
    FloatVector w10 = FloatVector.fromArray(S, w, w1);
    FloatVector w11 = FloatVector.fromArray(S, w, w1 + channels);
    FloatVector w12 = FloatVector.fromArray(S, w, w1 + 2 * channels);
    FloatVector w20 = FloatVector.fromArray(S, w, w2);
    FloatVector w21 = FloatVector.fromArray(S, w, w2 + channels);
    FloatVector w22 = FloatVector.fromArray(S, w, w2 + 2 * channels);
    int step = at.step();
    int q = at.first();
    int p = x0 + q * step;
    int d1 = x1 - x0;
    int d2 = x2 - x0;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    int to = out + (q - 2) * step;
    for (int end = Math.min(at.end(), at.outputs() + 2); q < end; q++, p += step, to += step) {
      FloatVector v0 = FloatVector.fromArray(S, a, p);
      FloatVector v1 = FloatVector.fromArray(S, a, p + d1);
      FloatVector v2 = FloatVector.fromArray(S, a, p + d2);
      if (q >= 2) {
        v2.fma(w22, v1.fma(w12, v0.fma(w02, s0))).intoArray(a, to);
      }
      s0 = v2.fma(w21, v1.fma(w11, v0.fma(w01, s1)));
      s1 = v2.fma(w20, v1.fma(w10, v0.mul(w00)));
    }
    for (; q < at.outputs() + 2; q++, to += step) {
      if (q >= 2) {
        s0.intoArray(a, to);
      }
      s0 = s1;
      s1 = FloatVector.zero(S);
    }
  }

  /** Five rows of five taps. */
  static void five(
      float[] a,
      int x0,
      int x1,
      int x2,
      int x3,
      int x4,
      float[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      int w4,
      int channels,
      Columns at,
      int out) {
    FloatVector w00 = FloatVector.fromArray(S, w, w0);
    FloatVector w01 = FloatVector.fromArray(S, w, w0 + channels);
    FloatVector w02 = FloatVector.fromArray(S, w, w0 + 2 * channels);
    FloatVector w03 = FloatVector.fromArray(S, w, w0 + 3 * channels);
    FloatVector w04 = FloatVector.fromArray(S, w, w0 + 4 * channels);
    FloatVector w10 = FloatVector.fromArray(S, w, w1);
    FloatVector w11 = FloatVector.fromArray(S, w, w1 + channels);
    FloatVector w12 = FloatVector.fromArray(S, w, w1 + 2 * channels);
    FloatVector w13 = FloatVector.fromArray(S, w, w1 + 3 * channels);
    FloatVector w14 = FloatVector.fromArray(S, w, w1 + 4 * channels);
    FloatVector w20 = FloatVector.fromArray(S, w, w2);
    FloatVector w21 = FloatVector.fromArray(S, w, w2 + channels);
    FloatVector w22 = FloatVector.fromArray(S, w, w2 + 2 * channels);
    FloatVector w23 = FloatVector.fromArray(S, w, w2 + 3 * channels);
    FloatVector w24 = FloatVector.fromArray(S, w, w2 + 4 * channels);
    FloatVector w30 = FloatVector.fromArray(S, w, w3);
    FloatVector w31 = FloatVector.fromArray(S, w, w3 + channels);
    FloatVector w32 = FloatVector.fromArray(S, w, w3 + 2 * channels);
    FloatVector w33 = FloatVector.fromArray(S, w, w3 + 3 * channels);
    FloatVector w34 = FloatVector.fromArray(S, w, w3 + 4 * channels);
    FloatVector w40 = FloatVector.fromArray(S, w, w4);
    FloatVector w41 = FloatVector.fromArray(S, w, w4 + channels);
    FloatVector w42 = FloatVector.fromArray(S, w, w4 + 2 * channels);
    FloatVector w43 = FloatVector.fromArray(S, w, w4 + 3 * channels);
    FloatVector w44 = FloatVector.fromArray(S, w, w4 + 4 * channels);
    int step = at.step();
    int q = at.first();
    int p = x0 + q * step;
    int d1 = x1 - x0;
    int d2 = x2 - x0;
    int d3 = x3 - x0;
    int d4 = x4 - x0;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int to = out + (q - 4) * step;
    for (int end = Math.min(at.end(), at.outputs() + 4); q < end; q++, p += step, to += step) {
      FloatVector v0 = FloatVector.fromArray(S, a, p);
      FloatVector v1 = FloatVector.fromArray(S, a, p + d1);
      FloatVector v2 = FloatVector.fromArray(S, a, p + d2);
      FloatVector v3 = FloatVector.fromArray(S, a, p + d3);
      FloatVector v4 = FloatVector.fromArray(S, a, p + d4);
      if (q >= 4) {
        v4.fma(w44, v3.fma(w34, v2.fma(w24, v1.fma(w14, v0.fma(w04, s0))))).intoArray(a, to);
      }
      s0 = v4.fma(w43, v3.fma(w33, v2.fma(w23, v1.fma(w13, v0.fma(w03, s1)))));
      s1 = v4.fma(w42, v3.fma(w32, v2.fma(w22, v1.fma(w12, v0.fma(w02, s2)))));
      s2 = v4.fma(w41, v3.fma(w31, v2.fma(w21, v1.fma(w11, v0.fma(w01, s3)))));
      s3 = v4.fma(w40, v3.fma(w30, v2.fma(w20, v1.fma(w10, v0.mul(w00)))));
    }
    for (; q < at.outputs() + 4; q++, to += step) {
      if (q >= 4) {
        s0.intoArray(a, to);
      }
      s0 = s1;
      s1 = s2;
      s2 = s3;
      s3 = FloatVector.zero(S);
    }
  }

  /**
   * Adds ∂w of three rows of three taps from one row of ∂y.
   *
   * @param from where the row of ∂y starts
   * @param sums three vectors for each row of taps, at t0, t1 and t2
   */
  static void gradient(
      float[] a,
      int x0,
      int x1,
      int x2,
      Columns at,
      int from,
      float[] sums,
      int t0,
      int t1,
      int t2) {
    FloatVector s0 = FloatVector.fromArray(S, sums, t0);
    FloatVector s1 = FloatVector.fromArray(S, sums, t0 + L);
    FloatVector s2 = FloatVector.fromArray(S, sums, t0 + 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, sums, t1);
    FloatVector s4 = FloatVector.fromArray(S, sums, t1 + L);
    FloatVector s5 = FloatVector.fromArray(S, sums, t1 + 2 * L);
    FloatVector s6 = FloatVector.fromArray(S, sums, t2);
    FloatVector s7 = FloatVector.fromArray(S, sums, t2 + L);
    FloatVector s8 = FloatVector.fromArray(S, sums, t2 + 2 * L);
    int step = at.step();
    int q = at.first();
    int p = x0 + q * step;
    int d1 = x1 - x0;
    int d2 = x2 - x0;
    int dy = from - x0;
    FloatVector g1 = output(at, a, from, q - 1);
    FloatVector g2 = output(at, a, from, q - 2);
    int end = Math.min(at.end(), at.outputs() + 2);
    for (int whole = Math.min(end, at.outputs()); q < whole; q++, p += step) {
      FloatVector g0 = FloatVector.fromArray(S, a, p + dy);
      FloatVector v0 = FloatVector.fromArray(S, a, p);
      s0 = v0.fma(g0, s0);
      s1 = v0.fma(g1, s1);
      s2 = v0.fma(g2, s2);
      FloatVector v1 = FloatVector.fromArray(S, a, p + d1);
      s3 = v1.fma(g0, s3);
      s4 = v1.fma(g1, s4);
      s5 = v1.fma(g2, s5);
      FloatVector v2 = FloatVector.fromArray(S, a, p + d2);
      s6 = v2.fma(g0, s6);
      s7 = v2.fma(g1, s7);
      s8 = v2.fma(g2, s8);
      g2 = g1;
      g1 = g0;
    }
    for (; q < end; q++, p += step) {
      FloatVector v0 = FloatVector.fromArray(S, a, p);
      s1 = v0.fma(g1, s1);
      s2 = v0.fma(g2, s2);
      FloatVector v1 = FloatVector.fromArray(S, a, p + d1);
      s4 = v1.fma(g1, s4);
      s5 = v1.fma(g2, s5);
      FloatVector v2 = FloatVector.fromArray(S, a, p + d2);
      s7 = v2.fma(g1, s7);
      s8 = v2.fma(g2, s8);
      g2 = g1;
      g1 = FloatVector.zero(S);
    }
    s0.intoArray(sums, t0);
    s1.intoArray(sums, t0 + L);
    s2.intoArray(sums, t0 + 2 * L);
    s3.intoArray(sums, t1);
    s4.intoArray(sums, t1 + L);
    s5.intoArray(sums, t1 + 2 * L);
    s6.intoArray(sums, t2);
    s7.intoArray(sums, t2 + L);
    s8.intoArray(sums, t2 + 2 * L);
  }

  private static FloatVector output(Columns at, float[] y, int from, int m) {
    return m >= 0 && m < at.outputs()
        ? FloatVector.fromArray(S, y, from + m * at.step())
        : FloatVector.zero(S);
  }
}
