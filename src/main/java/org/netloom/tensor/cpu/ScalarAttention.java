package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Attention;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Multi-head self-attention and its gradient. */
final class ScalarAttention {
  private ScalarAttention() {}

  static void run(Attention op, Plan.Step s, float[] a) {
    switch (op) {
      case Attention.Forward f -> forward(f, s, a);
      case Attention.Gradient f ->
          gradient(f, s.inShape(1), a, s.in()[0], s.in()[1], s.in()[2], s.out()[0]);
      case Attention.BiasGradient f -> biasGradient(f, s, a);
    }
  }

  private static void forward(Attention.Forward f, Plan.Step s, float[] a) {
    Shape x = s.inShape(0);
    int qkv = s.in()[0];
    int y = s.out()[0];
    int p = s.out()[1];
    boolean biased = s.in().length > 1;
    int t = x.side(1);
    int inner = f.heads() * f.size();
    double scale = 1 / Math.sqrt(f.size());
    double[] e = new double[t];
    double[] sum = new double[f.size()];
    for (int n = 0; n < x.side(0); n++) {
      for (int h = 0; h < f.heads(); h++) {
        int base = qkv + n * t * 3 * inner + h * f.size();
        int probabilities = p + (n * f.heads() + h) * t * t;
        int bias = biased ? s.in()[1] + (n % s.inShape(1).side(0) * f.heads() + h) * t * t : 0;
        for (int i = 0; i < t; i++) {
          int query = base + i * 3 * inner;
          double max = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < t; j++) {
            e[j] = scale * dot(a, query, base + j * 3 * inner + inner, f.size());
            e[j] += biased ? a[bias + i * t + j] : 0;
            max = Math.max(max, e[j]);
          }
          double total = 0;
          for (int j = 0; j < t; j++) {
            e[j] = Math.exp(e[j] - max);
            total += e[j];
          }
          Arrays.fill(sum, 0);
          for (int j = 0; j < t; j++) {
            double w = e[j] / total;
            a[probabilities + i * t + j] = (float) w;
            int value = base + j * 3 * inner + 2 * inner;
            for (int d = 0; d < f.size(); d++) {
              sum[d] += w * a[value + d];
            }
          }
          int out = y + (n * t + i) * inner + h * f.size();
          for (int d = 0; d < f.size(); d++) {
            a[out + d] = (float) sum[d];
          }
        }
      }
    }
  }

  private static void gradient(
      Attention.Gradient f, Shape x, float[] a, int gy, int qkv, int p, int gx) {
    int t = x.side(1);
    int inner = f.heads() * f.size();
    float scale = (float) (1 / Math.sqrt(f.size()));
    float[] dp = new float[t];
    Arrays.fill(a, gx, gx + x.size(), 0f);
    for (int n = 0; n < x.side(0); n++) {
      for (int h = 0; h < f.heads(); h++) {
        int base = n * t * 3 * inner + h * f.size();
        int probabilities = p + (n * f.heads() + h) * t * t;
        for (int i = 0; i < t; i++) {
          int out = gy + (n * t + i) * inner + h * f.size();
          int query = base + i * 3 * inner;
          double mean = 0;
          for (int j = 0; j < t; j++) {
            int value = base + j * 3 * inner + 2 * inner;
            dp[j] = (float) dot(a, out, qkv + value, f.size());
            mean += (double) dp[j] * a[probabilities + i * t + j];
          }
          for (int j = 0; j < t; j++) {
            float w = a[probabilities + i * t + j];
            float ds = (float) (w * (dp[j] - mean)) * scale;
            int key = base + j * 3 * inner + inner;
            int value = key + inner;
            for (int d = 0; d < f.size(); d++) {
              a[gx + query + d] += ds * a[qkv + key + d];
              a[gx + key + d] += ds * a[qkv + query + d];
              a[gx + value + d] += w * a[out + d];
            }
          }
        }
      }
    }
  }

  private static void biasGradient(Attention.BiasGradient f, Plan.Step s, float[] a) {
    Shape x = s.inShape(1);
    int t = x.side(1);
    int inner = f.heads() * f.size();
    double[] dp = new double[t];
    int gb = s.out()[0];
    Arrays.fill(a, gb, gb + f.shape().size(), 0f);
    for (int n = 0; n < x.side(0); n++) {
      for (int h = 0; h < f.heads(); h++) {
        int values = s.in()[1] + n * t * 3 * inner + h * f.size() + 2 * inner;
        int probabilities = s.in()[2] + (n * f.heads() + h) * t * t;
        int to = gb + (n % f.shape().side(0) * f.heads() + h) * t * t;
        for (int i = 0; i < t; i++) {
          int out = s.in()[0] + (n * t + i) * inner + h * f.size();
          double mean = 0;
          for (int j = 0; j < t; j++) {
            dp[j] = dot(a, out, values + j * 3 * inner, f.size());
            mean += dp[j] * a[probabilities + i * t + j];
          }
          for (int j = 0; j < t; j++) {
            a[to + i * t + j] += (float) (a[probabilities + i * t + j] * (dp[j] - mean));
          }
        }
      }
    }
  }

  private static double dot(float[] a, int x, int y, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) a[x + i] * a[y + i];
    }
    return sum;
  }
}
