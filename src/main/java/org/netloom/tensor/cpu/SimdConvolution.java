package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/**
 * Convolution as matrix products over unfolded patches, one image at a time; depthwise convolution
 * has its own kernels ({@link SimdDepthwise}); other groups run as plain loops. Forward and input
 * gradient are split by image, weight gradients by rows of the result.
 */
final class SimdConvolution {
  /** Positions whose patches one block of the weight gradient unfolds. */
  private static final int BLOCK = 4096;

  private final Parallel parallel;
  private final SimdGemm gemm;
  private final SimdDepthwise depthwise;
  private final ThreadLocal<float[][]> scratch = ThreadLocal.withInitial(() -> new float[2][0]);

  SimdConvolution(Parallel parallel, SimdGemm gemm) {
    this.parallel = parallel;
    this.gemm = gemm;
    this.depthwise = new SimdDepthwise(parallel);
  }

  void run(Convolution op, Plan.Step s, float[] a) {
    ConvolutionGeometry g = op.geometry();
    if (g.groups() > 1) {
      if (g.depthwise()) {
        depthwise.run(op, s, a);
      } else {
        ScalarConvolution.run(op, s, a);
      }
      return;
    }
    switch (op) {
      case Convolution.Forward f -> forward(g, a, s.in()[0], s.in()[1], s.out()[0]);
      case Convolution.InputGradient f -> inputGradient(g, a, s.in()[0], s.in()[1], s.out()[0]);
      case Convolution.WeightGradient f -> weightGradient(g, a, s.in()[0], s.in()[1], s.out()[0]);
    }
  }

  private static int patch(ConvolutionGeometry g) {
    return g.r() * g.s() * g.c();
  }

  private static long cost(ConvolutionGeometry g) {
    return (long) g.n() * g.oh() * g.ow() * g.r() * g.s() * g.groupInputs() * g.k();
  }

  private float[] buffer(int which, int size) {
    float[][] all = scratch.get();
    if (all[which].length < size) {
      all[which] = new float[size];
    }
    return all[which];
  }

  /** Weights [k, c, r, s] as rows of patches [k][r·s·c], the order in which patches are unfolded. */
  private static void reorder(ConvolutionGeometry g, float[] from, int w, float[] to) {
    int taps = g.r() * g.s();
    int at = 0;
    for (int o = 0; o < g.k(); o++) {
      for (int t = 0; t < taps; t++) {
        int source = w + o * g.c() * taps + t;
        for (int q = 0; q < g.c(); q++) {
          to[at++] = from[source + q * taps];
        }
      }
    }
  }

  private void forward(ConvolutionGeometry g, float[] a, int x, int w, int y) {
    int positions = g.oh() * g.ow();
    if (g.pointwise()) {
      gemm.multiply(
          g.n() * positions, g.k(), g.c(),
          new SimdGemm.Operand(a, x, g.c(), false),
          new SimdGemm.Operand(a, w, g.c(), true), a, y, g.k(), false);
      return;
    }
    float[] weights = buffer(0, g.k() * patch(g));
    reorder(g, a, w, weights);
    parallel.forRange(
        g.n(),
        cost(g),
        (from, to) -> {
          float[] columns = buffer(1, positions * patch(g));
          for (int n = from; n < to; n++) {
            unfold(g, a, x + n * g.h() * g.w() * g.c(), columns, 0);
            gemm.block(
                0, positions, 0, g.k(), patch(g),
                new SimdGemm.Operand(columns, 0, patch(g), false),
                new SimdGemm.Operand(weights, 0, patch(g), true),
                a, y + n * positions * g.k(), g.k(), false);
          }
        });
  }

  private void inputGradient(ConvolutionGeometry g, float[] a, int gy, int w, int gx) {
    int positions = g.oh() * g.ow();
    if (g.pointwise()) {
      gemm.multiply(
          g.n() * positions, g.c(), g.k(),
          new SimdGemm.Operand(a, gy, g.k(), false),
          new SimdGemm.Operand(a, w, g.c(), false), a, gx, g.c(), false);
      return;
    }
    float[] weights = buffer(0, g.k() * patch(g));
    reorder(g, a, w, weights);
    parallel.forRange(
        g.n(),
        cost(g),
        (from, to) -> {
          float[] columns = buffer(1, positions * patch(g));
          for (int n = from; n < to; n++) {
            gemm.block(
                0, positions, 0, patch(g), g.k(),
                new SimdGemm.Operand(a, gy + n * positions * g.k(), g.k(), false),
                new SimdGemm.Operand(weights, 0, patch(g), false),
                columns, 0, patch(g), false);
            fold(g, columns, a, gx + n * g.h() * g.w() * g.c());
          }
        });
  }

  private void weightGradient(ConvolutionGeometry g, float[] a, int gy, int x, int gw) {
    int positions = g.oh() * g.ow();
    int size = g.k() * patch(g);
    if (g.pointwise()) {
      gemm.multiply(
          g.k(), g.c(), g.n() * positions,
          new SimdGemm.Operand(a, gy, g.k(), true),
          new SimdGemm.Operand(a, x, g.c(), false), a, gw, g.c(), false);
      return;
    }
    float[] sum = buffer(0, size);
    int images = Math.max(1, Math.min(g.n(), BLOCK / positions));
    float[] columns = buffer(1, images * positions * patch(g));
    for (int n0 = 0; n0 < g.n(); n0 += images) {
      int first = n0;
      int count = Math.min(images, g.n() - n0);
      parallel.forRange(
          count,
          (long) count * positions * patch(g),
          (from, to) -> {
            for (int n = from; n < to; n++) {
              unfold(
                  g, a, x + (first + n) * g.h() * g.w() * g.c(), columns,
                  n * positions * patch(g));
            }
          });
      gemm.multiply(
          g.k(), patch(g), count * positions,
          new SimdGemm.Operand(a, gy + n0 * positions * g.k(), g.k(), true),
          new SimdGemm.Operand(columns, 0, patch(g), false), sum, 0, patch(g), n0 > 0);
    }
    int taps = g.r() * g.s();
    int at = 0;
    for (int o = 0; o < g.k(); o++) {
      for (int t = 0; t < taps; t++) {
        int target = gw + o * g.c() * taps + t;
        for (int q = 0; q < g.c(); q++) {
          a[target + q * taps] = sum[at++];
        }
      }
    }
  }

  /** Patches of one image: row per output position, in (tap row, tap column, channel) order. */
  private static void unfold(ConvolutionGeometry g, float[] a, int x, float[] to, int base) {
    int at = base;
    for (int i = 0; i < g.oh(); i++) {
      for (int j = 0; j < g.ow(); j++) {
        for (int u = 0; u < g.r(); u++) {
          int yy = i * g.strideH() - g.top() + u * g.dilationH();
          for (int v = 0; v < g.s(); v++) {
            int xx = j * g.strideW() - g.left() + v * g.dilationW();
            if (yy < 0 || yy >= g.h() || xx < 0 || xx >= g.w()) {
              Arrays.fill(to, at, at + g.c(), 0f);
            } else {
              System.arraycopy(a, x + (yy * g.w() + xx) * g.c(), to, at, g.c());
            }
            at += g.c();
          }
        }
      }
    }
  }

  /** Adds patches back to where they were read. */
  private static void fold(ConvolutionGeometry g, float[] from, float[] a, int x) {
    Arrays.fill(a, x, x + g.h() * g.w() * g.c(), 0f);
    int c = g.c();
    int at = 0;
    for (int i = 0; i < g.oh(); i++) {
      for (int j = 0; j < g.ow(); j++) {
        for (int u = 0; u < g.r(); u++) {
          int yy = i * g.strideH() - g.top() + u * g.dilationH();
          for (int v = 0; v < g.s(); v++, at += c) {
            int xx = j * g.strideW() - g.left() + v * g.dilationW();
            if (yy >= 0 && yy < g.h() && xx >= 0 && xx < g.w()) {
              int to = x + (yy * g.w() + xx) * c;
              for (int q = 0; q < c; q++) {
                a[to + q] += from[at + q];
              }
            }
          }
        }
      }
    }
  }
}
