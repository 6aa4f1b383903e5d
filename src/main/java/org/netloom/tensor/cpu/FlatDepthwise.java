package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * Depthwise convolution of stride 1 of one zero-padded NHWC image over rows of columns·c values:
 * vectors run across pixels, so any number of channels fills them. The weights are repeated over
 * {@code width} values, the least common multiple of c and {@value #UNIT}; a vector at one place of
 * that width meets the same weights all over the map.
 *
 * <p>A tap is the distance in floats from an output to the padded input that the tap reads. Padded
 * images have {@value #UNIT} zeros behind them, for the vectors that pass the end of a row.
 */
final class FlatDepthwise {
  static final int UNIT = 16;

  /** Taps whose weights or sums fit into registers. */
  static final int GROUP = 9;

  private static final int L = Simd.WIDE_LANES;

  private FlatDepthwise() {}

  /**
   * y[i, k] = Σ_t w[t, k mod width]·x[i·rowStep + k + tap t] for {@code rows} of {@code length}.
   */
  static void correlate(
      float[] x,
      int rowStep,
      int[] taps,
      float[] w,
      int width,
      int rows,
      int length,
      float[] a,
      int y) {
    for (int p = 0; p < Math.min(width, length); p += L) {
      if (taps.length == GROUP) {
        nineTaps(x, rowStep, taps, w, p, width, rows, length, a, y);
      } else {
        manyTaps(x, rowStep, taps, w, p, width, rows, length, a, y);
      }
    }
  }

  private static void nineTaps(
      float[] x,
      int rowStep,
      int[] taps,
      float[] w,
      int p,
      int width,
      int rows,
      int length,
      float[] a,
      int y) {
    FloatVector w0 = FloatVector.fromArray(Simd.WIDE, w, p);
    FloatVector w1 = FloatVector.fromArray(Simd.WIDE, w, width + p);
    FloatVector w2 = FloatVector.fromArray(Simd.WIDE, w, 2 * width + p);
    FloatVector w3 = FloatVector.fromArray(Simd.WIDE, w, 3 * width + p);
    FloatVector w4 = FloatVector.fromArray(Simd.WIDE, w, 4 * width + p);
    FloatVector w5 = FloatVector.fromArray(Simd.WIDE, w, 5 * width + p);
    FloatVector w6 = FloatVector.fromArray(Simd.WIDE, w, 6 * width + p);
    FloatVector w7 = FloatVector.fromArray(Simd.WIDE, w, 7 * width + p);
    FloatVector w8 = FloatVector.fromArray(Simd.WIDE, w, 8 * width + p);
    int t0 = taps[0];
    int t1 = taps[1];
    int t2 = taps[2];
    int t3 = taps[3];
    int t4 = taps[4];
    int t5 = taps[5];
    int t6 = taps[6];
    int t7 = taps[7];
    int t8 = taps[8];
    for (int i = 0; i < rows; i++) {
      int from = i * rowStep;
      int to = y + i * length;
      for (int k = p; k < length; k += width) {
        int at = from + k;
        FloatVector s = FloatVector.fromArray(Simd.WIDE, x, at + t0).mul(w0);
        FloatVector r = FloatVector.fromArray(Simd.WIDE, x, at + t1).mul(w1);
        s = FloatVector.fromArray(Simd.WIDE, x, at + t2).fma(w2, s);
        r = FloatVector.fromArray(Simd.WIDE, x, at + t3).fma(w3, r);
        s = FloatVector.fromArray(Simd.WIDE, x, at + t4).fma(w4, s);
        r = FloatVector.fromArray(Simd.WIDE, x, at + t5).fma(w5, r);
        s = FloatVector.fromArray(Simd.WIDE, x, at + t6).fma(w6, s);
        r = FloatVector.fromArray(Simd.WIDE, x, at + t7).fma(w7, r);
        s = FloatVector.fromArray(Simd.WIDE, x, at + t8).fma(w8, s).add(r);
        Simd.put(s, a, to + k, length - k, false);
      }
    }
  }

  private static void manyTaps(
      float[] x,
      int rowStep,
      int[] taps,
      float[] w,
      int p,
      int width,
      int rows,
      int length,
      float[] a,
      int y) {
    for (int i = 0; i < rows; i++) {
      int from = i * rowStep;
      int to = y + i * length;
      int k = p;
      for (; k + 3 * width < length; k += 4 * width) {
        FloatVector s0 = FloatVector.zero(Simd.WIDE);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int weight = p;
        for (int t = 0; t < taps.length; t++, weight += width) {
          int at = from + k + taps[t];
          FloatVector factor = FloatVector.fromArray(Simd.WIDE, w, weight);
          s0 = FloatVector.fromArray(Simd.WIDE, x, at).fma(factor, s0);
          s1 = FloatVector.fromArray(Simd.WIDE, x, at + width).fma(factor, s1);
          s2 = FloatVector.fromArray(Simd.WIDE, x, at + 2 * width).fma(factor, s2);
          s3 = FloatVector.fromArray(Simd.WIDE, x, at + 3 * width).fma(factor, s3);
        }
        s0.intoArray(a, to + k);
        s1.intoArray(a, to + k + width);
        s2.intoArray(a, to + k + 2 * width);
        Simd.put(s3, a, to + k + 3 * width, length - k - 3 * width, false);
      }
      for (; k < length; k += width) {
        FloatVector s = FloatVector.zero(Simd.WIDE);
        int weight = p;
        for (int t = 0; t < taps.length; t++, weight += width) {
          s =
              FloatVector.fromArray(Simd.WIDE, x, from + k + taps[t])
                  .fma(FloatVector.fromArray(Simd.WIDE, w, weight), s);
        }
        Simd.put(s, a, to + k, length - k, false);
      }
    }
  }

  /** w[t, k mod width] = Σ y[i, k]·x[i·rowStep + k + tap t] over all i, k of one place. */
  static void weightGradient(
      float[] x,
      int rowStep,
      int[] taps,
      float[] w,
      int at,
      int width,
      int rows,
      int length,
      float[] y,
      int start) {
    for (int p = 0; p < width; p += L) {
      int t = 0;
      if (taps.length >= GROUP) {
        for (; t < taps.length; t += GROUP) {
          int first = Math.min(t, taps.length - GROUP);
          nineSums(
              x, rowStep, taps, first, w, at + first * width + p, p, width, rows, length, y, start);
        }
      }
      for (; t < taps.length; t++) {
        oneSum(x, rowStep, taps[t], w, at + t * width + p, p, width, rows, length, y, start);
      }
    }
  }

  private static void nineSums(
      float[] x,
      int rowStep,
      int[] taps,
      int first,
      float[] w,
      int at,
      int p,
      int width,
      int rows,
      int length,
      float[] y,
      int start) {
    int t0 = taps[first];
    int t1 = taps[first + 1];
    int t2 = taps[first + 2];
    int t3 = taps[first + 3];
    int t4 = taps[first + 4];
    int t5 = taps[first + 5];
    int t6 = taps[first + 6];
    int t7 = taps[first + 7];
    int t8 = taps[first + 8];
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector s8 = s0;
    for (int i = 0; i < rows; i++) {
      int from = i * rowStep;
      int g0 = start + i * length;
      for (int k = p; k < length; k += width) {
        FloatVector g = Simd.load(y, g0 + k, length - k);
        int q = from + k;
        s0 = FloatVector.fromArray(Simd.WIDE, x, q + t0).fma(g, s0);
        s1 = FloatVector.fromArray(Simd.WIDE, x, q + t1).fma(g, s1);
        s2 = FloatVector.fromArray(Simd.WIDE, x, q + t2).fma(g, s2);
        s3 = FloatVector.fromArray(Simd.WIDE, x, q + t3).fma(g, s3);
        s4 = FloatVector.fromArray(Simd.WIDE, x, q + t4).fma(g, s4);
        s5 = FloatVector.fromArray(Simd.WIDE, x, q + t5).fma(g, s5);
        s6 = FloatVector.fromArray(Simd.WIDE, x, q + t6).fma(g, s6);
        s7 = FloatVector.fromArray(Simd.WIDE, x, q + t7).fma(g, s7);
        s8 = FloatVector.fromArray(Simd.WIDE, x, q + t8).fma(g, s8);
      }
    }
    s0.intoArray(w, at);
    s1.intoArray(w, at + width);
    s2.intoArray(w, at + 2 * width);
    s3.intoArray(w, at + 3 * width);
    s4.intoArray(w, at + 4 * width);
    s5.intoArray(w, at + 5 * width);
    s6.intoArray(w, at + 6 * width);
    s7.intoArray(w, at + 7 * width);
    s8.intoArray(w, at + 8 * width);
  }

  private static void oneSum(
      float[] x,
      int rowStep,
      int tap,
      float[] w,
      int at,
      int p,
      int width,
      int rows,
      int length,
      float[] y,
      int start) {
    FloatVector s = FloatVector.zero(Simd.WIDE);
    for (int i = 0; i < rows; i++) {
      for (int k = p; k < length; k += width) {
        FloatVector g = Simd.load(y, start + i * length + k, length - k);
        s = FloatVector.fromArray(Simd.WIDE, x, i * rowStep + k + tap).fma(g, s);
      }
    }
    s.intoArray(w, at);
  }
}
