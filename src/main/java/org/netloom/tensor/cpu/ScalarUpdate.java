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
      case Update.Adam f -> adam(AdamStep.of(f, a[in[4]], a[in[5]], a[in[5] + 1]), a, in, 0, size);
      case Update.AdamW f -> adam(AdamStep.of(f, a[in[4]], a[in[5]], a[in[5] + 1]), a, in, 0, size);
      case Update.Sgd f -> sgd(f, clip(f.clip(), a[in[3]]), a[in[4]], a, in, 0, size);
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

  static float clip(float limit, float norm) {
    return limit > 0 ? Math.min(1f, limit / (norm + 1e-6f)) : 1f;
  }

  /**
   * Numbers of one Adam step: w = keep·w − step·m/(√v·root + ε).
   *
   * @param keep 1, or 1 − rate·decay where the decay is decoupled
   * @param clip factor of the gradient
   * @param step learning rate / (1 − β₁ᵗ)
   * @param root 1/√(1 − β₂ᵗ)
   */
  record AdamStep(
      float beta1,
      float beta2,
      float epsilon,
      float decay,
      float keep,
      float clip,
      float step,
      float root) {
    static AdamStep of(Update.Adam f, float norm, double rate, double t) {
      return of(f, f.decay(), 1f, norm, rate, t);
    }

    static AdamStep of(Update.AdamW f, float norm, double rate, double t) {
      Update.Adam plain = new Update.Adam(f.beta1(), f.beta2(), f.epsilon(), 0f, f.clip());
      return of(plain, 0f, (float) (1 - rate * f.decay()), norm, rate, t);
    }

    private static AdamStep of(
        Update.Adam f, float decay, float keep, float norm, double rate, double t) {
      return new AdamStep(
          f.beta1(),
          f.beta2(),
          f.epsilon(),
          decay,
          keep,
          ScalarUpdate.clip(f.clip(), norm),
          (float) (rate / (1 - Math.pow(f.beta1(), t))),
          (float) (1 / Math.sqrt(1 - Math.pow(f.beta2(), t))));
    }
  }

  static void adam(AdamStep f, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int m = in[2];
    int v = in[3];
    for (int i = from; i < to; i++) {
      float d = f.clip() * a[g + i] + f.decay() * a[w + i];
      a[m + i] = f.beta1() * a[m + i] + (1 - f.beta1()) * d;
      a[v + i] = f.beta2() * a[v + i] + (1 - f.beta2()) * d * d;
      a[w + i] =
          f.keep() * a[w + i]
              - f.step() * a[m + i] / ((float) Math.sqrt(a[v + i]) * f.root() + f.epsilon());
    }
  }

  static void sgd(Update.Sgd f, float clip, float rate, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int u = in[2];
    for (int i = from; i < to; i++) {
      float d = clip * a[g + i] + f.decay() * a[w + i];
      a[u + i] = f.momentum() * a[u + i] + d;
      a[w + i] -= rate * a[u + i];
    }
  }
}
