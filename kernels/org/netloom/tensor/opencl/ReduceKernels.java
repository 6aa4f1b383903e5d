package org.netloom.tensor.opencl;

/**
 * Sums over the rows of a matrix for each column, in two passes: a group's row of items takes
 * {@link Tiles#BLOCK} rows each and leaves partial sums, which the second pass adds in order. Sums
 * along a row are shared by one row of a group's items.
 */
abstract class ReduceKernels extends PoolKernels {

  /**
   * First pass: kind, rows, columns, blocks, to, then operands x, y, γ, β, mean, rstd. Two sums for
   * each block and column. Kinds: 0 Σx; 1 the block's mean and Σ(x − it)², where x's rows are y
   * apart; 2 Σx·x̂ and Σx, x̂ from y; 3 the same for the x that a ReLU lets through; 4 Σx·ŷ and Σx
   * with ŷ normalised by rows; 5 Σx·y.
   */
  void columns(int q) {
    int kind = p[q + 1];
    int count = p[q + 2];
    int c = p[q + 3];
    int blocks = p[q + 4];
    int to = p[q + 5];
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
        int x = p[q + 6] + j;
        int row = p[q + 7];
        for (int r = from; r < until; r++) {
          one += arena[x + r * row];
        }
        if (kind == 1) {
          one = one / (until - from);
          for (int r = from; r < until; r++) {
            float d = arena[x + r * row] - one;
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
      arena[to + 2 * i] = one;
      arena[to + 2 * i + 1] = two;
    }
  }

  private float gradientOf(int q, int kind, int at, int j) {
    float g = arena[p[q + 6] + at];
    if (kind == 3) {
      float hat = (arena[p[q + 7] + at] - arena[p[q + 10] + j]) * arena[p[q + 11] + j];
      if (!(hat * arena[p[q + 8] + j] + arena[p[q + 9] + j] > 0f)) {
        g = 0f;
      }
    }
    return g;
  }

  private float factorOf(int q, int kind, int row, int at, int j) {
    float y = arena[p[q + 7] + at];
    if (kind < 4) {
      y = (y - arena[p[q + 10] + j]) * arena[p[q + 11] + j];
    } else if (kind == 4) {
      y = (y - arena[p[q + 10] + row]) * arena[p[q + 11] + row];
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
    int from = p[q + 5];
    int end = end(c);
    int step = step();
    for (int j = first(c); j < end; j += step) {
      float one = 0f;
      float two = 0f;
      if (kind == 1) {
        for (int b = 0; b < blocks; b++) {
          int rows = min(count - b * Tiles.BLOCK, Tiles.BLOCK);
          one += arena[from + 2 * (b * c + j)] * rows;
        }
        one = one / count;
        for (int b = 0; b < blocks; b++) {
          int rows = min(count - b * Tiles.BLOCK, Tiles.BLOCK);
          float d = arena[from + 2 * (b * c + j)] - one;
          two += arena[from + 2 * (b * c + j) + 1] + d * d * rows;
        }
        two = 1f / sqrt(two / count + f[p[q + 8]]);
      } else {
        for (int b = 0; b < blocks; b++) {
          one += arena[from + 2 * (b * c + j)];
          two += arena[from + 2 * (b * c + j) + 1];
        }
      }
      arena[p[q + 6] + j] = one;
      if (kind != 0) {
        arena[p[q + 7] + j] = two;
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
    int x = p[q + 3];
    int y = p[q + 4];
    int kind = p[q + 9];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int j = i % c;
      float r = arena[p[q + 8] + j];
      if (kind == 2) {
        r = 1f / sqrt(r + f[p[q + 10]]);
      }
      float v =
          (arena[x + i] - arena[p[q + 7] + j]) * r * arena[p[q + 5] + j] + arena[p[q + 6] + j];
      if (kind == 1) {
        v = rectified(v);
      }
      arena[y + i] = v;
    }
  }

  /** n, columns, gx, rows, kind, gy, x, γ, β, mean, rstd, ∂γ, ∂β: the gradient's last pass. */
  void normaliseGradient(int q) {
    int n = p[q + 1];
    int c = p[q + 2];
    int gx = p[q + 3];
    float count = p[q + 4];
    int kind = p[q + 5];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int j = i % c;
      float r = arena[p[q + 11] + j];
      float hat = (arena[p[q + 7] + i] - arena[p[q + 10] + j]) * r;
      float gain = arena[p[q + 8] + j];
      float g = arena[p[q + 6] + i];
      if (kind == 3 && !(hat * gain + arena[p[q + 9] + j] > 0f)) {
        g = 0f;
      }
      arena[gx + i] = gain * r * (g - (arena[p[q + 13] + j] + hat * arena[p[q + 12] + j]) / count);
    }
  }

  /** rows, columns, x, y, γ, β, mean, rstd, place of ε. */
  void layerNorm(int q) {
    int count = p[q + 1];
    int c = p[q + 2];
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1);
      int x = p[q + 3] + row * c;
      int y = p[q + 4] + row * c;
      float sum = 0f;
      for (int j = column; j < c; j += width) {
        sum += arena[x + j];
      }
      float mean = rowSum(sum) / c;
      float squares = 0f;
      for (int j = column; j < c; j += width) {
        float d = arena[x + j] - mean;
        squares += d * d;
      }
      float rstd = 1f / sqrt(rowSum(squares) / c + f[p[q + 9]]);
      if (base + line < count) {
        for (int j = column; j < c; j += width) {
          arena[y + j] = (arena[x + j] - mean) * rstd * arena[p[q + 5] + j] + arena[p[q + 6] + j];
        }
        if (column == 0) {
          arena[p[q + 7] + row] = mean;
          arena[p[q + 8] + row] = rstd;
        }
      }
    }
  }

  /** rows, columns, gx, gy, x, γ, mean, rstd. */
  void layerNormGradient(int q) {
    int count = p[q + 1];
    int c = p[q + 2];
    int width = getLocalSize(0);
    int height = getLocalSize(1);
    int column = getLocalId(0);
    int line = getLocalId(1);
    for (int base = group() * height; base < count; base += groups() * height) {
      int row = min(base + line, count - 1);
      float mean = arena[p[q + 7] + row];
      float rstd = arena[p[q + 8] + row];
      float sum = 0f;
      float dot = 0f;
      for (int j = column; j < c; j += width) {
        float g = arena[p[q + 4] + row * c + j] * arena[p[q + 6] + j];
        sum += g;
        dot += g * (arena[p[q + 5] + row * c + j] - mean) * rstd;
      }
      sum = rowSum(sum);
      dot = rowSum(dot);
      if (base + line < count) {
        for (int j = column; j < c; j += width) {
          float g = arena[p[q + 4] + row * c + j] * arena[p[q + 6] + j];
          float hat = (arena[p[q + 5] + row * c + j] - mean) * rstd;
          arena[p[q + 3] + row * c + j] = rstd * (g - (sum + hat * dot) / c);
        }
      }
    }
  }

  /** n, x, y, to, channels, positions: to[n, c] = Σ x·y over the positions of an image. */
  void imageDots(int q) {
    int n = p[q + 1];
    int c = p[q + 5];
    int positions = p[q + 6];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int image = i / c;
      int at = image * positions * c + i - image * c;
      float sum = 0f;
      for (int k = 0; k < positions; k++) {
        sum += arena[p[q + 2] + at + k * c] * arena[p[q + 3] + at + k * c];
      }
      arena[p[q + 4] + i] = sum;
    }
  }

  /** n, x, y, period: sums of whole groups, y[0] = Σ x / period. One group works. */
  void total(int q) {
    int n = p[q + 1];
    int x = p[q + 2];
    int lanes = lanes();
    float sum = 0f;
    if (group() == 0) {
      for (int i = lane(); i < n; i += lanes) {
        sum += arena[x + i];
      }
    }
    left[lane()] = sum;
    localBarrier();
    if (group() == 0 && lane() == 0) {
      float all = 0f;
      for (int i = 0; i < lanes; i++) {
        all += left[i];
      }
      arena[p[q + 3]] = all / p[q + 4];
    }
    localBarrier();
  }

  /** rows, classes, logits, labels, probabilities, losses, place of the smoothing. */
  void crossEntropy(int q) {
    int n = p[q + 1];
    int k = p[q + 2];
    float smoothing = f[p[q + 7]];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = p[q + 3] + i * k;
      float most = arena[row];
      float mean = 0f;
      for (int j = 0; j < k; j++) {
        most = max(most, arena[row + j]);
        mean += arena[row + j];
      }
      float sum = 0f;
      for (int j = 0; j < k; j++) {
        sum += exp(arena[row + j] - most);
      }
      float total = most + log(sum);
      for (int j = 0; j < k; j++) {
        arena[p[q + 5] + i * k + j] = exp(arena[row + j] - total);
      }
      int hit = (int) arena[p[q + 4] + i];
      arena[p[q + 6] + i] = total - (1f - smoothing) * arena[row + hit] - smoothing * mean / k;
    }
  }

  /** rows, classes, gradient of the loss, probabilities, labels, to, place of the smoothing. */
  void crossEntropyGradient(int q) {
    int n = p[q + 1];
    int k = p[q + 2];
    float smoothing = f[p[q + 7]];
    int all = n * k;
    int end = end(all);
    int step = step();
    for (int i = first(all); i < end; i += step) {
      int row = i / k;
      float target = smoothing / k;
      int hit = (int) arena[p[q + 5] + row];
      if (i - row * k == hit) {
        target += 1f - smoothing;
      }
      arena[p[q + 6] + i] = arena[p[q + 3]] / n * (arena[p[q + 4] + i] - target);
    }
  }
}
