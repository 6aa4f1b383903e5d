package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/** Convolution and its gradients by their definition, summed in double precision. */
final class ScalarConvolution {
  private ScalarConvolution() {}

  static void run(Convolution op, Plan.Step s, float[] a) {
    ConvolutionGeometry g = op.geometry();
    switch (op) {
      case Convolution.Forward f -> forward(g, a, s.in()[0], s.in()[1], s.out()[0]);
      case Convolution.InputGradient f -> inputGradient(g, a, s.in()[0], s.in()[1], s.out()[0]);
      case Convolution.WeightGradient f -> weightGradient(g, a, s.in()[0], s.in()[1], s.out()[0]);
    }
  }

  /** Offset of weight [o, q, u, v]. */
  private static int weight(ConvolutionGeometry g, int o, int q, int u, int v) {
    return ((o * g.groupInputs() + q) * g.r() + u) * g.s() + v;
  }

  static void forward(ConvolutionGeometry g, float[] a, int x, int w, int y) {
    int gi = g.groupInputs();
    for (int n = 0; n < g.n(); n++) {
      for (int i = 0; i < g.oh(); i++) {
        for (int j = 0; j < g.ow(); j++) {
          for (int o = 0; o < g.k(); o++) {
            int c0 = o / g.groupOutputs() * gi;
            double sum = 0;
            for (int u = 0; u < g.r(); u++) {
              int yy = i * g.strideH() - g.top() + u * g.dilationH();
              for (int v = 0; v < g.s(); v++) {
                int xx = j * g.strideW() - g.left() + v * g.dilationW();
                if (yy < 0 || yy >= g.h() || xx < 0 || xx >= g.w()) {
                  continue;
                }
                int at = x + ((n * g.h() + yy) * g.w() + xx) * g.c() + c0;
                for (int q = 0; q < gi; q++) {
                  sum += (double) a[at + q] * a[w + weight(g, o, q, u, v)];
                }
              }
            }
            a[y + ((n * g.oh() + i) * g.ow() + j) * g.k() + o] = (float) sum;
          }
        }
      }
    }
  }

  static void inputGradient(ConvolutionGeometry g, float[] a, int gy, int w, int gx) {
    int gi = g.groupInputs();
    int row = g.h() * g.w() * g.c();
    double[] sum = new double[row];
    for (int n = 0; n < g.n(); n++) {
      Arrays.fill(sum, 0);
      for (int i = 0; i < g.oh(); i++) {
        for (int j = 0; j < g.ow(); j++) {
          for (int u = 0; u < g.r(); u++) {
            int yy = i * g.strideH() - g.top() + u * g.dilationH();
            for (int v = 0; v < g.s(); v++) {
              int xx = j * g.strideW() - g.left() + v * g.dilationW();
              if (yy < 0 || yy >= g.h() || xx < 0 || xx >= g.w()) {
                continue;
              }
              for (int o = 0; o < g.k(); o++) {
                double d = a[gy + ((n * g.oh() + i) * g.ow() + j) * g.k() + o];
                int at = (yy * g.w() + xx) * g.c() + o / g.groupOutputs() * gi;
                for (int q = 0; q < gi; q++) {
                  sum[at + q] += d * a[w + weight(g, o, q, u, v)];
                }
              }
            }
          }
        }
      }
      for (int i = 0; i < row; i++) {
        a[gx + n * row + i] = (float) sum[i];
      }
    }
  }

  static void weightGradient(ConvolutionGeometry g, float[] a, int gy, int x, int gw) {
    int gi = g.groupInputs();
    double[] sum = new double[g.k() * gi * g.r() * g.s()];
    for (int n = 0; n < g.n(); n++) {
      for (int i = 0; i < g.oh(); i++) {
        for (int j = 0; j < g.ow(); j++) {
          for (int u = 0; u < g.r(); u++) {
            int yy = i * g.strideH() - g.top() + u * g.dilationH();
            for (int v = 0; v < g.s(); v++) {
              int xx = j * g.strideW() - g.left() + v * g.dilationW();
              if (yy < 0 || yy >= g.h() || xx < 0 || xx >= g.w()) {
                continue;
              }
              for (int o = 0; o < g.k(); o++) {
                double d = a[gy + ((n * g.oh() + i) * g.ow() + j) * g.k() + o];
                int at = x + ((n * g.h() + yy) * g.w() + xx) * g.c() + o / g.groupOutputs() * gi;
                for (int q = 0; q < gi; q++) {
                  sum[weight(g, o, q, u, v)] += d * a[at + q];
                }
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      a[gw + i] = (float) sum[i];
    }
  }
}
