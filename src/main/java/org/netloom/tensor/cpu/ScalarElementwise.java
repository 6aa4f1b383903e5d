package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Element-wise operations as plain loops. */
final class ScalarElementwise {
  private ScalarElementwise() {}

  static void run(Elementwise op, Plan.Step s, float[] a) {
    int x = s.in()[0];
    int y = s.out()[0];
    int size = s.inShape(0).size();
    switch (op) {
      case Elementwise.Apply f -> apply(f.function(), a, x, y, size);
      case Elementwise.ApplyGradient f -> applyGradient(f.function(), a, x, s.in()[1], y, size);
      case Elementwise.Add f -> add(a, s.in(), y, size);
      case Elementwise.Scale f -> {
        for (int i = 0; i < size; i++) {
          a[y + i] = f.factor() * a[x + i];
        }
      }
      case Elementwise.AddRepeated f -> addRepeated(a, x, s.in()[1], y, size, s.inShape(1).size());
      case Elementwise.SumRepeated f -> sumRepeated(a, x, y, size, f.shape().size());
      case Elementwise.ChannelScale f -> channelScale(s.inShape(0), a, x, s.in()[1], y);
      case Elementwise.ChannelScaleGradient f ->
          channelScaleGradient(s.inShape(0), a, x, s.in()[1], y);
      case Elementwise.Dropout f -> dropout(f, a, x, a[s.in()[1]], y, 0, size);
      case Elementwise.DropPath f -> {
        int images = s.inShape(0).side(0);
        for (int n = 0; n < images; n++) {
          float factor = pathFactor(f, a[s.in()[1]], a[s.in()[2]], n);
          for (int i = n * (size / images); i < (n + 1) * (size / images); i++) {
            a[y + i] = factor == 0 ? 0f : factor * a[x + i];
          }
        }
      }
    }
  }

  private static void apply(Elementwise.Function f, float[] a, int x, int y, int size) {
    if (f == Elementwise.Function.RELU) {
      for (int i = 0; i < size; i++) {
        a[y + i] = Math.max(a[x + i], 0f);
      }
      return;
    }
    for (int i = 0; i < size; i++) {
      a[y + i] = (float) Functions.value(f, a[x + i]);
    }
  }

  private static void applyGradient(
      Elementwise.Function f, float[] a, int gy, int x, int gx, int size) {
    if (f == Elementwise.Function.RELU) {
      for (int i = 0; i < size; i++) {
        a[gx + i] = a[x + i] > 0f ? a[gy + i] : 0f;
      }
      return;
    }
    for (int i = 0; i < size; i++) {
      a[gx + i] = (float) (a[gy + i] * Functions.derivative(f, a[x + i]));
    }
  }

  private static void add(float[] a, int[] in, int y, int size) {
    System.arraycopy(a, in[0], a, y, size);
    for (int k = 1; k < in.length; k++) {
      int x = in[k];
      for (int i = 0; i < size; i++) {
        a[y + i] += a[x + i];
      }
    }
  }

  private static void addRepeated(float[] a, int x, int b, int y, int size, int period) {
    for (int r = 0; r < size; r += period) {
      for (int j = 0; j < period; j++) {
        a[y + r + j] = a[x + r + j] + a[b + j];
      }
    }
  }

  private static void sumRepeated(float[] a, int x, int b, int size, int period) {
    double[] sum = new double[period];
    for (int r = 0; r < size; r += period) {
      for (int j = 0; j < period; j++) {
        sum[j] += a[x + r + j];
      }
    }
    for (int j = 0; j < period; j++) {
      a[b + j] = (float) sum[j];
    }
  }

  private static void channelScale(Shape shape, float[] a, int x, int g, int y) {
    int c = shape.side(-1);
    int positions = shape.size() / c / shape.side(0);
    for (int n = 0; n < shape.side(0); n++) {
      for (int p = 0; p < positions; p++) {
        int at = (n * positions + p) * c;
        for (int j = 0; j < c; j++) {
          a[y + at + j] = a[x + at + j] * a[g + n * c + j];
        }
      }
    }
  }

  private static void channelScaleGradient(Shape shape, float[] a, int gy, int x, int gg) {
    int c = shape.side(-1);
    int positions = shape.size() / c / shape.side(0);
    Arrays.fill(a, gg, gg + shape.side(0) * c, 0f);
    for (int n = 0; n < shape.side(0); n++) {
      for (int p = 0; p < positions; p++) {
        int at = (n * positions + p) * c;
        for (int j = 0; j < c; j++) {
          a[gg + n * c + j] += a[gy + at + j] * a[x + at + j];
        }
      }
    }
  }

  static void dropout(
      Elementwise.Dropout f, float[] a, int x, float seed, int y, int from, int to) {
    float p = f.probability();
    // streams count downwards from the seed's key: upwards lie those of dropped paths
    long key =
        Float.floatToIntBits(seed) * 0x9E3779B97F4A7C15L - ((long) f.stream() << Integer.SIZE);
    float scale = 1 / (1 - p);
    for (int i = from; i < to; i++) {
      boolean keep = uniform(key + i) >= p;
      a[y + i] = keep ? a[x + i] * scale : 0f;
    }
  }

  /** What an image's values are multiplied by: 0, or 1/(1 − p·ramp). */
  static float pathFactor(Elementwise.DropPath f, float seed, float ramp, int image) {
    float p = f.probability() * ramp;
    long key = Float.floatToIntBits(seed) * 0x9E3779B97F4A7C15L;
    boolean keep = uniform(key + ((f.stream() + 1L) << Integer.SIZE) + image) >= p;
    return keep ? 1 / (1 - p) : 0f;
  }

  /** A number in [0, 1) from the SplitMix64 finaliser. */
  private static float uniform(long key) {
    long z = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24f;
  }
}
