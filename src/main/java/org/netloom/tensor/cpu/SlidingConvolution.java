package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * Depthwise convolution and its gradients by {@link SlidingDepthwise}, split over threads by rows
 * of outputs. The weight gradient sums each map in float and adds the maps in order in double
 * precision; that of more than 3×3 taps is another kernel's.
 */
final class SlidingConvolution implements ConvolutionKernel {
  private static final int WEIGHTS = 0;
  private static final int ROOM = 2;
  private static final int SUMS = 3;
  private static final int TAPS = 9;

  /** Rows of outputs of one part of the work. */
  private static final int ROWS = 8;

  private final Parallel parallel;
  private final Scratch scratch;
  private final ConvolutionGeometry g;
  private final ConvolutionKernel other;
  private final SlidingDepthwise forward;
  private final SlidingDepthwise inputGradient;
  private final long cost;

  /**
   * @param other computes the gradient of weights of more taps
   */
  SlidingConvolution(
      Parallel parallel, Scratch scratch, ConvolutionGeometry g, ConvolutionKernel other) {
    this.parallel = parallel;
    this.scratch = scratch;
    this.g = g;
    this.other = other;
    this.forward = SlidingDepthwise.forward(g);
    this.inputGradient = SlidingDepthwise.inputGradient(g);
    this.cost = (long) g.n() * g.oh() * g.ow() * g.r() * g.s() * g.c();
  }

  @Override
  public Kernel forward(int x, int w, int y) {
    return prepare(forward, x, g.h() * g.w() * g.c(), w, false, y, g.oh() * g.ow() * g.c());
  }

  @Override
  public Kernel inputGradient(int gy, int w, int gx) {
    return prepare(inputGradient, gy, g.oh() * g.ow() * g.c(), w, true, gx, g.h() * g.w() * g.c());
  }

  private Kernel prepare(
      SlidingDepthwise kernel, int x, int mapX, int w, boolean turned, int y, int mapY) {
    int parts = Math.ceilDiv(kernel.rows(), ROWS);
    Parallel.Range rows =
        (a, weights, from, to) -> {
          for (int item = from; item < to; item++) {
            int n = item / parts;
            int first = (item - n * parts) * ROWS;
            int end = Math.min(kernel.rows(), first + ROWS);
            kernel.correlate(a, x + n * mapX, weights, y + n * mapY, first, end);
          }
        };
    return a -> {
      float[] weights = scratch.get(WEIGHTS, kernel.weights());
      kernel.weights(a, w, turned, weights);
      parallel.forRange(g.n() * parts, cost, a, weights, rows);
    };
  }

  @Override
  public Kernel weightGradient(int gy, int x, int gw) {
    if (g.r() * g.s() != TAPS || g.r() != g.s()) {
      return other.weightGradient(gy, x, gw);
    }
    int size = TAPS * g.c();
    int mapX = g.h() * g.w() * g.c();
    int mapY = g.oh() * g.ow() * g.c();
    Parallel.Range maps =
        (a, sums, from, to) -> {
          float[] room = scratch.get(ROOM, SlidingDepthwise.ROOM * g.c());
          for (int n = from; n < to; n++) {
            forward.gradient(a, x + n * mapX, gy + n * mapY, sums, n * size, room);
          }
        };
    return a -> {
      float[] sums = scratch.get(SUMS, g.n() * size);
      parallel.forRange(g.n(), cost, a, sums, maps);
      total(sums, size, a, gw);
    };
  }

  /** Adds the maps' sums [tap][c] in order, to weights [c][tap]. */
  private void total(float[] sums, int size, float[] a, int gw) {
    double[] total = scratch.doubles(size);
    Arrays.fill(total, 0, size, 0);
    for (int n = 0; n < g.n(); n++) {
      for (int i = 0; i < size; i++) {
        total[i] += sums[n * size + i];
      }
    }
    for (int t = 0; t < TAPS; t++) {
      for (int q = 0; q < g.c(); q++) {
        a[gw + q * TAPS + t] = (float) total[t * g.c() + q];
      }
    }
  }
}
