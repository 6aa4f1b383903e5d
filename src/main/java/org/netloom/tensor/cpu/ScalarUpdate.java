package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Update;

/** Changes of variables in place: accumulation and optimiser steps. */
final class ScalarUpdate {
  private ScalarUpdate() {}

  static void run(Update op, Plan.Step s, float[] a) {
    int[] in = s.in();
    int size = s.inShape(0).size();
    switch (op) {
      case Update.Blend f -> {
        int w = in[0];
        int x = in[1];
        for (int i = 0; i < size; i++) {
          a[w + i] = f.keep() * a[w + i] + f.factor() * a[x + i];
        }
      }
      case Update.Fill f -> Arrays.fill(a, in[0], in[0] + size, f.value());
      case Update.GlobalNorm f -> globalNorm(s, a);
      case Update.Adam f -> adam(f, a, in, size);
      case Update.Sgd f -> sgd(f, a, in, size);
    }
  }

  private static void globalNorm(Plan.Step s, float[] a) {
    double total = 0;
    for (int k = 1; k < s.in().length; k++) {
      int at = s.in()[k];
      int size = s.inShape(k).size();
      for (int i = 0; i < size; i++) {
        total += (double) a[at + i] * a[at + i];
      }
    }
    a[s.in()[0]] = (float) Math.sqrt(total);
  }

  private static float clip(float limit, float norm) {
    return limit > 0 ? Math.min(1f, limit / (norm + 1e-6f)) : 1f;
  }

  private static void adam(Update.Adam f, float[] a, int[] in, int size) {
    float clip = clip(f.clip(), a[in[4]]);
    double rate = a[in[5]];
    double t = a[in[5] + 1];
    float step = (float) (rate / (1 - Math.pow(f.beta1(), t)));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(f.beta2(), t)));
    int w = in[0];
    int g = in[1];
    int m = in[2];
    int v = in[3];
    for (int i = 0; i < size; i++) {
      float d = clip * a[g + i] + f.decay() * a[w + i];
      a[m + i] = f.beta1() * a[m + i] + (1 - f.beta1()) * d;
      a[v + i] = f.beta2() * a[v + i] + (1 - f.beta2()) * d * d;
      a[w + i] -= step * a[m + i] / ((float) Math.sqrt(a[v + i]) * root + f.epsilon());
    }
  }

  private static void sgd(Update.Sgd f, float[] a, int[] in, int size) {
    float clip = clip(f.clip(), a[in[3]]);
    float rate = a[in[4]];
    int w = in[0];
    int g = in[1];
    int u = in[2];
    for (int i = 0; i < size; i++) {
      float d = clip * a[g + i] + f.decay() * a[w + i];
      a[u + i] = f.momentum() * a[u + i] + d;
      a[w + i] -= rate * a[u + i];
    }
  }
}
