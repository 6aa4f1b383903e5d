package org.netloom.tensor.opencl;

/** Steps of optimisers. */
abstract class UpdateKernels extends SweepKernels {

  /** chunks, table of (offset, length), to: sums of squares, one for each chunk. */
  void squares(int q) {
    int chunks = p[q + 1];
    int lanes = lanes();
    int lane = lane();
    for (int chunk = group(); chunk < chunks; chunk += groups()) {
      int from = p[p[q + 2] + 2 * chunk];
      int length = p[p[q + 2] + 2 * chunk + 1];
      float sum = 0f;
      for (int i = lane; i < length; i += lanes) {
        sum += arena[from + i] * arena[from + i];
      }
      left[lane] = sum;
      localBarrier();
      if (lane == 0) {
        float all = 0f;
        for (int i = 0; i < lanes; i++) {
          all += left[i];
        }
        arena[p[q + 3] + chunk] = all;
      }
      localBarrier();
    }
  }

  /** y: its square root. */
  void root(int q) {
    if (group() == 0 && lane() == 0) {
      arena[p[q + 1]] = sqrt(arena[p[q + 1]]);
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
    int w = p[q + 2];
    int g = p[q + 3];
    int m = p[q + 4];
    int v = p[q + 5];
    int k = p[q + 8];
    float factor = clip(f[k + 8], arena[p[q + 6]]);
    float t = arena[p[q + 7] + 1];
    float rate = arena[p[q + 7]] / oneMinusExp(t * f[k + 2]);
    float keep = 1f - arena[p[q + 7]] * f[k + 9];
    float rise = 1f / sqrt(oneMinusExp(t * f[k + 5]));
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float d = factor * arena[g + i] + f[k + 7] * arena[w + i];
      float one = f[k] * arena[m + i] + f[k + 1] * d;
      float two = f[k + 3] * arena[v + i] + f[k + 4] * d * d;
      arena[m + i] = one;
      arena[v + i] = two;
      arena[w + i] = keep * arena[w + i] - rate * one / (sqrt(two) * rise + f[k + 6]);
    }
  }

  /** n, w, g, u, norm, rate, place of (momentum, decay, clip). */
  void sgd(int q) {
    int n = p[q + 1];
    int w = p[q + 2];
    int g = p[q + 3];
    int u = p[q + 4];
    int k = p[q + 7];
    float factor = clip(f[k + 2], arena[p[q + 5]]);
    float rate = arena[p[q + 6]];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float d = factor * arena[g + i] + f[k + 1] * arena[w + i];
      float speed = f[k] * arena[u + i] + d;
      arena[u + i] = speed;
      arena[w + i] = arena[w + i] - rate * speed;
    }
  }
}
