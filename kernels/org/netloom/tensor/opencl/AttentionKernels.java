package org.netloom.tensor.opencl;

/** What attention does between its products: softmax along rows of scores, and its gradient. */
abstract class AttentionKernels extends DepthwiseKernels {

  /**
   * rows, t, x, place of the scale, heads, bias, its patterns (0: none): softmax of scale·x + bias
   * along rows [n, heads, t], in place.
   */
  void softmax(int q) {
    if (spread == 0) {
      softmaxRows(q);
    } else {
      softmaxGroups(q);
    }
  }

  /** Where the bias of a row begins. */
  private int bias(int q, int row) {
    int t = p[q + 2];
    int block = row / t;
    int image = block / p[q + 5];
    int pattern = image % p[q + 7] * p[q + 5] + block - image * p[q + 5];
    return inside(p[q + 6]) + (pattern * t + row - block * t) * t;
  }

  private void softmaxGroups(int q) {
    int count = p[q + 1];
    int t = p[q + 2];
    float[] xs = memory(p[q + 3]);
    float scale = f[p[q + 4]];
    float[] biases = memory(p[q + 6]);
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1);
      int at = inside(p[q + 3]) + row * t;
      int other = 0;
      if (p[q + 7] > 0) {
        other = bias(q, row);
      }
      float most = -1e38f * 10f;
      for (int j = column; j < t; j += width) {
        most = max(most, score(q, xs[at + j] * scale, biases, other + j));
      }
      most = rowMax(most);
      float sum = 0f;
      for (int j = column; j < t; j += width) {
        sum += exp(score(q, xs[at + j] * scale, biases, other + j) - most);
      }
      sum = rowSum(sum);
      if (base + line < count) {
        for (int j = column; j < t; j += width) {
          xs[at + j] = exp(score(q, xs[at + j] * scale, biases, other + j) - most) / sum;
        }
      }
    }
  }

  private float score(int q, float x, float[] biases, int at) {
    float result = x;
    if (p[q + 7] > 0) {
      result += biases[at];
    }
    return result;
  }

  /** An item has whole rows, in plain loops that become vectors. */
  private void softmaxRows(int q) {
    int t = p[q + 2];
    float[] xs = memory(p[q + 3]);
    float scale = f[p[q + 4]];
    float[] biases = memory(p[q + 6]);
    int end = end(p[q + 1]);
    for (int i = first(p[q + 1]); i < end; i++) {
      int at = inside(p[q + 3]) + i * t;
      if (p[q + 7] > 0) {
        int other = bias(q, i);
        for (int j = 0; j < t; j++) {
          xs[at + j] = scale * xs[at + j] + biases[other + j];
        }
      } else {
        for (int j = 0; j < t; j++) {
          xs[at + j] = scale * xs[at + j];
        }
      }
      float most = most(xs, at, t);
      for (int j = 0; j < t; j++) {
        xs[at + j] = exp(xs[at + j] - most);
      }
      float sum = sum(xs, at, t);
      for (int j = 0; j < t; j++) {
        xs[at + j] = xs[at + j] / sum;
      }
    }
  }

  /** Four maxima side by side, because each waits for the last one. */
  private float most(float[] xs, int at, int t) {
    float a = xs[at];
    float b = a;
    float c = a;
    float d = a;
    int whole = t / 4 * 4;
    for (int j = 0; j < whole; j += 4) {
      a = max(a, xs[at + j]);
      b = max(b, xs[at + j + 1]);
      c = max(c, xs[at + j + 2]);
      d = max(d, xs[at + j + 3]);
    }
    for (int j = whole; j < t; j++) {
      a = max(a, xs[at + j]);
    }
    return max(max(a, b), max(c, d));
  }

  private float sum(float[] xs, int at, int t) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    int whole = t / 4 * 4;
    for (int j = 0; j < whole; j += 4) {
      a += xs[at + j];
      b += xs[at + j + 1];
      c += xs[at + j + 2];
      d += xs[at + j + 3];
    }
    for (int j = whole; j < t; j++) {
      a += xs[at + j];
    }
    return a + b + (c + d);
  }

  /** rows, t, probabilities, x, place of the factor: x = p·(x − Σ p·x)·factor along rows. */
  void softmaxGradient(int q) {
    if (spread == 0) {
      softmaxRowsGradient(q);
    } else {
      softmaxGroupsGradient(q);
    }
  }

  private void softmaxGroupsGradient(int q) {
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

  private void softmaxRowsGradient(int q) {
    int t = p[q + 2];
    float[] ys = memory(p[q + 3]);
    float[] xs = memory(p[q + 4]);
    float factor = f[p[q + 5]];
    int whole = t / 4 * 4;
    int end = end(p[q + 1]);
    for (int i = first(p[q + 1]); i < end; i++) {
      int y = inside(p[q + 3]) + i * t;
      int x = inside(p[q + 4]) + i * t;
      float a = 0f;
      float b = 0f;
      float c = 0f;
      float d = 0f;
      for (int j = 0; j < whole; j += 4) {
        a += ys[y + j] * xs[x + j];
        b += ys[y + j + 1] * xs[x + j + 1];
        c += ys[y + j + 2] * xs[x + j + 2];
        d += ys[y + j + 3] * xs[x + j + 3];
      }
      for (int j = whole; j < t; j++) {
        a += ys[y + j] * xs[x + j];
      }
      float sum = a + b + (c + d);
      for (int j = 0; j < t; j++) {
        xs[x + j] = ys[y + j] * (xs[x + j] - sum) * factor;
      }
    }
  }
}
