package org.netloom.tensor.opencl;

/**
 * Convolutions with one filter for each channel. Blocks: n, x, w, y, h, w, c, oh, ow, r, s, row and
 * column strides, top, left, row and column dilations, blocks.
 */
abstract class DepthwiseKernels extends RowProductKernels {

  void depthwise(int q) {
    int n = p[q + 1];
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int oh = p[q + 8];
    int ow = p[q + 9];
    int r = p[q + 10];
    int s = p[q + 11];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / c;
      int channel = i - position * c;
      int line = position / ow;
      int image = line / oh;
      int y0 = (line - image * oh) * p[q + 12] - p[q + 14];
      int x0 = (position - line * ow) * p[q + 13] - p[q + 15];
      int base = p[q + 2] + image * h * w * c + channel;
      float sum = 0f;
      for (int u = 0; u < r; u++) {
        int y = y0 + u * p[q + 16];
        if (y >= 0 && y < h) {
          for (int v = 0; v < s; v++) {
            int x = x0 + v * p[q + 17];
            if (x >= 0 && x < w) {
              sum += arena[base + (y * w + x) * c] * arena[p[q + 3] + (channel * r + u) * s + v];
            }
          }
        }
      }
      arena[p[q + 4] + i] = sum;
    }
  }

  /** x receives ∂x, y holds ∂y. */
  void depthwiseInputGradient(int q) {
    int n = p[q + 1];
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int oh = p[q + 8];
    int ow = p[q + 9];
    int r = p[q + 10];
    int s = p[q + 11];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / c;
      int channel = i - position * c;
      int line = position / w;
      int image = line / h;
      int base = p[q + 4] + image * oh * ow * c + channel;
      float sum = 0f;
      for (int u = 0; u < r; u++) {
        int y = line - image * h + p[q + 14] - u * p[q + 16];
        if (y >= 0 && y % p[q + 12] == 0 && y / p[q + 12] < oh) {
          for (int v = 0; v < s; v++) {
            int x = position - line * w + p[q + 15] - v * p[q + 17];
            if (x >= 0 && x % p[q + 13] == 0 && x / p[q + 13] < ow) {
              int from = base + (y / p[q + 12] * ow + x / p[q + 13]) * c;
              sum += arena[from] * arena[p[q + 3] + (channel * r + u) * s + v];
            }
          }
        }
      }
      arena[p[q + 2] + i] = sum;
    }
  }

  /** w receives partial sums [block, tap, channel], each over {@link Tiles#BLOCK} positions. */
  void depthwiseWeightGradient(int q) {
    int h = p[q + 5];
    int w = p[q + 6];
    int c = p[q + 7];
    int oh = p[q + 8];
    int ow = p[q + 9];
    int s = p[q + 11];
    int taps = p[q + 10] * s;
    int positions = p[q + 1];
    int n = p[q + 18] * taps * c;
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int channel = i % c;
      int tap = i / c % taps;
      int from = i / c / taps * Tiles.BLOCK;
      int until = min(positions, from + Tiles.BLOCK);
      int dy = tap / s * p[q + 16] - p[q + 14];
      int dx = tap % s * p[q + 17] - p[q + 15];
      float sum = 0f;
      for (int at = from; at < until; at++) {
        int line = at / ow;
        int image = line / oh;
        int y = (line - image * oh) * p[q + 12] + dy;
        int x = (at - line * ow) * p[q + 13] + dx;
        if (y >= 0 && y < h && x >= 0 && x < w) {
          sum +=
              arena[p[q + 4] + at * c + channel]
                  * arena[p[q + 2] + ((image * h + y) * w + x) * c + channel];
        }
      }
      arena[p[q + 3] + i] = sum;
    }
  }
}
