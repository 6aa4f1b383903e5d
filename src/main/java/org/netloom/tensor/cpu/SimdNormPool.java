package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Batch norm and the maximum over windows in one, and their gradient, by image. The gradient's sums
 * run over the outputs, each of which has one winning input; they are float within an image and
 * added over the images in order in double precision.
 */
final class SimdNormPool {
  private static final int FACTORS = 5;

  private final Parallel parallel;
  private final SimdBatchNorm batchNorm;
  private final Scratch scratch = new Scratch(1);

  SimdNormPool(Parallel parallel, SimdBatchNorm batchNorm) {
    this.parallel = parallel;
    this.batchNorm = batchNorm;
  }

  Kernel forward(Normalisation.BatchNormMax op, Plan.Step s) {
    Shape shape = s.inShape(0);
    SimdPooling.Cells cells = SimdPooling.Cells.of(op.window(), shape);
    int c = shape.side(3);
    int[] in = s.in();
    int[] out = s.out();
    Kernel statistics =
        batchNorm.statistics(Columns.of(shape.rows(), c), op.epsilon(), in[0], out[1], out[2]);
    int pitch = pitch(c);
    int map = cells.rows() * cells.columns() * c;
    Parallel.Range images =
        (a, f, from, to) -> {
          for (int n = from; n < to; n++) {
            NormPoolLoops.max(
                cells, c, a, in[0] + n * cells.h() * cells.w() * c, f, pitch, out[0] + n * map);
          }
        };
    return a -> {
      statistics.run(a);
      float[] f = scratch.get(0, FACTORS * pitch);
      factors(a, c, out[1], out[2], in[1], in[2], f);
      parallel.forRange(shape.side(0), 2L * shape.size(), a, f, images);
    };
  }

  /** Behind the factors lie each image's sums, then the winners of its windows. */
  Kernel gradient(Normalisation.BatchNormMaxGradient op, Plan.Step s) {
    Shape shape = s.inShape(1);
    SimdPooling.Cells cells = SimdPooling.Cells.of(op.window(), shape);
    int c = shape.side(3);
    int[] in = s.in();
    int[] out = s.out();
    int pitch = pitch(c);
    int images = shape.side(0);
    int pixels = cells.h() * cells.w();
    int map = cells.rows() * cells.columns() * c;
    int won = cells.rows() * cells.columns() * pitch;
    int sums = FACTORS * pitch;
    int winners = sums + images * 2 * pitch;
    Parallel.Range products =
        (a, f, from, to) -> {
          for (int n = from; n < to; n++) {
            int gy = in[0] + n * map;
            int x = in[1] + n * pixels * c;
            int place = winners + n * won;
            NormPoolLoops.sums(cells, c, a, gy, x, f, pitch, f, place, f, sums + n * 2 * pitch);
          }
        };
    Parallel.Range gradients =
        (a, f, from, to) -> {
          for (int n = from; n < to; n++) {
            int x = in[1] + n * pixels * c;
            int gx = out[0] + n * pixels * c;
            Arrays.fill(a, gx, gx + pixels * c, 0f);
            NormPoolLoops.scatter(cells, c, a, in[0] + n * map, f, winners + n * won, pitch, gx);
            NormPoolLoops.gradient(pixels, c, a, x, gx, f, pitch);
          }
        };
    return a -> {
      float[] f = scratch.get(0, winners + images * won);
      factors(a, c, in[4], in[5], in[2], in[3], f);
      parallel.forRange(images, 2L * shape.size(), a, f, products);
      finish(shape, a, sums, f, in[5], out);
      parallel.forRange(images, 3L * shape.size(), a, f, gradients);
    };
  }

  /** ∂γ and ∂β, and the factors of ∂x that follow from them. */
  private void finish(Shape shape, float[] a, int sums, float[] f, int rstd, int[] out) {
    int c = shape.side(3);
    int pitch = pitch(c);
    double[] total = scratch.doubles(2 * pitch);
    Arrays.fill(total, 0, 2 * pitch, 0);
    for (int n = 0; n < shape.side(0); n++) {
      for (int j = 0; j < 2 * pitch; j++) {
        total[j] += f[sums + n * 2 * pitch + j];
      }
    }
    for (int j = 0; j < c; j++) {
      double scale = a[rstd + j];
      double dot = total[pitch + j] * scale;
      a[out[1] + j] = (float) dot;
      a[out[2] + j] = (float) total[j];
      f[3 * pitch + j] = (float) (f[pitch + j] * total[j] / shape.rows());
      f[4 * pitch + j] = (float) (f[pitch + j] * dot * scale / shape.rows());
    }
  }

  private static void factors(
      float[] a, int c, int mean, int rstd, int gain, int offset, float[] f) {
    int pitch = pitch(c);
    Arrays.fill(f, 0, FACTORS * pitch, 0f);
    for (int j = 0; j < c; j++) {
      f[j] = a[mean + j];
      f[pitch + j] = a[rstd + j] * a[gain + j];
      f[2 * pitch + j] = a[offset + j];
    }
  }

  /** Channels up to whole vectors. */
  private static int pitch(int c) {
    return (c + 15) / 16 * 16;
  }
}
