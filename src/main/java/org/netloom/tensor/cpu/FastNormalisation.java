package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;

/**
 * Batch norm in row order: each block of {@value #BLOCK} rows sums its own float partials, which
 * are added in double precision in block order, so the result does not depend on the threads. The
 * inner loops run over channels with constant offsets, which the compiler vectorises.
 */
final class FastNormalisation {
  private static final int BLOCK = 64;

  private final Parallel parallel;
  private float[] partial = new float[0];
  private double[] total = new double[0];
  private float[] factors = new float[0];

  FastNormalisation(Parallel parallel) {
    this.parallel = parallel;
  }

  void batchNorm(Normalisation.BatchNorm op, Plan.Step s, float[] a) {
    int c = s.inShape(0).side(-1);
    int rows = s.inShape(0).rows();
    int x = s.in()[0];
    int mean = s.out()[1];
    int rstd = s.out()[2];
    reserve(rows, c);
    parallel.forRange(
        blocks(rows),
        2L * rows * c,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            sums(a, x, b * BLOCK, Math.min(rows, (b + 1) * BLOCK), c, partial, b * 2 * c);
          }
        });
    reduce(rows, c, 1);
    for (int j = 0; j < c; j++) {
      a[mean + j] = (float) (total[j] / rows);
    }
    parallel.forRange(
        blocks(rows),
        2L * rows * c,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            squares(a, x, mean, b * BLOCK, Math.min(rows, (b + 1) * BLOCK), c, partial, b * 2 * c);
          }
        });
    reduce(rows, c, 1);
    for (int j = 0; j < c; j++) {
      double scale = 1 / Math.sqrt(total[j] / rows + op.epsilon());
      a[rstd + j] = (float) scale;
      factors[j] = (float) (scale * a[s.in()[1] + j]);
    }
    parallel.forRange(
        rows,
        2L * rows * c,
        (from, to) -> normalise(a, x, mean, s.in()[2], s.out()[0], from, to, c));
  }

  void batchNormGradient(Plan.Step s, float[] a) {
    int c = s.inShape(1).side(-1);
    int rows = s.inShape(1).rows();
    int gy = s.in()[0];
    int x = s.in()[1];
    int mean = s.in()[3];
    int rstd = s.in()[4];
    reserve(rows, c);
    parallel.forRange(
        blocks(rows),
        4L * rows * c,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int end = Math.min(rows, (b + 1) * BLOCK);
            sums(a, gy, b * BLOCK, end, c, partial, b * 2 * c);
            products(a, gy, x, mean, b * BLOCK, end, c, partial, b * 2 * c + c);
          }
        });
    reduce(rows, c, 2);
    for (int j = 0; j < c; j++) {
      double scale = a[rstd + j];
      double dot = total[c + j] * scale;
      a[s.out()[1] + j] = (float) dot;
      a[s.out()[2] + j] = (float) total[j];
      factors[j] = (float) (scale * a[s.in()[2] + j]);
      factors[c + j] = (float) (total[j] / rows);
      factors[2 * c + j] = (float) (dot * scale / rows);
    }
    parallel.forRange(
        rows,
        4L * rows * c,
        (from, to) -> inputGradient(a, gy, x, mean, s.out()[0], from, to, c));
  }

  private static int blocks(int rows) {
    return Math.ceilDiv(rows, BLOCK);
  }

  private void reserve(int rows, int c) {
    int need = blocks(rows) * 2 * c;
    if (partial.length < need) {
      partial = new float[need];
    }
    if (total.length < 2 * c) {
      total = new double[2 * c];
      factors = new float[3 * c];
    }
  }

  /** Adds the blocks' first {@code parts}·c partials in order. */
  private void reduce(int rows, int c, int parts) {
    Arrays.fill(total, 0, parts * c, 0);
    for (int b = 0; b < blocks(rows); b++) {
      for (int j = 0; j < parts * c; j++) {
        total[j] += partial[b * 2 * c + j];
      }
    }
  }

  private static void sums(float[] a, int x, int from, int to, int c, float[] sum, int at) {
    Arrays.fill(sum, at, at + c, 0f);
    for (int i = from; i < to; i++) {
      int row = x + i * c;
      for (int j = 0; j < c; j++) {
        sum[at + j] += a[row + j];
      }
    }
  }

  private static void squares(
      float[] a, int x, int mean, int from, int to, int c, float[] sum, int at) {
    Arrays.fill(sum, at, at + c, 0f);
    for (int i = from; i < to; i++) {
      int row = x + i * c;
      for (int j = 0; j < c; j++) {
        float d = a[row + j] - a[mean + j];
        sum[at + j] += d * d;
      }
    }
  }

  private static void products(
      float[] a, int gy, int x, int mean, int from, int to, int c, float[] sum, int at) {
    Arrays.fill(sum, at, at + c, 0f);
    for (int i = from; i < to; i++) {
      int row = i * c;
      for (int j = 0; j < c; j++) {
        sum[at + j] += a[gy + row + j] * (a[x + row + j] - a[mean + j]);
      }
    }
  }

  private void normalise(
      float[] a, int x, int mean, int offset, int y, int from, int to, int c) {
    float[] f = factors;
    for (int i = from; i < to; i++) {
      int row = i * c;
      for (int j = 0; j < c; j++) {
        a[y + row + j] = (a[x + row + j] - a[mean + j]) * f[j] + a[offset + j];
      }
    }
  }

  private void inputGradient(
      float[] a, int gy, int x, int mean, int gx, int from, int to, int c) {
    float[] f = factors;
    for (int i = from; i < to; i++) {
      int row = i * c;
      for (int j = 0; j < c; j++) {
        float hat = a[x + row + j] - a[mean + j];
        a[gx + row + j] = f[j] * (a[gy + row + j] - f[c + j] - hat * f[2 * c + j]);
      }
    }
  }
}
