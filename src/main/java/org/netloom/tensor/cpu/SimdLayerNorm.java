package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Layer norm and its gradient, a row at a time. The gradients of gain and offset are summed in
 * float over blocks of {@value #BLOCK} rows, and the blocks in order in double precision.
 */
final class SimdLayerNorm {
  private static final int L = Simd.WIDE_LANES;
  private static final int BLOCK = 64;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  SimdLayerNorm(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel forward(float epsilon, Plan.Step s) {
    Shape shape = s.inShape(0);
    int c = shape.side(-1);
    int[] in = s.in();
    int[] out = s.out();
    return parallel.kernel(
        shape.rows(),
        shape.size(),
        (a, shared, from, to) -> {
          for (int i = from; i < to; i++) {
            int x = in[0] + i * c;
            float mean = sum(a, x, c) / c;
            float variance = squares(a, x, c, mean) / c;
            float rstd = (float) (1 / Math.sqrt((double) variance + epsilon));
            a[out[1] + i] = mean;
            a[out[2] + i] = rstd;
            normalise(a, x, c, mean, rstd, in[1], in[2], out[0] + i * c);
          }
        });
  }

  private static float sum(float[] a, int x, int c) {
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    int j = 0;
    for (; j + 2 * L <= c; j += 2 * L) {
      s0 = s0.add(FloatVector.fromArray(Simd.WIDE, a, x + j));
      s1 = s1.add(FloatVector.fromArray(Simd.WIDE, a, x + j + L));
    }
    for (; j < c; j += L) {
      s0 = s0.add(FloatVector.fromArray(Simd.WIDE, a, x + j, Simd.WIDE.indexInRange(j, c)));
    }
    return Simd.sum(s0.add(s1));
  }

  private static float squares(float[] a, int x, int c, float mean) {
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    int j = 0;
    for (; j + 2 * L <= c; j += 2 * L) {
      FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + j).sub(mean);
      s0 = d.fma(d, s0);
      d = FloatVector.fromArray(Simd.WIDE, a, x + j + L).sub(mean);
      s1 = d.fma(d, s1);
    }
    for (; j < c; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, c);
      FloatVector d = FloatVector.fromArray(Simd.WIDE, a, x + j, in).sub(mean);
      s0 = s0.add(d.mul(d), in);
    }
    return Simd.sum(s0.add(s1));
  }

  private static void normalise(
      float[] a, int x, int c, float mean, float rstd, int gain, int offset, int y) {
    int j = 0;
    for (; j + L <= c; j += L) {
      FloatVector.fromArray(Simd.WIDE, a, x + j)
          .sub(mean)
          .mul(rstd)
          .fma(
              FloatVector.fromArray(Simd.WIDE, a, gain + j),
              FloatVector.fromArray(Simd.WIDE, a, offset + j))
          .intoArray(a, y + j);
    }
    for (; j < c; j++) {
      a[y + j] = Math.fma((a[x + j] - mean) * rstd, a[gain + j], a[offset + j]);
    }
  }

  Kernel gradient(Plan.Step s) {
    Shape shape = s.inShape(1);
    int c = shape.side(-1);
    int rows = shape.rows();
    int[] in = s.in();
    int[] out = s.out();
    int blocks = Math.ceilDiv(rows, BLOCK);
    Parallel.Range range =
        (a, partial, from, to) -> {
          for (int b = from; b < to; b++) {
            int sums = b * 2 * c;
            Arrays.fill(partial, sums, sums + 2 * c, 0f);
            for (int i = b * BLOCK; i < Math.min(rows, (b + 1) * BLOCK); i++) {
              row(
                  a,
                  in[0] + i * c,
                  in[1] + i * c,
                  in[2],
                  c,
                  a[in[3] + i],
                  a[in[4] + i],
                  out[0] + i * c,
                  partial,
                  sums);
            }
          }
        };
    return a -> {
      float[] partial = scratch.get(0, blocks * 2 * c);
      parallel.forRange(blocks, 2L * shape.size(), a, partial, range);
      total(a, c, blocks, partial, out);
    };
  }

  private void total(float[] a, int c, int blocks, float[] partial, int[] out) {
    double[] total = scratch.doubles(2 * c);
    Arrays.fill(total, 0, 2 * c, 0);
    for (int b = 0; b < blocks; b++) {
      for (int j = 0; j < 2 * c; j++) {
        total[j] += partial[b * 2 * c + j];
      }
    }
    for (int j = 0; j < c; j++) {
      a[out[1] + j] = (float) total[j];
      a[out[2] + j] = (float) total[c + j];
    }
  }

  /** ∂x of one row; adds the row's share of ∂gain and ∂offset to c sums each. */
  private static void row(
      float[] a,
      int gy,
      int x,
      int gain,
      int c,
      float mean,
      float rstd,
      int gx,
      float[] sums,
      int at) {
    FloatVector sum = FloatVector.zero(Simd.WIDE);
    FloatVector dot = sum;
    int j = 0;
    for (; j + L <= c; j += L) {
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + j);
      FloatVector hat = FloatVector.fromArray(Simd.WIDE, a, x + j).sub(mean).mul(rstd);
      g.fma(hat, FloatVector.fromArray(Simd.WIDE, sums, at + j)).intoArray(sums, at + j);
      g.add(FloatVector.fromArray(Simd.WIDE, sums, at + c + j)).intoArray(sums, at + c + j);
      g = g.mul(FloatVector.fromArray(Simd.WIDE, a, gain + j));
      sum = sum.add(g);
      dot = g.fma(hat, dot);
    }
    float total = Simd.sum(sum);
    float product = Simd.sum(dot);
    for (int k = j; k < c; k++) {
      float hat = (a[x + k] - mean) * rstd;
      sums[at + k] += a[gy + k] * hat;
      sums[at + c + k] += a[gy + k];
      total += a[gy + k] * a[gain + k];
      product += a[gy + k] * a[gain + k] * hat;
    }
    total /= c;
    product /= c;
    j = 0;
    for (; j + L <= c; j += L) {
      FloatVector g =
          FloatVector.fromArray(Simd.WIDE, a, gy + j)
              .mul(FloatVector.fromArray(Simd.WIDE, a, gain + j))
              .sub(total);
      FloatVector.fromArray(Simd.WIDE, a, x + j)
          .sub(mean)
          .mul(-rstd * product)
          .add(g)
          .mul(rstd)
          .intoArray(a, gx + j);
    }
    for (; j < c; j++) {
      float hat = (a[x + j] - mean) * rstd;
      a[gx + j] = rstd * (a[gy + j] * a[gain + j] - total - hat * product);
    }
  }
}
