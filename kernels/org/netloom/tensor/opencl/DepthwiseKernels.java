package org.netloom.tensor.opencl;

/**
 * Convolutions with one filter for each channel. Blocks: n, from, w, to, height, width, c, height
 * and width of the result, r, s, row and column strides, top, left, row and column dilations; w is
 * [tap, channel]. A gradient's source is the smaller map and its result the larger one.
 *
 * <p>Where neighbouring items touch neighbouring values an item has one channel; else eight, whose
 * sums become vectors, of all positions of a row: places in memory grow step by step, because a
 * compiler that sees how they come about gathers their values one by one.
 */
abstract class DepthwiseKernels extends RowProductKernels {
  private static final int CHANNELS = 8;

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
        eightChannels(q, backward, line, j);
        if (j + 2 * CHANNELS > p[q + 7] && j + CHANNELS < p[q + 7]) {
          eightChannels(q, backward, line, p[q + 7] - CHANNELS);
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

  /** Channels j to j + 7 of a row of the result. */
  private void eightChannels(int q, int backward, int line, int j) {
    float[] xs = memory(p[q + 2]);
    float[] ws = memory(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int columns = p[q + 9];
    int s = p[q + 11];
    int image = line / p[q + 8];
    int row = line - image * p[q + 8];
    int base = inside(p[q + 2]) + image * h * w * c + j;
    int to = inside(p[q + 4]) + line * columns * c + j;
    for (int column = 0; column < columns; column++) {
      int first = tapFrom(q, column, backward, 0);
      int next = tapFrom(q, column, backward, first + 1);
      int x0 = unbounded(q, column, first, backward);
      int across = unbounded(q, column, next, backward) - x0;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      float s4 = 0f;
      float s5 = 0f;
      float s6 = 0f;
      float s7 = 0f;
      for (int u = 0; u < p[q + 10]; u++) {
        int y = source(row, u, h, p[q + 12], p[q + 14], p[q + 16], backward);
        int x = x0;
        int a = base + (y * w + x) * c;
        int b = inside(p[q + 3]) + (u * s + first) * c + j;
        for (int v = first; v < s && y >= 0; v += next - first) {
          if (x >= 0 && x < w) {
            s0 += xs[a] * ws[b];
            s1 += xs[a + 1] * ws[b + 1];
            s2 += xs[a + 2] * ws[b + 2];
            s3 += xs[a + 3] * ws[b + 3];
            s4 += xs[a + 4] * ws[b + 4];
            s5 += xs[a + 5] * ws[b + 5];
            s6 += xs[a + 6] * ws[b + 6];
            s7 += xs[a + 7] * ws[b + 7];
          }
          x += across;
          a += across * c;
          b += (next - first) * c;
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
      to += c;
    }
  }

  /**
   * The first tap from one on that reads a column of the source, inside the map or not: with
   * strides a gradient's place lies between two columns for most taps. Behind the last where none
   * does.
   */
  private int tapFrom(int q, int column, int backward, int from) {
    int tap = from;
    int stride = p[q + 13];
    if (backward != 0 && stride > 1) {
      while (tap < from + stride && (column + p[q + 15] - tap * p[q + 17]) % stride != 0) {
        tap++;
      }
      if (tap == from + stride) {
        tap = from + p[q + 11];
      }
    }
    return tap;
  }

  /** The column that a tap reads for a column of the result, inside the map or not. */
  private int unbounded(int q, int column, int tap, int backward) {
    int place = column * p[q + 13] - p[q + 15] + tap * p[q + 17];
    if (backward != 0) {
      place = (column + p[q + 15] - tap * p[q + 17]) / p[q + 13];
    }
    return place;
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
        eightWeights(q, line, j, from, until);
        if (j + 2 * CHANNELS > c && j + CHANNELS < c) {
          eightWeights(q, line, c - CHANNELS, from, until);
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

  private void eightWeights(int q, int line, int j, int from, int until) {
    float[] xs = memory(p[q + 2]);
    float[] gs = memory(p[q + 4]);
    float[] ys = memory(p[q + 3]);
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int columns = p[q + 9];
    int stride = p[q + 13];
    int to = inside(p[q + 3]) + line * c + j;
    int tap = line % (p[q + 10] * p[q + 11]);
    int u = tap / p[q + 11];
    int x0 = (tap - u * p[q + 11]) * p[q + 17] - p[q + 15];
    int low = max(0, (stride - 1 - x0) / stride);
    int high = min(columns, (w - x0 + stride - 1) / stride);
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    int stop = 0;
    for (int at = from; at < until; at = stop) {
      int row = at / columns;
      int start = row * columns;
      stop = min(until, start + columns);
      int image = row / p[q + 8];
      int y = source(row - image * p[q + 8], u, h, p[q + 12], p[q + 14], p[q + 16], 0);
      int first = max(at - start, low);
      int last = min(stop - start, high);
      int a = inside(p[q + 2]) + ((image * h + y) * w + first * stride + x0) * c + j;
      int g = inside(p[q + 4]) + (start + first) * c + j;
      for (int column = first; column < last && y >= 0; column++) {
        s0 += gs[g] * xs[a];
        s1 += gs[g + 1] * xs[a + 1];
        s2 += gs[g + 2] * xs[a + 2];
        s3 += gs[g + 3] * xs[a + 3];
        s4 += gs[g + 4] * xs[a + 4];
        s5 += gs[g + 5] * xs[a + 5];
        s6 += gs[g + 6] * xs[a + 6];
        s7 += gs[g + 7] * xs[a + 7];
        a += stride * c;
        g += c;
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
  }
}
