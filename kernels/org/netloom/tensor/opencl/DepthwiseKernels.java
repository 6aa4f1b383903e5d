package org.netloom.tensor.opencl;

/**
 * Convolutions with one filter for each channel. Blocks: n, from, w, to, height, width, c, height
 * and width of the result, r, s, row and column strides, top, left, row and column dilations; w is
 * [tap, channel]. A gradient's source is the smaller map and its result the larger one.
 *
 * <p>Where neighbouring items touch neighbouring values an item has one channel; else sixteen,
 * whose sums become vectors, of all positions of a row.
 */
abstract class DepthwiseKernels extends RowProductKernels {
  private static final int CHANNELS = 16;

  void depthwise(int q, int backward) {
    if (spread != 0 || p[q + 7] < CHANNELS) {
      oneChannel(q, backward);
    } else {
      int blocks = p[q + 7] / CHANNELS;
      int n = p[q + 1] / (p[q + 7] * p[q + 9]) * blocks;
      int end = end(n);
      int step = step();
      for (int i = first(n); i < end; i += step) {
        int line = i / blocks;
        int j = (i - line * blocks) * CHANNELS;
        sixteenChannels(q, backward, line, j);
        if (j + 2 * CHANNELS > p[q + 7] && j + CHANNELS < p[q + 7]) {
          sixteenChannels(q, backward, line, p[q + 7] - CHANNELS);
        }
      }
    }
  }

  /** The place along a side that a tap reads for a place of the result; negative: outside. */
  private int source(int at, int tap, int side, int stride, int pad, int dilation, int backward) {
    int place = at * stride - pad + tap * dilation;
    if (backward != 0) {
      place = at + pad - tap * dilation;
      if (stride > 1) {
        if (place % stride != 0) {
          place = -1;
        } else {
          place = place / stride;
        }
      }
    }
    if (place >= side) {
      place = -1;
    }
    return place;
  }

  private void oneChannel(int q, int backward) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    float[] ws = memory(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int to = inside(p[q + 4]);
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / c;
      int channel = i - position * c;
      int line = position / p[q + 9];
      int image = line / p[q + 8];
      int row = line - image * p[q + 8];
      int column = position - line * p[q + 9];
      int base = inside(p[q + 2]) + image * h * w * c + channel;
      float sum = 0f;
      for (int u = 0; u < p[q + 10]; u++) {
        int y = source(row, u, h, p[q + 12], p[q + 14], p[q + 16], backward);
        int weights = inside(p[q + 3]) + u * p[q + 11] * c + channel;
        for (int v = 0; v < p[q + 11] && y >= 0; v++) {
          int x = source(column, v, w, p[q + 13], p[q + 15], p[q + 17], backward);
          if (x >= 0) {
            sum += xs[base + (y * w + x) * c] * ws[weights + v * c];
          }
        }
      }
      ys[to + i] = sum;
    }
  }

  /** Channels j to j + 15 of a row of the result. */
  private void sixteenChannels(int q, int backward, int line, int j) {
    float[] xs = memory(p[q + 2]);
    float[] ws = memory(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int columns = p[q + 9];
    int r = p[q + 10];
    int s = p[q + 11];
    int stride = p[q + 13];
    int left = p[q + 15];
    int dilation = p[q + 17];
    int image = line / p[q + 8];
    int row = line - image * p[q + 8];
    int base = inside(p[q + 2]) + image * h * w * c + j;
    int to = inside(p[q + 4]) + line * columns * c + j;
    for (int column = 0; column < columns; column++) {
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      float s4 = 0f;
      float s5 = 0f;
      float s6 = 0f;
      float s7 = 0f;
      float s8 = 0f;
      float s9 = 0f;
      float sa = 0f;
      float sb = 0f;
      float sc = 0f;
      float sd = 0f;
      float se = 0f;
      float sf = 0f;
      for (int u = 0; u < r; u++) {
        int y = source(row, u, h, p[q + 12], p[q + 14], p[q + 16], backward);
        int weight = inside(p[q + 3]) + u * s * c + j;
        for (int v = 0; v < s && y >= 0; v++) {
          int x = source(column, v, w, stride, left, dilation, backward);
          if (x >= 0) {
            int a = base + (y * w + x) * c;
            s0 += xs[a] * ws[weight];
            s1 += xs[a + 1] * ws[weight + 1];
            s2 += xs[a + 2] * ws[weight + 2];
            s3 += xs[a + 3] * ws[weight + 3];
            s4 += xs[a + 4] * ws[weight + 4];
            s5 += xs[a + 5] * ws[weight + 5];
            s6 += xs[a + 6] * ws[weight + 6];
            s7 += xs[a + 7] * ws[weight + 7];
            s8 += xs[a + 8] * ws[weight + 8];
            s9 += xs[a + 9] * ws[weight + 9];
            sa += xs[a + 10] * ws[weight + 10];
            sb += xs[a + 11] * ws[weight + 11];
            sc += xs[a + 12] * ws[weight + 12];
            sd += xs[a + 13] * ws[weight + 13];
            se += xs[a + 14] * ws[weight + 14];
            sf += xs[a + 15] * ws[weight + 15];
          }
          weight += c;
        }
      }
      ys[to] = s0;
      ys[to + 1] = s1;
      ys[to + 2] = s2;
      ys[to + 3] = s3;
      ys[to + 4] = s4;
      ys[to + 5] = s5;
      ys[to + 6] = s6;
      ys[to + 7] = s7;
      ys[to + 8] = s8;
      ys[to + 9] = s9;
      ys[to + 10] = sa;
      ys[to + 11] = sb;
      ys[to + 12] = sc;
      ys[to + 13] = sd;
      ys[to + 14] = se;
      ys[to + 15] = sf;
      to += c;
    }
  }

  /**
   * Partial sums [block, tap, channel], each over {@link Tiles#BLOCK} positions. Block: n, x, to,
   * ∂y, then as above; at 18 the blocks.
   */
  void depthwiseWeightGradient(int q) {
    int c = p[q + 7];
    int taps = p[q + 10] * p[q + 11];
    int width = 1;
    if (spread == 0 && c >= CHANNELS) {
      width = CHANNELS;
    }
    int parts = c / width;
    int n = p[q + 18] * taps * parts;
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int line = i / parts;
      int j = (i - line * parts) * width;
      int from = line / taps * Tiles.BLOCK;
      int until = min(p[q + 1], from + Tiles.BLOCK);
      if (width == 1) {
        oneWeight(q, line, j, from, until);
      } else {
        sixteenWeights(q, line, j, from, until);
        if (j + 2 * CHANNELS > c && j + CHANNELS < c) {
          sixteenWeights(q, line, c - CHANNELS, from, until);
        }
      }
    }
  }

  private void oneWeight(int q, int line, int channel, int from, int until) {
    float[] xs = memory(p[q + 2]);
    float[] gs = memory(p[q + 4]);
    int c = p[q + 7];
    int base = inside(p[q + 2]) + channel;
    int gradient = inside(p[q + 4]) + channel;
    int tap = line % (p[q + 10] * p[q + 11]);
    float sum = 0f;
    for (int at = from; at < until; at++) {
      int x = input(q, tap, at);
      if (x >= 0) {
        sum += gs[gradient + at * c] * xs[base + x * c];
      }
    }
    memory(p[q + 3])[inside(p[q + 3]) + line * c + channel] = sum;
  }

  /** The position that a tap reads for a position of the result; negative: outside. */
  private int input(int q, int tap, int at) {
    int line = at / p[q + 9];
    int image = line / p[q + 8];
    int u = tap / p[q + 11];
    int v = tap - u * p[q + 11];
    int y = source(line - image * p[q + 8], u, p[q + 5], p[q + 12], p[q + 14], p[q + 16], 0);
    int x = source(at - line * p[q + 9], v, p[q + 6], p[q + 13], p[q + 15], p[q + 17], 0);
    int result = -1;
    if (y >= 0 && x >= 0) {
      result = (image * p[q + 5] + y) * p[q + 6] + x;
    }
    return result;
  }

  private void sixteenWeights(int q, int line, int j, int from, int until) {
    float[] xs = memory(p[q + 2]);
    float[] gs = memory(p[q + 4]);
    float[] ys = memory(p[q + 3]);
    int c = p[q + 7];
    int base = inside(p[q + 2]) + j;
    int g = inside(p[q + 4]) + from * c + j;
    int to = inside(p[q + 3]) + line * c + j;
    int tap = line % (p[q + 10] * p[q + 11]);
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    float s8 = 0f;
    float s9 = 0f;
    float sa = 0f;
    float sb = 0f;
    float sc = 0f;
    float sd = 0f;
    float se = 0f;
    float sf = 0f;
    for (int at = from; at < until; at++) {
      int x = input(q, tap, at);
      if (x >= 0) {
        int a = base + x * c;
        s0 += gs[g] * xs[a];
        s1 += gs[g + 1] * xs[a + 1];
        s2 += gs[g + 2] * xs[a + 2];
        s3 += gs[g + 3] * xs[a + 3];
        s4 += gs[g + 4] * xs[a + 4];
        s5 += gs[g + 5] * xs[a + 5];
        s6 += gs[g + 6] * xs[a + 6];
        s7 += gs[g + 7] * xs[a + 7];
        s8 += gs[g + 8] * xs[a + 8];
        s9 += gs[g + 9] * xs[a + 9];
        sa += gs[g + 10] * xs[a + 10];
        sb += gs[g + 11] * xs[a + 11];
        sc += gs[g + 12] * xs[a + 12];
        sd += gs[g + 13] * xs[a + 13];
        se += gs[g + 14] * xs[a + 14];
        sf += gs[g + 15] * xs[a + 15];
      }
      g += c;
    }
    ys[to] = s0;
    ys[to + 1] = s1;
    ys[to + 2] = s2;
    ys[to + 3] = s3;
    ys[to + 4] = s4;
    ys[to + 5] = s5;
    ys[to + 6] = s6;
    ys[to + 7] = s7;
    ys[to + 8] = s8;
    ys[to + 9] = s9;
    ys[to + 10] = sa;
    ys[to + 11] = sb;
    ys[to + 12] = sc;
    ys[to + 13] = sd;
    ys[to + 14] = se;
    ys[to + 15] = sf;
  }
}
