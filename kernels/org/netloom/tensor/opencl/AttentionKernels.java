package org.netloom.tensor.opencl;

/**
 * Attention over qkv [n, t, 3·heads·size]: scores, softmax along rows, and the sums over values.
 */
abstract class AttentionKernels extends DepthwiseKernels {

  /**
   * n, t, heads, size, queries, keys, to, place of the scale, row of the queries, row of the keys,
   * bias, its patterns (0: none): scores [n, heads, t, t], or with the scale 1 the products of ∂y
   * with values.
   */
  void scores(int q) {
    int n = p[q + 1];
    int t = p[q + 2];
    int heads = p[q + 3];
    int size = p[q + 4];
    float scale = f[p[q + 8]];
    float[] queries = memory(p[q + 5]);
    float[] keys = memory(p[q + 6]);
    float[] ys = memory(p[q + 7]);
    int y = inside(p[q + 7]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int line = i / t;
      int block = line / t;
      int image = block / heads;
      int head = block - image * heads;
      int query = inside(p[q + 5]) + (image * t + line - block * t) * p[q + 9] + head * size;
      int key = inside(p[q + 6]) + (image * t + i - line * t) * p[q + 10] + head * size;
      float sum = 0f;
      for (int d = 0; d < size; d++) {
        sum += queries[query + d] * keys[key + d];
      }
      sum = scale * sum;
      if (p[q + 12] > 0) {
        int pattern = image % p[q + 12] * heads + head;
        sum += operand(q, 11, (pattern - block) * t * t + i);
      }
      ys[y + i] = sum;
    }
  }

  /** rows, t, x: softmax along rows, in place. */
  void softmax(int q) {
    int count = p[q + 1];
    int t = p[q + 2];
    float[] xs = memory(p[q + 3]);
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int at = inside(p[q + 3]) + min(base + line, count - 1) * t;
      float most = xs[at];
      for (int j = column; j < t; j += width) {
        most = max(most, xs[at + j]);
      }
      most = rowMax(most);
      float sum = 0f;
      for (int j = column; j < t; j += width) {
        sum += exp(xs[at + j] - most);
      }
      sum = rowSum(sum);
      if (base + line < count) {
        for (int j = column; j < t; j += width) {
          xs[at + j] = exp(xs[at + j] - most) / sum;
        }
      }
    }
  }

  /** rows, t, probabilities, x, place of the factor: x = p·(x − Σ p·x)·factor along rows. */
  void softmaxGradient(int q) {
    int count = p[q + 1];
    int t = p[q + 2];
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    float[] xs = memory(p[q + 4]);
    int x = inside(p[q + 4]);
    float factor = f[p[q + 5]];
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1) * t;
      float sum = 0f;
      for (int j = column; j < t; j += width) {
        sum += ys[y + row + j] * xs[x + row + j];
      }
      sum = rowSum(sum);
      if (base + line < count) {
        for (int j = column; j < t; j += width) {
          int at = x + row + j;
          xs[at] = ys[y + row + j] * (xs[at] - sum) * factor;
        }
      }
    }
  }

  /**
   * n, t, heads, size, weights, x, row of x, to, row of to, whether to sum over the weights' rows:
   * to[n, i, h, d] = Σ_j weights[n, h, i, j]·x[n, j, h, d].
   */
  void mix(int q) {
    int n = p[q + 1];
    int t = p[q + 2];
    int heads = p[q + 3];
    int size = p[q + 4];
    int inner = heads * size;
    float[] weights = memory(p[q + 5]);
    float[] xs = memory(p[q + 6]);
    float[] ys = memory(p[q + 8]);
    int y = inside(p[q + 8]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int token = i / inner;
      int image = token / t;
      int column = i - token * inner;
      int row = token - image * t;
      int block = inside(p[q + 5]) + (image * heads + column / size) * t * t;
      int at = block + row * t;
      int next = 1;
      if (p[q + 10] != 0) {
        at = block + row;
        next = t;
      }
      int x = inside(p[q + 6]) + image * t * p[q + 7] + column;
      float sum = 0f;
      for (int j = 0; j < t; j++) {
        sum += weights[at + j * next] * xs[x + j * p[q + 7]];
      }
      ys[y + token * p[q + 9] + column] = sum;
    }
  }
}
