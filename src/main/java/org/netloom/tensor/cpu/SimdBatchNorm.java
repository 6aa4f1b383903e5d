package org.netloom.tensor.cpu;

import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Batch norm and its gradient, alone or fused with a ReLU, by blocks of {@link Columns}. A block's
 * squares are summed about its own means and combined in double precision (Chan, Golub and LeVeque
 * 1983), so the statistics take one pass over memory.
 */
final class SimdBatchNorm {
  private static final int LANES = 0;
  private static final int FACTORS = 1;
  private static final int FACTORS_OF_X = 3;
  private static final int FACTORS_OF_GRADIENT = 5;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(2);

  SimdBatchNorm(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel forward(float epsilon, boolean relu, Plan.Step s) {
    Columns columns = columns(s.inShape(0));
    int x = s.in()[0];
    Kernel statistics = statistics(columns, epsilon, x, s.out()[1], s.out()[2]);
    Parallel.Range normalise = normalise(columns, relu, x, s.out()[0]);
    return a -> {
      statistics.run(a);
      float[] f = scratch.get(FACTORS, FACTORS_OF_X * columns.width());
      factors(columns, a, s.out()[1], s.out()[2], s.in()[1], s.in()[2], f);
      parallel.forRange(columns.blocks(), columns.size() / 2, a, f, normalise);
      normaliseRest(columns, relu, a, x, s.out()[0], f);
    };
  }

  /** (x, γ, β, mean, variance) → y. */
  Kernel fixed(Normalisation.FixedNorm op, Plan.Step s) {
    Columns columns = columns(s.inShape(0));
    int width = columns.width();
    Parallel.Range normalise = normalise(columns, false, s.in()[0], s.out()[0]);
    return a -> {
      float[] f = scratch.get(FACTORS, FACTORS_OF_X * width);
      for (int j = 0; j < columns.c(); j++) {
        double rstd = 1 / Math.sqrt((double) a[s.in()[4] + j] + op.epsilon());
        f[j] = a[s.in()[3] + j];
        f[width + j] = (float) (rstd * a[s.in()[1] + j]);
        f[2 * width + j] = a[s.in()[2] + j];
      }
      for (int k = 0; k < FACTORS_OF_X; k++) {
        columns.repeat(f, k * width, f, k * width);
      }
      parallel.forRange(columns.blocks(), columns.size() / 2, a, f, normalise);
      normaliseRest(columns, false, a, s.in()[0], s.out()[0], f);
    };
  }

  /** Means and 1/√(variance + ε) of the columns. */
  Kernel statistics(Columns columns, float epsilon, int x, int mean, int rstd) {
    int width = columns.width();
    Parallel.Range blocks =
        (a, lanes, from, to) -> {
          for (int b = from; b < to; b++) {
            BatchNormLoops.statistics(columns, a, x, b, lanes, b * 2 * width);
          }
        };
    return a -> {
      float[] lanes = scratch.get(LANES, columns.blocks() * 2 * width);
      parallel.forRange(columns.blocks(), columns.size(), a, lanes, blocks);
      combine(columns, epsilon, a, x, lanes, mean, rstd);
    };
  }

  /** Adds the blocks' lanes and the last rows. */
  private void combine(
      Columns columns, float epsilon, float[] a, int x, float[] lanes, int mean, int rstd) {
    int c = columns.c();
    int width = columns.width();
    double[] total = scratch.doubles(2 * width);
    for (int i = 0; i < 2 * width; i++) {
      total[i] = 0;
    }
    for (int b = 0; b < columns.blocks(); b++) {
      int at = b * 2 * width;
      double inverse = 1.0 / columns.groups(b);
      for (int i = 0; i < width; i++) {
        total[i] += lanes[at + i];
      }
      for (int i = 0; i < width; i++) { // a loop of its own, which the compiler turns into vectors
        double sum = lanes[at + i];
        total[width + i] += lanes[at + width + i] + sum * sum * inverse;
      }
    }
    columns.fold(total, 0);
    columns.fold(total, width);
    for (int i = columns.rest(); i < columns.size(); i++) {
      double v = a[x + i];
      total[i % c] += v;
      total[width + i % c] += v * v;
    }
    for (int j = 0; j < c; j++) {
      double m = total[j] / columns.rows();
      double variance = Math.max(0, total[width + j] / columns.rows() - m * m);
      a[mean + j] = (float) m;
      a[rstd + j] = (float) (1 / Math.sqrt(variance + epsilon));
    }
  }

  private static void factors(
      Columns columns, float[] a, int mean, int rstd, int gain, int offset, float[] f) {
    int width = columns.width();
    columns.repeat(a, mean, f, 0);
    columns.repeat(a, offset, f, 2 * width);
    for (int j = 0; j < columns.c(); j++) {
      f[width + j] = a[rstd + j] * a[gain + j];
    }
    columns.repeat(f, width, f, width);
  }

  /** Backwards: what the statistics have read last is still near. */
  private static Parallel.Range normalise(Columns columns, boolean relu, int x, int y) {
    return (a, f, from, to) -> {
      for (int b = to - 1; b >= from; b--) {
        if (relu) {
          BatchNormLoops.normaliseRelu(columns, a, x, y, b, f);
        } else {
          BatchNormLoops.normalise(columns, a, x, y, b, f);
        }
      }
    };
  }

  /** The last rows, which are fewer than a group. */
  private static void normaliseRest(
      Columns columns, boolean relu, float[] a, int x, int y, float[] f) {
    int width = columns.width();
    int rest = columns.rest();
    for (int i = 0; i < columns.size() - rest; i++) {
      float v = Math.fma(a[x + rest + i] - f[i], f[width + i], f[2 * width + i]);
      a[y + rest + i] = relu && v < 0 ? 0f : v;
    }
  }

  /** Gradient of {@link #forward}; without a ReLU β is not an operand, and γ stands in for it. */
  Kernel gradient(boolean relu, Plan.Step s) {
    int[] in = s.in();
    int gy = in[0];
    int x = in[1];
    int mean = in[in.length - 2];
    int rstd = in[in.length - 1];
    int[] out = s.out();
    Columns columns = columns(s.inShape(1));
    int lanes = FACTORS_OF_GRADIENT * columns.width();
    int size = lanes + columns.blocks() * 2 * columns.width();
    Parallel.Range products = products(columns, relu, gy, x, lanes);
    Parallel.Range gradients = gradients(columns, relu, gy, x, out[0]);
    return a -> {
      float[] f = scratch.get(FACTORS, size);
      factors(columns, a, mean, rstd, in[2], in[relu ? 3 : 2], f);
      parallel.forRange(columns.blocks(), columns.size(), a, f, products);
      sums(columns, relu, a, gy, x, mean, rstd, lanes, f, out);
      parallel.forRange(columns.blocks(), columns.size(), a, f, gradients);
      gradientRest(columns, relu, a, gy, x, out[0], f);
    };
  }

  /** Sums per lane, which lie behind the factors. */
  private static Parallel.Range products(Columns columns, boolean relu, int gy, int x, int lanes) {
    int step = 2 * columns.width();
    return (a, f, from, to) -> {
      for (int b = from; b < to; b++) {
        if (relu) {
          BatchNormLoops.productsRelu(columns, a, gy, x, b, f, f, lanes + b * step);
        } else {
          BatchNormLoops.products(columns, a, gy, x, b, f, f, lanes + b * step);
        }
      }
    };
  }

  /** Backwards: what the products have read last is still near. */
  private static Parallel.Range gradients(Columns columns, boolean relu, int gy, int x, int gx) {
    return (a, f, from, to) -> {
      for (int b = to - 1; b >= from; b--) {
        if (relu) {
          BatchNormLoops.gradientRelu(columns, a, gy, x, gx, b, f);
        } else {
          BatchNormLoops.gradient(columns, a, gy, x, gx, b, f);
        }
      }
    };
  }

  /** The last rows, which are fewer than a group. */
  private static void gradientRest(
      Columns columns, boolean relu, float[] a, int gy, int x, int gx, float[] f) {
    int width = columns.width();
    int rest = columns.rest();
    for (int i = 0; i < columns.size() - rest; i++) {
      float d = a[x + rest + i] - f[i];
      boolean on = !relu || Math.fma(d, f[width + i], f[2 * width + i]) > 0;
      float g = Math.fma(on ? a[gy + rest + i] : 0f, f[width + i], f[3 * width + i]);
      a[gx + rest + i] = Math.fma(d, f[4 * width + i], g);
    }
  }

  /** ∂γ and ∂β, and the factors of ∂x that follow from them. */
  private void sums(
      Columns columns,
      boolean relu,
      float[] a,
      int gy,
      int x,
      int mean,
      int rstd,
      int lanes,
      float[] f,
      int[] out) {
    int c = columns.c();
    int width = columns.width();
    double[] total = scratch.doubles(2 * width);
    columns.reduce(f, lanes, 2 * width, total, 0);
    columns.reduce(f, lanes + width, 2 * width, total, width);
    int rest = columns.rest();
    for (int i = 0; i < columns.size() - rest; i++) {
      float d = a[x + rest + i] - f[i];
      if (!relu || Math.fma(d, f[width + i], f[2 * width + i]) > 0) {
        total[i % c] += a[gy + rest + i];
        total[width + i % c] += (double) a[gy + rest + i] * d;
      }
    }
    for (int j = 0; j < c; j++) {
      double scale = a[rstd + j];
      double dot = total[width + j] * scale;
      a[out[1] + j] = (float) dot;
      a[out[2] + j] = (float) total[j];
      f[3 * width + j] = (float) (-f[width + j] * total[j] / columns.rows());
      f[4 * width + j] = (float) (-f[width + j] * dot * scale / columns.rows());
    }
    columns.repeat(f, 3 * width, f, 3 * width);
    columns.repeat(f, 4 * width, f, 4 * width);
  }

  private static Columns columns(Shape shape) {
    return Columns.of(shape.rows(), shape.side(-1));
  }
}
