package org.netloom.tensor.opencl;

/** Steps of optimisers. */
abstract class UpdateKernels extends SweepKernels {

  /** chunks, table of (offset, length), to: sums of squares, one for each chunk. */
  void squares(int q) {
    int chunks = p[q + 1];
    int lanes = lanes();
    int lane = lane();
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    for (int chunk = group(); chunk < chunks; chunk += groups()) {
      float[] xs = memory(p[p[q + 2] + 2 * chunk]);
      int from = inside(p[p[q + 2] + 2 * chunk]);
      int length = p[p[q + 2] + 2 * chunk + 1];
      float sum = 0f;
      for (int i = lane; i < length; i += lanes) {
        sum += xs[from + i] * xs[from + i];
      }
      left[lane] = sum;
      localBarrier();
      if (lane == 0) {
        float all = 0f;
        for (int i = 0; i < lanes; i++) {
          all += left[i];
        }
        ys[y + chunk] = all;
      }
      localBarrier();
    }
  }

  /** y: its square root. */
  void root(int q) {
    float[] ys = memory(p[q + 1]);
    int y = inside(p[q + 1]);
    if (group() == 0 && lane() == 0) {
      ys[y] = sqrt(ys[y]);
    }
  }

  private float clip(float limit, float norm) {
    float factor = 1f;
    if (limit > 0f) {
      factor = min(1f, limit / (norm + 1e-6f));
    }
    return factor;
  }

  /** 1 − e^x for x ≤ 0, without cancellation near zero. */
  private float oneMinusExp(float x) {
    float y = -x * (1f + x * (0.5f + x * (0.16666667f + x * (0.041666667f + x * 0.0083333333f))));
    if (x < -0.1f) {
      y = 1f - exp(x);
    }
    return y;
  }

  /**
   * n, w, g, m, v, norm, (rate, step), place of (β1, 1 − β1, ln β1, β2, 1 − β2, ln β2, ε, decay,
   * clip, decoupled decay).
   */
  void adam(int q) {
    int n = p[q + 1];
    float[] ws = memory(p[q + 2]);
    int w = inside(p[q + 2]);
    float[] gs = memory(p[q + 3]);
    int g = inside(p[q + 3]);
    float[] ms = memory(p[q + 4]);
    int m = inside(p[q + 4]);
    float[] vs = memory(p[q + 5]);
    int v = inside(p[q + 5]);
    float[] rates = memory(p[q + 7]);
    int at = inside(p[q + 7]);
    int k = p[q + 8];
    float factor = clip(f[k + 8], operand(q, 6, 0));
    float t = rates[at + 1];
    float rate = rates[at] / oneMinusExp(t * f[k + 2]);
    float keep = 1f - rates[at] * f[k + 9];
    float rise = 1f / sqrt(oneMinusExp(t * f[k + 5]));
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float d = factor * gs[g + i] + f[k + 7] * ws[w + i];
      float one = f[k] * ms[m + i] + f[k + 1] * d;
      float two = f[k + 3] * vs[v + i] + f[k + 4] * d * d;
      ms[m + i] = one;
      vs[v + i] = two;
      ws[w + i] = keep * ws[w + i] - rate * one / (sqrt(two) * rise + f[k + 6]);
    }
  }

  /** n, w, g, u, norm, rate, place of (momentum, decay, clip). */
  void sgd(int q) {
    int n = p[q + 1];
    float[] ws = memory(p[q + 2]);
    int w = inside(p[q + 2]);
    float[] gs = memory(p[q + 3]);
    int g = inside(p[q + 3]);
    float[] us = memory(p[q + 4]);
    int u = inside(p[q + 4]);
    int k = p[q + 7];
    float factor = clip(f[k + 2], operand(q, 5, 0));
    float rate = operand(q, 6, 0);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float d = factor * gs[g + i] + f[k + 1] * ws[w + i];
      float speed = f[k] * us[u + i] + d;
      us[u + i] = speed;
      ws[w + i] = ws[w + i] - rate * speed;
    }
  }
}
