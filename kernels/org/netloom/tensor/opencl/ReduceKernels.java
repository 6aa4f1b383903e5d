package org.netloom.tensor.opencl;

/**
 * Sums over the rows of a matrix for each column, in two passes: a group's row of items takes
 * {@link Tiles#BLOCK} rows each and leaves partial sums, which the second pass adds in order. Sums
 * along a row are shared by one row of a group's items.
 */
abstract class ReduceKernels extends PoolRowKernels {

  /**
   * First pass: kind, rows, columns, blocks, to, then operands x, y, γ, β, mean, rstd. Two sums for
   * each block and column: [block, 2, column]. Kinds: 0 Σx; 1 the block's mean and Σ(x − it)²,
   * where x's rows are y apart; 2 Σx·x̂ and Σx, x̂ from y; 3 the same for the x that a ReLU lets
   * through; 4 Σx·ŷ and Σx with ŷ normalised by rows; 5 Σx·y.
   */
  void columns(int q) {
    int kind = p[q + 1];
    int count = p[q + 2];
    int c = p[q + 3];
    int blocks = p[q + 4];
    float[] tos = memory(p[q + 5]);
    int to = inside(p[q + 5]);
    int n = blocks * c;
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int block = i / c;
      int j = i - block * c;
      int from = block * Tiles.BLOCK;
      int until = min(count, from + Tiles.BLOCK);
      float one = 0f;
      float two = 0f;
      if (kind < 2) {
        float[] xs = memory(p[q + 6]);
        int x = inside(p[q + 6]) + j;
        int row = p[q + 7];
        for (int r = from; r < until; r++) {
          one += xs[x + r * row];
        }
        if (kind == 1) {
          one = one / (until - from);
          for (int r = from; r < until; r++) {
            float d = xs[x + r * row] - one;
            two += d * d;
          }
        }
      } else {
        for (int r = from; r < until; r++) {
          float g = gradientOf(q, kind, r * c + j, j);
          one += g * factorOf(q, kind, r, r * c + j, j);
          two += g;
        }
      }
      tos[to + block * 2 * c + j] = one;
      tos[to + (block * 2 + 1) * c + j] = two;
    }
  }

  private float gradientOf(int q, int kind, int at, int j) {
    float g = operand(q, 6, at);
    if (kind == 3) {
      float hat = (operand(q, 7, at) - operand(q, 10, j)) * operand(q, 11, j);
      if (!(hat * operand(q, 8, j) + operand(q, 9, j) > 0f)) {
        g = 0f;
      }
    }
    return g;
  }

  private float factorOf(int q, int kind, int row, int at, int j) {
    float y = operand(q, 7, at);
    if (kind < 4) {
      y = (y - operand(q, 10, j)) * operand(q, 11, j);
    } else if (kind == 4) {
      y = (y - operand(q, 10, row)) * operand(q, 11, row);
    }
    return y;
  }

  /**
   * Second pass: kind, rows, columns, blocks, from, one, two, place of ε. Kinds: 0 the sum of the
   * first numbers; 1 mean and 1/√(variance + ε) from means and squared distances (Chan, Golub and
   * LeVeque 1983); 2 the sums of both.
   */
  void combine(int q) {
    int kind = p[q + 1];
    int count = p[q + 2];
    int c = p[q + 3];
    int blocks = p[q + 4];
    float[] froms = memory(p[q + 5]);
    int from = inside(p[q + 5]);
    int end = end(c);
    int step = step();
    for (int j = first(c); j < end; j += step) {
      float one = 0f;
      float two = 0f;
      if (kind == 1) {
        for (int b = 0; b < blocks; b++) {
          int rows = min(count - b * Tiles.BLOCK, Tiles.BLOCK);
          one += froms[from + 2 * b * c + j] * rows;
        }
        one = one / count;
        for (int b = 0; b < blocks; b++) {
          int rows = min(count - b * Tiles.BLOCK, Tiles.BLOCK);
          float d = froms[from + 2 * b * c + j] - one;
          two += froms[from + (2 * b + 1) * c + j] + d * d * rows;
        }
        two = 1f / sqrt(two / count + f[p[q + 8]]);
      } else {
        for (int b = 0; b < blocks; b++) {
          one += froms[from + 2 * b * c + j];
          two += froms[from + (2 * b + 1) * c + j];
        }
      }
      memory(p[q + 6])[inside(p[q + 6]) + j] = one;
      if (kind != 0) {
        memory(p[q + 7])[inside(p[q + 7]) + j] = two;
      }
    }
  }

  /**
   * n, columns, x, y, γ, β, mean, rstd, kind: y = (x − mean)·rstd·γ + β; kind 1 rectifies, kind 2
   * takes a variance (ε at the next place) for rstd.
   */
  void normalise(int q) {
    int n = p[q + 1];
    int c = p[q + 2];
    float[] xs = memory(p[q + 3]);
    int x = inside(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int y = inside(p[q + 4]);
    int kind = p[q + 9];
    float[] rs = memory(p[q + 8]);
    int rstd = inside(p[q + 8]);
    float[] ms = memory(p[q + 7]);
    int mean = inside(p[q + 7]);
    float[] gs = memory(p[q + 5]);
    int gain = inside(p[q + 5]);
    float[] bs = memory(p[q + 6]);
    int offset = inside(p[q + 6]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int j = i % c;
      float r = rs[rstd + j];
      if (kind == 2) {
        r = 1f / sqrt(r + f[p[q + 10]]);
      }
      float v = (xs[x + i] - ms[mean + j]) * r * gs[gain + j] + bs[offset + j];
      if (kind == 1) {
        v = rectified(v);
      }
      ys[y + i] = v;
    }
  }

  /** n, columns, gx, rows, kind, gy, x, γ, β, mean, rstd, ∂γ, ∂β: the gradient's last pass. */
  void normaliseGradient(int q) {
    int n = p[q + 1];
    int c = p[q + 2];
    float[] gxs = memory(p[q + 3]);
    int gx = inside(p[q + 3]);
    float count = p[q + 4];
    int kind = p[q + 5];
    float[] ys = memory(p[q + 6]);
    int gy = inside(p[q + 6]);
    float[] xs = memory(p[q + 7]);
    int x = inside(p[q + 7]);
    float[] gs = memory(p[q + 8]);
    int gamma = inside(p[q + 8]);
    float[] bs = memory(p[q + 9]);
    int beta = inside(p[q + 9]);
    float[] ms = memory(p[q + 10]);
    int mean = inside(p[q + 10]);
    float[] rs = memory(p[q + 11]);
    int rstd = inside(p[q + 11]);
    float[] ones = memory(p[q + 12]);
    int gainGradient = inside(p[q + 12]);
    float[] twos = memory(p[q + 13]);
    int offsetGradient = inside(p[q + 13]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int j = i % c;
      float r = rs[rstd + j];
      float hat = (xs[x + i] - ms[mean + j]) * r;
      float gain = gs[gamma + j];
      float g = ys[gy + i];
      if (kind == 3 && !(hat * gain + bs[beta + j] > 0f)) {
        g = 0f;
      }
      gxs[gx + i] =
          gain * r * (g - (twos[offsetGradient + j] + hat * ones[gainGradient + j]) / count);
    }
  }

  /** rows, columns, x, y, γ, β, mean, rstd, place of ε. */
  void layerNorm(int q) {
    int count = p[q + 1];
    int c = p[q + 2];
    float[] xs = memory(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    float[] gs = memory(p[q + 5]);
    int gain = inside(p[q + 5]);
    float[] bs = memory(p[q + 6]);
    int offset = inside(p[q + 6]);
    float[] ms = memory(p[q + 7]);
    int means = inside(p[q + 7]);
    float[] rs = memory(p[q + 8]);
    int rstds = inside(p[q + 8]);
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1);
      int x = inside(p[q + 3]) + row * c;
      int y = inside(p[q + 4]) + row * c;
      float sum = 0f;
      for (int j = column; j < c; j += width) {
        sum += xs[x + j];
      }
      float mean = rowSum(sum) / c;
      float squares = 0f;
      for (int j = column; j < c; j += width) {
        float d = xs[x + j] - mean;
        squares += d * d;
      }
      float rstd = 1f / sqrt(rowSum(squares) / c + f[p[q + 9]]);
      if (base + line < count) {
        for (int j = column; j < c; j += width) {
          ys[y + j] = (xs[x + j] - mean) * rstd * gs[gain + j] + bs[offset + j];
        }
        if (column == 0) {
          ms[means + row] = mean;
          rs[rstds + row] = rstd;
        }
      }
    }
  }

  /** rows, columns, gx, gy, x, γ, mean, rstd. */
  void layerNormGradient(int q) {
    int count = p[q + 1];
    int c = p[q + 2];
    float[] gxs = memory(p[q + 3]);
    int gx = inside(p[q + 3]);
    float[] gys = memory(p[q + 4]);
    int gy = inside(p[q + 4]);
    float[] xs = memory(p[q + 5]);
    int x = inside(p[q + 5]);
    float[] gs = memory(p[q + 6]);
    int gain = inside(p[q + 6]);
    float[] ms = memory(p[q + 7]);
    int means = inside(p[q + 7]);
    float[] rs = memory(p[q + 8]);
    int rstds = inside(p[q + 8]);
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1);
      float mean = ms[means + row];
      float rstd = rs[rstds + row];
      float sum = 0f;
      float dot = 0f;
      for (int j = column; j < c; j += width) {
        float g = gys[gy + row * c + j] * gs[gain + j];
        sum += g;
        dot += g * (xs[x + row * c + j] - mean) * rstd;
      }
      sum = rowSum(sum);
      dot = rowSum(dot);
      if (base + line < count) {
        for (int j = column; j < c; j += width) {
          float g = gys[gy + row * c + j] * gs[gain + j];
          float hat = (xs[x + row * c + j] - mean) * rstd;
          gxs[gx + row * c + j] = rstd * (g - (sum + hat * dot) / c);
        }
      }
    }
  }

  /** n, x, y, to, channels, positions: to[n, c] = Σ x·y over the positions of an image. */
  void imageDots(int q) {
    int n = p[q + 1];
    int c = p[q + 5];
    int positions = p[q + 6];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    float[] dots = memory(p[q + 4]);
    int to = inside(p[q + 4]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int image = i / c;
      int at = image * positions * c + i - image * c;
      float sum = 0f;
      for (int k = 0; k < positions; k++) {
        sum += xs[x + at + k * c] * ys[y + at + k * c];
      }
      dots[to + i] = sum;
    }
  }

  /** n, x, y, period: sums of whole groups, y[0] = Σ x / period. One group works. */
  void total(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    int lanes = lanes();
    float sum = 0f;
    if (group() == 0) {
      for (int i = lane(); i < n; i += lanes) {
        sum += xs[x + i];
      }
    }
    left[lane()] = sum;
    localBarrier();
    if (group() == 0 && lane() == 0) {
      float all = 0f;
      for (int i = 0; i < lanes; i++) {
        all += left[i];
      }
      memory(p[q + 3])[inside(p[q + 3])] = all / p[q + 4];
    }
    localBarrier();
  }

  /** rows, classes, logits, labels, probabilities, losses, place of the smoothing. */
  void crossEntropy(int q) {
    int n = p[q + 1];
    int k = p[q + 2];
    float smoothing = f[p[q + 7]];
    float[] logits = memory(p[q + 3]);
    float[] labels = memory(p[q + 4]);
    int label = inside(p[q + 4]);
    float[] probabilities = memory(p[q + 5]);
    int to = inside(p[q + 5]);
    float[] losses = memory(p[q + 6]);
    int loss = inside(p[q + 6]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = inside(p[q + 3]) + i * k;
      float most = logits[row];
      float mean = 0f;
      for (int j = 0; j < k; j++) {
        most = max(most, logits[row + j]);
        mean += logits[row + j];
      }
      float sum = 0f;
      for (int j = 0; j < k; j++) {
        sum += exp(logits[row + j] - most);
      }
      float total = most + log(sum);
      for (int j = 0; j < k; j++) {
        probabilities[to + i * k + j] = exp(logits[row + j] - total);
      }
      int hit = (int) labels[label + i];
      losses[loss + i] = total - (1f - smoothing) * logits[row + hit] - smoothing * mean / k;
    }
  }

  /** rows, classes, gradient of the loss, probabilities, labels, to, place of the smoothing. */
  void crossEntropyGradient(int q) {
    int n = p[q + 1];
    int k = p[q + 2];
    float smoothing = f[p[q + 7]];
    float[] gs = memory(p[q + 3]);
    int g = inside(p[q + 3]);
    float[] probabilities = memory(p[q + 4]);
    int from = inside(p[q + 4]);
    float[] labels = memory(p[q + 5]);
    int label = inside(p[q + 5]);
    float[] ys = memory(p[q + 6]);
    int y = inside(p[q + 6]);
    int all = n * k;
    int end = end(all);
    int step = step();
    for (int i = first(all); i < end; i += step) {
      int row = i / k;
      float target = smoothing / k;
      int hit = (int) labels[label + row];
      if (i - row * k == hit) {
        target += 1f - smoothing;
      }
      ys[y + i] = gs[g] / n * (probabilities[from + i] - target);
    }
  }
}
