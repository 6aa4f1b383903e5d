package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * Depthwise convolution and its gradients, one image at a time on a padded copy of it. The weight
 * gradient sums each image in float and adds the images in order in double precision.
 */
final class SimdDepthwise implements ConvolutionKernel {
  /** Buffers that it takes from the scratch memory. */
  static final int BUFFERS = 4;

  private static final int WEIGHTS = 0;
  private static final int MAP = 1;
  private static final int GRADIENT = 2;
  private static final int SUMS = 3;

  private final Parallel parallel;
  private final Scratch scratch;
  private final ConvolutionGeometry g;
  private final DepthwiseWindow win;
  private final DepthwiseWindow transposed;
  private final long cost;

  SimdDepthwise(Parallel parallel, Scratch scratch, ConvolutionGeometry g) {
    this.parallel = parallel;
    this.scratch = scratch;
    this.g = g;
    this.win = DepthwiseWindow.of(g);
    this.transposed = DepthwiseWindow.transposed(g);
    this.cost = (long) g.n() * g.oh() * g.ow() * g.r() * g.s() * g.c();
  }

  @Override
  public Kernel forward(int x, int w, int y) {
    return correlate(win, x, w, y, false);
  }

  @Override
  public Kernel inputGradient(int gy, int w, int gx) {
    return win.flat() ? correlate(transposed, gy, w, gx, true) : scatter(gy, w, gx);
  }

  /** Weights [c][taps] as [tap][channel], the channels repeated or padded with zeros. */
  private float[] weights(DepthwiseWindow win, float[] a, int w, boolean turned) {
    int taps = win.taps().length;
    int repeat = win.repeat();
    int c = win.c();
    float[] to = scratch.get(WEIGHTS, taps * repeat);
    for (int t = 0; t < taps; t++) {
      int from = w + (turned ? taps - 1 - t : t);
      int at = t * repeat;
      for (int q = 0; q < c; q++) {
        to[at + q] = a[from + q * taps];
      }
      if (win.flat()) {
        for (int q = c; q < repeat; q += c) {
          System.arraycopy(to, at, to, at + q, c);
        }
      } else {
        Arrays.fill(to, at + c, at + repeat, 0f);
      }
    }
    return to;
  }

  private Kernel correlate(DepthwiseWindow win, int x, int w, int y, boolean turned) {
    int repeat = win.repeat();
    Parallel.Range images =
        (a, weights, from, to) -> {
          float[] map = scratch.get(MAP, win.size());
          Arrays.fill(map, 0, win.size(), 0f);
          for (int n = from; n < to; n++) {
            win.pad(a, x + n * win.input(), map);
            int at = y + n * win.output();
            if (win.flat()) {
              FlatDepthwise.correlate(
                  map, win.rowStep(), win.taps(), weights, repeat, win.rows(), win.length(), a, at);
            } else {
              DepthwiseLoops.correlate(
                  map,
                  win.rowStep(),
                  win.step(),
                  win.taps(),
                  weights,
                  win.rows(),
                  win.columns(),
                  win.padded(),
                  a,
                  at,
                  win.c());
            }
          }
        };
    return a -> parallel.forRange(g.n(), cost, a, weights(win, a, w, turned), images);
  }

  private Kernel scatter(int gy, int w, int gx) {
    Parallel.Range images =
        (a, weights, from, to) -> {
          float[] map = scratch.get(MAP, win.size());
          for (int n = from; n < to; n++) {
            Arrays.fill(map, 0, win.size(), 0f);
            float[] y = gradient(a, gy, n);
            DepthwiseLoops.scatter(
                map,
                win.rowStep(),
                win.step(),
                win.taps(),
                weights,
                win.rows(),
                win.columns(),
                win.padded(),
                y,
                y == a ? gy + n * win.output() : 0);
            int at = gx + n * win.input();
            Arrays.fill(a, at, at + win.input(), 0f);
            win.unpad(map, a, at);
          }
        };
    return a -> parallel.forRange(g.n(), cost, a, weights(win, a, w, false), images);
  }

  /** ∂y of image n with padded channels: the arena itself where its channels need no padding. */
  private float[] gradient(float[] a, int gy, int n) {
    if (win.c() == win.padded()) {
      return a;
    }
    int pixels = win.rows() * win.columns();
    float[] copy = scratch.get(GRADIENT, pixels * win.padded());
    DepthwiseWindow.pad(a, gy + n * win.output(), win.c(), copy, 0, win.padded(), pixels);
    return copy;
  }

  @Override
  public Kernel weightGradient(int gy, int x, int gw) {
    int taps = win.taps().length;
    int repeat = win.repeat();
    int size = taps * repeat;
    Parallel.Range images =
        (a, sums, from, to) -> {
          float[] map = scratch.get(MAP, win.size());
          Arrays.fill(map, 0, win.size(), 0f);
          for (int n = from; n < to; n++) {
            win.pad(a, x + n * win.input(), map);
            float[] y = gradient(a, gy, n);
            int at = y == a ? gy + n * win.output() : 0;
            if (win.flat()) {
              FlatDepthwise.weightGradient(
                  map,
                  win.rowStep(),
                  win.taps(),
                  sums,
                  n * size,
                  repeat,
                  win.rows(),
                  win.length(),
                  y,
                  at);
            } else {
              DepthwiseLoops.weightGradient(
                  map,
                  win.rowStep(),
                  win.step(),
                  win.taps(),
                  sums,
                  n * size,
                  win.rows(),
                  win.columns(),
                  win.padded(),
                  y,
                  at);
            }
          }
        };
    return a -> {
      float[] sums = scratch.get(SUMS, g.n() * size);
      parallel.forRange(g.n(), cost, a, sums, images);
      total(sums, size, a, gw);
    };
  }

  /** Adds the images' sums [tap][c] in order, to weights [c][tap]. */
  private void total(float[] sums, int size, float[] a, int gw) {
    int taps = win.taps().length;
    int repeat = win.repeat();
    double[] total = scratch.doubles(size);
    Arrays.fill(total, 0, size, 0);
    for (int n = 0; n < g.n(); n++) {
      add(sums, n * size, total, size);
    }
    for (int q = 0; q < g.c(); q++) {
      for (int t = 0; t < taps; t++) {
        double sum = 0;
        for (int i = q; i < repeat; i += win.flat() ? win.c() : repeat) {
          sum += total[t * repeat + i];
        }
        a[gw + q * taps + t] = (float) sum;
      }
    }
  }

  private static void add(float[] from, int at, double[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] += from[at + i];
    }
  }
}
