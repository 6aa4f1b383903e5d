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
  private static final int FACTORS = 0;
  private static final int SUMS = 1;
  private static final int WINNERS = 2;

  private final Parallel parallel;
  private final SimdBatchNorm batchNorm;
  private final Scratch scratch = new Scratch(3);

  SimdNormPool(Parallel parallel, SimdBatchNorm batchNorm) {
    this.parallel = parallel;
    this.batchNorm = batchNorm;
  }

  void forward(Normalisation.BatchNormMax op, Plan.Step s, float[] a) {
    Shape shape = s.inShape(0);
    SimdPooling.Cells cells = SimdPooling.Cells.of(op.window(), shape);
    int c = shape.side(3);
    int[] in = s.in();
    int[] out = s.out();
    batchNorm.statistics(Columns.of(shape.rows(), c), op.epsilon(), a, in[0], out[1], out[2]);
    int pitch = pitch(c);
    float[] f = factors(a, c, out[1], out[2], in[1], in[2]);
    int map = cells.rows() * cells.columns() * c;
    parallel.forRange(
        shape.side(0),
        2L * shape.size(),
        (from, to) -> {
          for (int n = from; n < to; n++) {
            NormPoolLoops.max(
                cells, c, a, in[0] + n * cells.h() * cells.w() * c, f, pitch, out[0] + n * map);
          }
        });
  }

  void gradient(Normalisation.BatchNormMaxGradient op, Plan.Step s, float[] a) {
    Shape shape = s.inShape(1);
    SimdPooling.Cells cells = SimdPooling.Cells.of(op.window(), shape);
    int c = shape.side(3);
    int[] in = s.in();
    int[] out = s.out();
    int pitch = pitch(c);
    float[] f = factors(a, c, in[4], in[5], in[2], in[3]);
    int images = shape.side(0);
    int pixels = cells.h() * cells.w();
    int map = cells.rows() * cells.columns() * c;
    int won = cells.rows() * cells.columns() * pitch;
    float[] sums = scratch.get(SUMS, images * 2 * pitch);
    float[] winners = scratch.get(WINNERS, images * won);
    parallel.forRange(
        images,
        2L * shape.size(),
        (from, to) -> {
          for (int n = from; n < to; n++) {
            NormPoolLoops.sums(
                cells,
                c,
                a,
                in[0] + n * map,
                in[1] + n * pixels * c,
                f,
                pitch,
                winners,
                n * won,
                sums,
                n * 2 * pitch);
          }
        });
    finish(shape, a, sums, f, in[5], out);
    parallel.forRange(
        images,
        3L * shape.size(),
        (from, to) -> {
          for (int n = from; n < to; n++) {
            int x = in[1] + n * pixels * c;
            int gx = out[0] + n * pixels * c;
            Arrays.fill(a, gx, gx + pixels * c, 0f);
            NormPoolLoops.scatter(cells, c, a, in[0] + n * map, winners, n * won, pitch, gx);
            NormPoolLoops.gradient(pixels, c, a, x, gx, f, pitch);
          }
        });
  }

  /** ∂γ and ∂β, and the factors of ∂x that follow from them. */
  private void finish(Shape shape, float[] a, float[] sums, float[] f, int rstd, int[] out) {
    int c = shape.side(3);
    int pitch = pitch(c);
    double[] total = scratch.doubles(2 * pitch);
    Arrays.fill(total, 0, 2 * pitch, 0);
    for (int n = 0; n < shape.side(0); n++) {
      for (int j = 0; j < 2 * pitch; j++) {
        total[j] += sums[n * 2 * pitch + j];
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

  private float[] factors(float[] a, int c, int mean, int rstd, int gain, int offset) {
    int pitch = pitch(c);
    float[] f = scratch.get(FACTORS, 5 * pitch);
    Arrays.fill(f, 0, 5 * pitch, 0f);
    for (int j = 0; j < c; j++) {
      f[j] = a[mean + j];
      f[pitch + j] = a[rstd + j] * a[gain + j];
      f[2 * pitch + j] = a[offset + j];
    }
    return f;
  }

  /** Channels up to whole vectors. */
  private static int pitch(int c) {
    return (c + 15) / 16 * 16;
  }
}
