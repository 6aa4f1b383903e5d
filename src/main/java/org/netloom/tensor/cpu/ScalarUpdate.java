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
      case Update.Adam f -> adam(AdamRule.of(f), a, in, size);
      case Update.AdamW f -> adam(AdamRule.of(f), a, in, size);
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
   * Adam or AdamW: w = keep·w − rate·m/(√v·root + ε) with the numbers of a step, which are
   *
   * <ul>
   *   <li>keep: 1, or 1 − rate·decay where the decay is decoupled,
   *   <li>clip: the factor of the gradient,
   *   <li>rate: learning rate / (1 − β₁ᵗ),
   *   <li>root: 1/√(1 − β₂ᵗ).
   * </ul>
   *
   * @param decay added to the gradient
   * @param decoupled decay of the weights themselves
   */
  record AdamRule(
      float beta1, float beta2, float epsilon, float decay, float decoupled, float limit) {
    static final int NUMBERS = 4;
    static final int KEEP = 0;
    static final int CLIP = 1;
    static final int RATE = 2;
    static final int ROOT = 3;

    static AdamRule of(Update.Adam f) {
      return new AdamRule(f.beta1(), f.beta2(), f.epsilon(), f.decay(), 0f, f.clip());
    }

    static AdamRule of(Update.AdamW f) {
      return new AdamRule(f.beta1(), f.beta2(), f.epsilon(), 0f, f.decay(), f.clip());
    }

    /** The numbers of step t. */
    void step(float norm, double rate, double t, float[] to) {
      to[KEEP] = (float) (1 - rate * decoupled);
      to[CLIP] = ScalarUpdate.clip(limit, norm);
      to[RATE] = (float) (rate / (1 - Math.pow(beta1, t)));
      to[ROOT] = (float) (1 / Math.sqrt(1 - Math.pow(beta2, t)));
    }
  }

  private static void adam(AdamRule f, float[] a, int[] in, int size) {
    float[] step = new float[AdamRule.NUMBERS];
    f.step(a[in[4]], a[in[5]], a[in[5] + 1], step);
    adam(f, step, a, in, 0, size);
  }

  static void adam(AdamRule f, float[] step, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int m = in[2];
    int v = in[3];
    for (int i = from; i < to; i++) {
      float d = step[AdamRule.CLIP] * a[g + i] + f.decay() * a[w + i];
      a[m + i] = f.beta1() * a[m + i] + (1 - f.beta1()) * d;
      a[v + i] = f.beta2() * a[v + i] + (1 - f.beta2()) * d * d;
      a[w + i] =
          step[AdamRule.KEEP] * a[w + i]
              - step[AdamRule.RATE]
                  * a[m + i]
                  / ((float) Math.sqrt(a[v + i]) * step[AdamRule.ROOT] + f.epsilon());
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
