package org.netloom.tensor.cpu;

import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Shape;

/** Batch norm, layer norm and their gradients, summed in double precision. */
final class ScalarNormalisation {
  private ScalarNormalisation() {}

  static void run(Normalisation op, Plan.Step s, float[] a) {
    Shape x =
        switch (op) {
          case Normalisation.BatchNorm b -> s.inShape(0);
          case Normalisation.BatchNormRelu b -> s.inShape(0);
          case Normalisation.BatchNormMax b -> s.inShape(0);
          case Normalisation.FixedNorm b -> s.inShape(0);
          case Normalisation.LayerNorm b -> s.inShape(0);
          case Normalisation.BatchNormGradient b -> s.inShape(1);
          case Normalisation.BatchNormReluGradient b -> s.inShape(1);
          case Normalisation.BatchNormMaxGradient b -> s.inShape(1);
          case Normalisation.LayerNormGradient b -> s.inShape(1);
        };
    int rows = x.rows();
    int c = x.side(-1);
    switch (op) {
      case Normalisation.BatchNorm b -> batch(b.epsilon(), rows, c, a, s.in(), s.out());
      case Normalisation.BatchNormGradient b -> batchGradient(rows, c, a, s.in(), s.out());
      case Normalisation.BatchNormRelu b -> {
        batch(b.epsilon(), rows, c, a, s.in(), s.out());
        for (int i = 0; i < x.size(); i++) {
          a[s.out()[0] + i] = Math.max(a[s.out()[0] + i], 0f);
        }
      }
      case Normalisation.BatchNormReluGradient b -> batchReluGradient(rows, c, a, s.in(), s.out());
      case Normalisation.BatchNormMax b -> batchMax(b, x, a, s.in(), s.out(), s.outShape(0).size());
      case Normalisation.BatchNormMaxGradient b ->
          batchMaxGradient(b.window(), x, a, s.in(), s.inShape(0).size(), s.out());
      case Normalisation.FixedNorm b -> fixed(b.epsilon(), rows, c, a, s.in(), s.out()[0]);
      case Normalisation.LayerNorm b -> layer(b.epsilon(), rows, c, a, s.in(), s.out());
      case Normalisation.LayerNormGradient b -> layerGradient(rows, c, a, s.in(), s.out());
    }
  }

  private static void batch(float eps, int rows, int c, float[] a, int[] in, int[] out) {
    for (int j = 0; j < c; j++) {
      double mean = 0;
      for (int i = 0; i < rows; i++) {
        mean += a[in[0] + i * c + j];
      }
      mean /= rows;
      double variance = 0;
      for (int i = 0; i < rows; i++) {
        double d = a[in[0] + i * c + j] - mean;
        variance += d * d;
      }
      double rstd = 1 / Math.sqrt(variance / rows + eps);
      a[out[1] + j] = (float) mean;
      a[out[2] + j] = (float) rstd;
      for (int i = 0; i < rows; i++) {
        int at = i * c + j;
        a[out[0] + at] = (float) ((a[in[0] + at] - mean) * rstd * a[in[1] + j] + a[in[2] + j]);
      }
    }
  }

  private static void batchGradient(int rows, int c, float[] a, int[] in, int[] out) {
    for (int j = 0; j < c; j++) {
      double mean = a[in[3] + j];
      double rstd = a[in[4] + j];
      double sum = 0;
      double dot = 0;
      for (int i = 0; i < rows; i++) {
        double d = a[in[0] + i * c + j];
        sum += d;
        dot += d * (a[in[1] + i * c + j] - mean) * rstd;
      }
      a[out[1] + j] = (float) dot;
      a[out[2] + j] = (float) sum;
      double scale = a[in[2] + j] * rstd;
      for (int i = 0; i < rows; i++) {
        int at = i * c + j;
        double hat = (a[in[1] + at] - mean) * rstd;
        a[out[0] + at] = (float) (scale * (a[in[0] + at] - (sum + hat * dot) / rows));
      }
    }
  }

  /** The gradient of the batch norm for the part of ∂y that the ReLU lets through. */
  private static void batchReluGradient(int rows, int c, float[] a, int[] in, int[] out) {
    int[] gradient = {out[0], in[1], in[2], in[4], in[5]};
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < c; j++) {
        int at = i * c + j;
        double hat = ((double) a[in[1] + at] - a[in[4] + j]) * a[in[5] + j];
        a[out[0] + at] = hat * a[in[2] + j] + a[in[3] + j] > 0 ? a[in[0] + at] : 0f;
      }
    }
    batchGradient(rows, c, a, gradient, out);
  }

  /** The batch norm and the maximum one after the other, in memory of their own. */
  private static void batchMax(
      Normalisation.BatchNormMax op, Shape x, float[] a, int[] in, int[] out, int size) {
    int c = x.side(-1);
    int y = x.size();
    int max = 2 * x.size();
    int gain = max + size;
    float[] t = new float[gain + 4 * c];
    System.arraycopy(a, in[0], t, 0, x.size());
    System.arraycopy(a, in[1], t, gain, c);
    System.arraycopy(a, in[2], t, gain + c, c);
    int mean = gain + 2 * c;
    batch(
        op.epsilon(), x.rows(), c, t, new int[] {0, gain, gain + c}, new int[] {y, mean, mean + c});
    ScalarPooling.max(op.window(), x, t, y, max);
    System.arraycopy(t, max, a, out[0], size);
    System.arraycopy(t, mean, a, out[1], c);
    System.arraycopy(t, mean + c, a, out[2], c);
  }

  /** The gradients of the maximum and of the batch norm one after the other. */
  private static void batchMaxGradient(
      Pooling.Window window, Shape x, float[] a, int[] in, int size, int[] out) {
    int c = x.side(-1);
    int y = 0;
    int gy = x.size();
    int g = gy + size;
    float[] t = new float[g + x.size()];
    for (int i = 0; i < x.size(); i++) {
      int j = i % c;
      double hat = ((double) a[in[1] + i] - a[in[4] + j]) * a[in[5] + j];
      t[i] = (float) (hat * a[in[2] + j] + a[in[3] + j]);
    }
    System.arraycopy(a, in[0], t, gy, size);
    ScalarPooling.maxGradient(window, x, t, gy, y, g);
    System.arraycopy(t, g, a, out[0], x.size());
    batchGradient(x.rows(), c, a, new int[] {out[0], in[1], in[2], in[4], in[5]}, out);
  }

  static void fixed(float eps, int rows, int c, float[] a, int[] in, int y) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < c; j++) {
        double rstd = 1 / Math.sqrt((double) a[in[4] + j] + eps);
        a[y + i * c + j] =
            (float) ((a[in[0] + i * c + j] - a[in[3] + j]) * rstd * a[in[1] + j] + a[in[2] + j]);
      }
    }
  }

  private static void layer(float eps, int rows, int c, float[] a, int[] in, int[] out) {
    for (int i = 0; i < rows; i++) {
      int at = in[0] + i * c;
      double mean = 0;
      for (int j = 0; j < c; j++) {
        mean += a[at + j];
      }
      mean /= c;
      double variance = 0;
      for (int j = 0; j < c; j++) {
        double d = a[at + j] - mean;
        variance += d * d;
      }
      double rstd = 1 / Math.sqrt(variance / c + eps);
      a[out[1] + i] = (float) mean;
      a[out[2] + i] = (float) rstd;
      for (int j = 0; j < c; j++) {
        a[out[0] + i * c + j] = (float) ((a[at + j] - mean) * rstd * a[in[1] + j] + a[in[2] + j]);
      }
    }
  }

  private static void layerGradient(int rows, int c, float[] a, int[] in, int[] out) {
    double[] gain = new double[c];
    double[] offset = new double[c];
    for (int i = 0; i < rows; i++) {
      double mean = a[in[3] + i];
      double rstd = a[in[4] + i];
      double sum = 0;
      double dot = 0;
      for (int j = 0; j < c; j++) {
        double gy = a[in[0] + i * c + j];
        double hat = (a[in[1] + i * c + j] - mean) * rstd;
        gain[j] += gy * hat;
        offset[j] += gy;
        sum += gy * a[in[2] + j];
        dot += gy * a[in[2] + j] * hat;
      }
      for (int j = 0; j < c; j++) {
        double hat = (a[in[1] + i * c + j] - mean) * rstd;
        double g = (double) a[in[0] + i * c + j] * a[in[2] + j];
        a[out[0] + i * c + j] = (float) (rstd * (g - (sum + hat * dot) / c));
      }
    }
    for (int j = 0; j < c; j++) {
      a[out[1] + j] = (float) gain[j];
      a[out[2] + j] = (float) offset[j];
    }
  }
}
