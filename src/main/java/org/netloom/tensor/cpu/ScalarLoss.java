package org.netloom.tensor.cpu;

import org.netloom.tensor.Loss;
import org.netloom.tensor.Plan;

/** Cross-entropy and its gradient. */
final class ScalarLoss {
  private ScalarLoss() {}

  static void run(Loss op, Plan.Step s, float[] a) {
    switch (op) {
      case Loss.CrossEntropy f -> forward(f, s, a);
      case Loss.CrossEntropyGradient f -> gradient(f, s, a);
    }
  }

  private static void forward(Loss.CrossEntropy f, Plan.Step s, float[] a) {
    int n = s.inShape(0).side(0);
    int k = s.inShape(0).side(1);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      int row = s.in()[0] + i * k;
      double max = Double.NEGATIVE_INFINITY;
      double mean = 0;
      for (int j = 0; j < k; j++) {
        max = Math.max(max, a[row + j]);
        mean += a[row + j];
      }
      double total = 0;
      for (int j = 0; j < k; j++) {
        total += Math.exp(a[row + j] - max);
      }
      double log = max + Math.log(total);
      for (int j = 0; j < k; j++) {
        a[s.out()[1] + i * k + j] = (float) Math.exp(a[row + j] - log);
      }
      double hit = a[row + (int) a[s.in()[1] + i]];
      loss += log - (1 - f.smoothing()) * hit - f.smoothing() * mean / k;
    }
    a[s.out()[0]] = (float) (loss / n);
  }

  private static void gradient(Loss.CrossEntropyGradient f, Plan.Step s, float[] a) {
    int n = s.inShape(1).side(0);
    int k = s.inShape(1).side(1);
    float scale = a[s.in()[0]] / n;
    for (int i = 0; i < n; i++) {
      int hit = (int) a[s.in()[2] + i];
      for (int j = 0; j < k; j++) {
        float target = (j == hit ? 1 - f.smoothing() : 0) + f.smoothing() / k;
        a[s.out()[0] + i * k + j] = scale * (a[s.in()[1] + i * k + j] - target);
      }
    }
  }
}
