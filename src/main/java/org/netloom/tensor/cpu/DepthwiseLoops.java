package org.netloom.tensor.cpu;

import org.netloom.tensor.ConvolutionGeometry;

/**
 * Depthwise convolution of one image, one tap after the other, weights as [tap][channel]. The inner
 * loops run over channels with constant offsets, which the compiler vectorises by itself.
 */
final class DepthwiseLoops {
  private DepthwiseLoops() {}

  static void forward(ConvolutionGeometry g, float[] a, int x, float[] w, int y) {
    int c = g.c();
    for (int i = 0; i < g.oh(); i++) {
      for (int u = 0; u < g.r(); u++) {
        int yy = i * g.strideH() - g.top() + u * g.dilationH();
        if (yy < 0 || yy >= g.h()) {
          continue;
        }
        for (int j = 0; j < g.ow(); j++) {
          int to = y + (i * g.ow() + j) * c;
          for (int v = 0; v < g.s(); v++) {
            int xx = j * g.strideW() - g.left() + v * g.dilationW();
            if (xx >= 0 && xx < g.w()) {
              fma(a, x + (yy * g.w() + xx) * c, w, (u * g.s() + v) * c, a, to, c);
            }
          }
        }
      }
    }
  }

  static void inputGradient(ConvolutionGeometry g, float[] a, int gy, float[] w, int gx) {
    int c = g.c();
    for (int i = 0; i < g.oh(); i++) {
      for (int u = 0; u < g.r(); u++) {
        int yy = i * g.strideH() - g.top() + u * g.dilationH();
        if (yy < 0 || yy >= g.h()) {
          continue;
        }
        for (int j = 0; j < g.ow(); j++) {
          int from = gy + (i * g.ow() + j) * c;
          for (int v = 0; v < g.s(); v++) {
            int xx = j * g.strideW() - g.left() + v * g.dilationW();
            if (xx >= 0 && xx < g.w()) {
              fma(a, from, w, (u * g.s() + v) * c, a, gx + (yy * g.w() + xx) * c, c);
            }
          }
        }
      }
    }
  }

  /** Adds one image's share to the gradients of taps from..to−1. */
  static void weightGradient(
      ConvolutionGeometry g, float[] a, int gy, int x, float[] gw, int from, int to) {
    int c = g.c();
    for (int tap = from; tap < to; tap++) {
      int u = tap / g.s();
      int v = tap % g.s();
      for (int i = 0; i < g.oh(); i++) {
        int yy = i * g.strideH() - g.top() + u * g.dilationH();
        if (yy < 0 || yy >= g.h()) {
          continue;
        }
        for (int j = 0; j < g.ow(); j++) {
          int xx = j * g.strideW() - g.left() + v * g.dilationW();
          if (xx >= 0 && xx < g.w()) {
            fma(a, gy + (i * g.ow() + j) * c, a, x + (yy * g.w() + xx) * c, gw, tap * c, c);
          }
        }
      }
    }
  }

  /** z += x·y over n values. */
  private static void fma(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    for (int i = 0; i < n; i++) {
      z[zo + i] += x[xo + i] * y[yo + i];
    }
  }
}
