package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/**
 * Depthwise convolution and its gradients, one image at a time on a padded copy of it. The weight
 * gradient sums each image in float and adds the images in order in double precision.
 */
final class SimdDepthwise {
  private static final int WEIGHTS = 0;
  private static final int MAP = 1;
  private static final int GRADIENT = 2;
  private static final int SUMS = 3;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(4);

  SimdDepthwise(Parallel parallel) {
    this.parallel = parallel;
  }

  void run(Convolution op, Plan.Step s, float[] a) {
    ConvolutionGeometry g = op.geometry();
    int first = s.in()[0];
    int second = s.in()[1];
    int out = s.out()[0];
    switch (op) {
      case Convolution.Forward f -> correlate(g, Window.of(g), a, first, second, out, false);
      case Convolution.InputGradient f -> {
        if (g.strideH() == 1 && g.strideW() == 1) {
          correlate(g, Window.transposed(g), a, first, second, out, true);
        } else {
          scatter(g, Window.of(g), a, first, second, out);
        }
      }
      case Convolution.WeightGradient f -> weightGradient(g, Window.of(g), a, first, second, out);
    }
  }

  /**
   * A padded map and the outputs over it.
   *
   * @param h rows of the map that is padded
   * @param top zero rows above it; negative where rows are skipped
   * @param height rows of the padded map
   * @param rows output rows
   * @param padded channels up to whole vectors
   */
  private record Window(
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

    static Window of(ConvolutionGeometry g) {
      return of(g, g.h(), g.w(), g.top(), g.left(), g.oh(), g.ow(), g.strideH(), g.strideW());
    }

    /** The gradient of the input of a convolution of stride 1 is one over ∂y with turned taps. */
    static Window transposed(ConvolutionGeometry g) {
      return of(
          g,
          g.oh(),
          g.ow(),
          (g.r() - 1) * g.dilationH() - g.top(),
          (g.s() - 1) * g.dilationW() - g.left(),
          g.h(),
          g.w(),
          1,
          1);
    }

    private static Window of(
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
      int padded = (g.c() + Simd.LANES - 1) / Simd.LANES * Simd.LANES;
      int[] taps = new int[g.r() * g.s()];
      for (int t = 0; t < taps.length; t++) {
        taps[t] = (t / g.s() * g.dilationH() * width + t % g.s() * g.dilationW()) * padded;
      }
      return new Window(
          h, w, top, left, height, width, rows, columns, strideH, strideW, g.c(), padded, taps);
    }

    int size() {
      return height * width * padded;
    }

    int rowStep() {
      return strideH * width * padded;
    }

    int step() {
      return strideW * padded;
    }

    /** Copies a map into the padded one, or adds nothing and copies back. */
    void copy(float[] a, int map, float[] pad, boolean back) {
      int i0 = Math.max(0, -top);
      int i1 = Math.min(h, height - top);
      int j0 = Math.max(0, -left);
      int j1 = Math.min(w, width - left);
      for (int i = i0; i < i1; i++) {
        int from = map + (i * w + j0) * c;
        int to = ((i + top) * width + j0 + left) * padded;
        if (back) {
          unpad(pad, to, padded, a, from, c, j1 - j0);
        } else {
          pad(a, from, c, pad, to, padded, j1 - j0);
        }
      }
    }
  }

  private static void pad(float[] from, int x, int c, float[] to, int y, int padded, int pixels) {
    if (c == padded) {
      System.arraycopy(from, x, to, y, Math.max(0, pixels) * c);
      return;
    }
    for (int j = 0; j < pixels; j++) {
      for (int q = 0; q < c; q += Simd.LANES) {
        FloatVector.fromArray(Simd.S, from, x + j * c + q, Simd.S.indexInRange(q, c))
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
      for (int q = 0; q < c; q += Simd.LANES) {
        FloatVector.fromArray(Simd.S, from, y + j * padded + q)
            .intoArray(to, x + j * c + q, Simd.S.indexInRange(q, c));
      }
    }
  }

  private static long cost(ConvolutionGeometry g) {
    return (long) g.n() * g.oh() * g.ow() * g.r() * g.s() * g.c();
  }

  /** Weights [c][taps] as [tap][channel], the channels padded with zeros. */
  private float[] weights(ConvolutionGeometry g, Window win, float[] a, int w, boolean turned) {
    int taps = win.taps.length;
    float[] to = scratch.get(WEIGHTS, taps * win.padded);
    for (int t = 0; t < taps; t++) {
      int from = w + (turned ? taps - 1 - t : t);
      int at = t * win.padded;
      for (int q = 0; q < g.c(); q++) {
        to[at + q] = a[from + q * taps];
      }
      Arrays.fill(to, at + g.c(), at + win.padded, 0f);
    }
    return to;
  }

  private void correlate(
      ConvolutionGeometry g, Window win, float[] a, int x, int w, int y, boolean turned) {
    float[] weights = weights(g, win, a, w, turned);
    int in = win.h * win.w * win.c;
    int map = win.rows * win.columns * win.c;
    parallel.forRange(
        g.n(),
        cost(g),
        (from, to) -> {
          float[] pad = scratch.get(MAP, win.size());
          Arrays.fill(pad, 0, win.size(), 0f);
          for (int n = from; n < to; n++) {
            win.copy(a, x + n * in, pad, false);
            DepthwiseLoops.correlate(
                pad,
                win.rowStep(),
                win.step(),
                win.taps,
                weights,
                win.rows,
                win.columns,
                win.padded,
                a,
                y + n * map,
                win.c);
          }
        });
  }

  private void scatter(ConvolutionGeometry g, Window win, float[] a, int gy, int w, int gx) {
    float[] weights = weights(g, win, a, w, false);
    int in = win.h * win.w * win.c;
    parallel.forRange(
        g.n(),
        cost(g),
        (from, to) -> {
          float[] pad = scratch.get(MAP, win.size());
          for (int n = from; n < to; n++) {
            Arrays.fill(pad, 0, win.size(), 0f);
            float[] y = gradient(win, a, gy, n);
            DepthwiseLoops.scatter(
                pad,
                win.rowStep(),
                win.step(),
                win.taps,
                weights,
                win.rows,
                win.columns,
                win.padded,
                y,
                y == a ? gy + n * win.rows * win.columns * win.c : 0);
            Arrays.fill(a, gx + n * in, gx + (n + 1) * in, 0f);
            win.copy(a, gx + n * in, pad, true);
          }
        });
  }

  /** ∂y of image n with padded channels: the arena itself where its channels are whole vectors. */
  private float[] gradient(Window win, float[] a, int gy, int n) {
    if (win.c == win.padded) {
      return a;
    }
    int pixels = win.rows * win.columns;
    float[] copy = scratch.get(GRADIENT, pixels * win.padded);
    pad(a, gy + n * pixels * win.c, win.c, copy, 0, win.padded, pixels);
    return copy;
  }

  private void weightGradient(ConvolutionGeometry g, Window win, float[] a, int gy, int x, int gw) {
    int taps = win.taps.length;
    int size = taps * win.padded;
    int in = win.h * win.w * win.c;
    float[] sums = scratch.get(SUMS, g.n() * size);
    parallel.forRange(
        g.n(),
        cost(g),
        (from, to) -> {
          float[] pad = scratch.get(MAP, win.size());
          Arrays.fill(pad, 0, win.size(), 0f);
          for (int n = from; n < to; n++) {
            win.copy(a, x + n * in, pad, false);
            float[] y = gradient(win, a, gy, n);
            taps(win, pad, y, y == a ? gy + n * win.rows * win.columns * win.c : 0, sums, n * size);
          }
        });
    double[] total = scratch.doubles(size);
    Arrays.fill(total, 0, size, 0);
    for (int n = 0; n < g.n(); n++) {
      add(sums, n * size, total, size);
    }
    for (int q = 0; q < g.c(); q++) {
      for (int t = 0; t < taps; t++) {
        a[gw + q * taps + t] = (float) total[t * win.padded + q];
      }
    }
  }

  private static void add(float[] from, int at, double[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] += from[at + i];
    }
  }

  /** Nine taps at a time; the last nine may repeat some. */
  private static void taps(Window win, float[] pad, float[] y, int start, float[] sums, int at) {
    int count = win.taps.length;
    if (count < DepthwiseLoops.GROUP) {
      for (int t = 0; t < count; t++) {
        DepthwiseLoops.oneTap(
            pad,
            win.rowStep(),
            win.step(),
            win.taps[t],
            sums,
            at + t * win.padded,
            win.rows,
            win.columns,
            win.padded,
            y,
            start);
      }
      return;
    }
    for (int t = 0; t < count; t += DepthwiseLoops.GROUP) {
      DepthwiseLoops.nineTaps(
          pad,
          win.rowStep(),
          win.step(),
          win.taps,
          Math.min(t, count - DepthwiseLoops.GROUP),
          sums,
          at,
          win.rows,
          win.columns,
          win.padded,
          y,
          start);
    }
  }
}
