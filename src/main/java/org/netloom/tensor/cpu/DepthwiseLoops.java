package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * Depthwise convolution of one zero-padded NHWC image with strides, the channels padded to whole
 * vectors: no border is ever tested, and all taps of an output add up in registers. A tap is the
 * distance in floats from an output's first padded input to the one that the tap reads.
 */
final class DepthwiseLoops {
  /** Taps that are summed at once. */
  private static final int GROUP = 9;

  private DepthwiseLoops() {}

  /**
   * y[i, j] = Σ_t w[t]·x[i, j + tap t].
   *
   * @param rowStep floats from one output row's first input to the next one's
   * @param step floats from one output column's first input to the next one's
   * @param w taps × channels, padded
   * @param c channels of y, at least {@code padded} − 7
   */
  static void correlate(
      float[] x,
      int rowStep,
      int step,
      int[] taps,
      float[] w,
      int rows,
      int columns,
      int padded,
      float[] a,
      int y,
      int c) {
    for (int i = 0; i < rows; i++) {
      for (int q = 0; q < padded; q += Simd.WIDE_LANES) {
        int to = y + i * columns * c + q;
        int from = i * rowStep + q;
        int j = 0;
        for (; j + 4 <= columns; j += 4, from += 4 * step, to += 4 * c) {
          FloatVector s0 = FloatVector.zero(Simd.WIDE);
          FloatVector s1 = s0;
          FloatVector s2 = s0;
          FloatVector s3 = s0;
          int weight = q;
          for (int t = 0; t < taps.length; t++, weight += padded) {
            int at = from + taps[t];
            FloatVector factor = FloatVector.fromArray(Simd.WIDE, w, weight);
            s0 = FloatVector.fromArray(Simd.WIDE, x, at).fma(factor, s0);
            s1 = FloatVector.fromArray(Simd.WIDE, x, at + step).fma(factor, s1);
            s2 = FloatVector.fromArray(Simd.WIDE, x, at + 2 * step).fma(factor, s2);
            s3 = FloatVector.fromArray(Simd.WIDE, x, at + 3 * step).fma(factor, s3);
          }
          if (q + Simd.WIDE_LANES <= c) {
            s0.intoArray(a, to);
            s1.intoArray(a, to + c);
            s2.intoArray(a, to + 2 * c);
            s3.intoArray(a, to + 3 * c);
          } else {
            s0.intoArray(a, to, Simd.WIDE.indexInRange(q, c));
            s1.intoArray(a, to + c, Simd.WIDE.indexInRange(q, c));
            s2.intoArray(a, to + 2 * c, Simd.WIDE.indexInRange(q, c));
            s3.intoArray(a, to + 3 * c, Simd.WIDE.indexInRange(q, c));
          }
        }
        for (; j < columns; j++, from += step, to += c) {
          FloatVector s = FloatVector.zero(Simd.WIDE);
          int weight = q;
          for (int t = 0; t < taps.length; t++, weight += padded) {
            s =
                FloatVector.fromArray(Simd.WIDE, x, from + taps[t])
                    .fma(FloatVector.fromArray(Simd.WIDE, w, weight), s);
          }
          if (q + Simd.WIDE_LANES <= c) {
            s.intoArray(a, to);
          } else {
            s.intoArray(a, to, Simd.WIDE.indexInRange(q, c));
          }
        }
      }
    }
  }

  /** x[i, j + tap t] += w[t]·y[i, j]: the transpose of {@link #correlate}. */
  static void scatter(
      float[] x,
      int rowStep,
      int step,
      int[] taps,
      float[] w,
      int rows,
      int columns,
      int padded,
      float[] y,
      int first) {
    for (int i = 0; i < rows; i++) {
      for (int q = 0; q < padded; q += Simd.WIDE_LANES) {
        int from = first + i * columns * padded + q;
        int to = i * rowStep + q;
        for (int j = 0; j < columns; j++, from += padded, to += step) {
          FloatVector g = FloatVector.fromArray(Simd.WIDE, y, from);
          int weight = q;
          for (int t = 0; t < taps.length; t++, weight += padded) {
            int at = to + taps[t];
            FloatVector.fromArray(Simd.WIDE, w, weight)
                .fma(g, FloatVector.fromArray(Simd.WIDE, x, at))
                .intoArray(x, at);
          }
        }
      }
    }
  }

  /** w[t] = Σ_ij y[i, j]·x[i, j + tap t]; nine taps at a time, the last nine may repeat some. */
  static void weightGradient(
      float[] x,
      int rowStep,
      int step,
      int[] taps,
      float[] w,
      int at,
      int rows,
      int columns,
      int padded,
      float[] y,
      int start) {
    int t = 0;
    if (taps.length >= GROUP) {
      for (; t < taps.length; t += GROUP) {
        nineTaps(
            x,
            rowStep,
            step,
            taps,
            Math.min(t, taps.length - GROUP),
            w,
            at,
            rows,
            columns,
            padded,
            y,
            start);
      }
    }
    for (; t < taps.length; t++) {
      oneTap(x, rowStep, step, taps[t], w, at + t * padded, rows, columns, padded, y, start);
    }
  }

  /** Nine taps from {@code first}. */
  private static void nineTaps(
      float[] x,
      int rowStep,
      int step,
      int[] taps,
      int first,
      float[] w,
      int at,
      int rows,
      int columns,
      int padded,
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
    for (int q = 0; q < padded; q += Simd.WIDE_LANES) {
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
        int from = start + i * columns * padded + q;
        int p = i * rowStep + q;
        for (int j = 0; j < columns; j++, from += padded, p += step) {
          FloatVector g = FloatVector.fromArray(Simd.WIDE, y, from);
          s0 = FloatVector.fromArray(Simd.WIDE, x, p + t0).fma(g, s0);
          s1 = FloatVector.fromArray(Simd.WIDE, x, p + t1).fma(g, s1);
          s2 = FloatVector.fromArray(Simd.WIDE, x, p + t2).fma(g, s2);
          s3 = FloatVector.fromArray(Simd.WIDE, x, p + t3).fma(g, s3);
          s4 = FloatVector.fromArray(Simd.WIDE, x, p + t4).fma(g, s4);
          s5 = FloatVector.fromArray(Simd.WIDE, x, p + t5).fma(g, s5);
          s6 = FloatVector.fromArray(Simd.WIDE, x, p + t6).fma(g, s6);
          s7 = FloatVector.fromArray(Simd.WIDE, x, p + t7).fma(g, s7);
          s8 = FloatVector.fromArray(Simd.WIDE, x, p + t8).fma(g, s8);
        }
      }
      int to = at + first * padded + q;
      s0.intoArray(w, to);
      s1.intoArray(w, to + padded);
      s2.intoArray(w, to + 2 * padded);
      s3.intoArray(w, to + 3 * padded);
      s4.intoArray(w, to + 4 * padded);
      s5.intoArray(w, to + 5 * padded);
      s6.intoArray(w, to + 6 * padded);
      s7.intoArray(w, to + 7 * padded);
      s8.intoArray(w, to + 8 * padded);
    }
  }

  private static void oneTap(
      float[] x,
      int rowStep,
      int step,
      int tap,
      float[] w,
      int at,
      int rows,
      int columns,
      int padded,
      float[] y,
      int start) {
    for (int q = 0; q < padded; q += Simd.WIDE_LANES) {
      FloatVector s = FloatVector.zero(Simd.WIDE);
      for (int i = 0; i < rows; i++) {
        int from = start + i * columns * padded + q;
        int p = i * rowStep + q + tap;
        for (int j = 0; j < columns; j++, from += padded, p += step) {
          s =
              FloatVector.fromArray(Simd.WIDE, x, p)
                  .fma(FloatVector.fromArray(Simd.WIDE, y, from), s);
        }
      }
      s.intoArray(w, at + q);
    }
  }
}
