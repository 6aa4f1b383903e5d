package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * A zero-padded map and the outputs of a depthwise convolution over it. With stride 1 its pixels
 * keep their c channels ({@link FlatDepthwise}), else they are padded to whole vectors ({@link
 * DepthwiseLoops}).
 *
 * @param h rows of the map that is padded
 * @param top zero rows above it; negative where rows are skipped
 * @param height rows of the padded map
 * @param rows output rows
 * @param padded floats of a pixel of the padded map
 * @param taps distance of each tap from an output's first input, in floats
 */
record DepthwiseWindow(
    int h,
    int w,
    int top,
    int left,
    int height,
    int width,
    int rows,
    int columns,
    int strideH,
    int strideW,
    int c,
    int padded,
    int[] taps) {

  static DepthwiseWindow of(ConvolutionGeometry g) {
    return of(g, g.h(), g.w(), g.top(), g.left(), g.oh(), g.ow(), g.strideH(), g.strideW());
  }

  /** The gradient of the input of a convolution of stride 1 is one over ∂y with turned taps. */
  static DepthwiseWindow transposed(ConvolutionGeometry g) {
    int top = (g.r() - 1) * g.dilationH() - g.top();
    int left = (g.s() - 1) * g.dilationW() - g.left();
    return of(g, g.oh(), g.ow(), top, left, g.h(), g.w(), 1, 1);
  }

  private static DepthwiseWindow of(
      ConvolutionGeometry g,
      int h,
      int w,
      int top,
      int left,
      int rows,
      int columns,
      int strideH,
      int strideW) {
    int height = (rows - 1) * strideH + (g.r() - 1) * g.dilationH() + 1;
    int width = (columns - 1) * strideW + (g.s() - 1) * g.dilationW() + 1;
    boolean flat = strideH == 1 && strideW == 1;
    int padded = flat ? g.c() : (g.c() + Simd.WIDE_LANES - 1) / Simd.WIDE_LANES * Simd.WIDE_LANES;
    int[] taps = new int[g.r() * g.s()];
    for (int t = 0; t < taps.length; t++) {
      taps[t] = (t / g.s() * g.dilationH() * width + t % g.s() * g.dilationW()) * padded;
    }
    return new DepthwiseWindow(
        h, w, top, left, height, width, rows, columns, strideH, strideW, g.c(), padded, taps);
  }

  boolean flat() {
    return strideH == 1 && strideW == 1;
  }

  /** Values over which weights and sums are repeated. */
  int repeat() {
    if (!flat()) {
      return padded;
    }
    int together = FlatDepthwise.UNIT;
    while (together > 1 && c * (together / 2) % FlatDepthwise.UNIT == 0) {
      together /= 2;
    }
    return together * c;
  }

  /** Floats of the padded map and of what vectors read behind it. */
  int size() {
    return height * width * padded + FlatDepthwise.UNIT;
  }

  int rowStep() {
    return strideH * width * padded;
  }

  int step() {
    return strideW * padded;
  }

  /** Values of one output row. */
  int length() {
    return columns * c;
  }

  /** Values of one output map. */
  int output() {
    return rows * columns * c;
  }

  /** Values of one map without padding. */
  int input() {
    return h * w * c;
  }

  /** Copies a map into the middle of the padded one. */
  void pad(float[] a, int map, float[] to) {
    int i0 = Math.max(0, -top);
    int i1 = Math.min(h, height - top);
    int j0 = Math.max(0, -left);
    int pixels = Math.min(w, width - left) - j0;
    for (int i = i0; i < i1; i++) {
      int at = ((i + top) * width + j0 + left) * padded;
      pad(a, map + (i * w + j0) * c, c, to, at, padded, pixels);
    }
  }

  /** Copies the middle of the padded map back. */
  void unpad(float[] from, float[] a, int map) {
    int i0 = Math.max(0, -top);
    int i1 = Math.min(h, height - top);
    int j0 = Math.max(0, -left);
    int pixels = Math.min(w, width - left) - j0;
    for (int i = i0; i < i1; i++) {
      int at = ((i + top) * width + j0 + left) * padded;
      unpad(from, at, padded, a, map + (i * w + j0) * c, c, pixels);
    }
  }

  /** Copies pixels of c floats to pixels of {@code padded} floats, zeros behind them. */
  static void pad(float[] from, int x, int c, float[] to, int y, int padded, int pixels) {
    if (c == padded) {
      System.arraycopy(from, x, to, y, Math.max(0, pixels) * c);
      return;
    }
    for (int j = 0; j < pixels; j++) {
      for (int q = 0; q < c; q += Simd.WIDE_LANES) {
        FloatVector.fromArray(Simd.WIDE, from, x + j * c + q, Simd.WIDE.indexInRange(q, c))
            .intoArray(to, y + j * padded + q);
      }
    }
  }

  private static void unpad(float[] from, int y, int padded, float[] to, int x, int c, int pixels) {
    if (c == padded) {
      System.arraycopy(from, y, to, x, Math.max(0, pixels) * c);
      return;
    }
    for (int j = 0; j < pixels; j++) {
      for (int q = 0; q < c; q += Simd.WIDE_LANES) {
        FloatVector.fromArray(Simd.WIDE, from, y + j * padded + q)
            .intoArray(to, x + j * c + q, Simd.WIDE.indexInRange(q, c));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
