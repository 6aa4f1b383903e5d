package org.netloom.tensor.opencl;

/**
 * Windows over NHWC maps. Blocks: n, from, to, h, w, c, oh, ow, kernel, stride, padding, kind,
 * other; kind 1 means adaptive cells instead of windows. Gradients gather, so that no two items
 * write one value.
 */
abstract class PoolKernels extends LayoutKernels {

  int low(int q, int i, int side, int cells) {
    int at = max(0, i * p[q + 10] - p[q + 11]);
    if (p[q + 12] == 1) {
      at = i * side / cells;
    }
    return at;
  }

  int high(int q, int i, int side, int cells) {
    int at = min(side, i * p[q + 10] - p[q + 11] + p[q + 9]);
    if (p[q + 12] == 1) {
      at = ((i + 1) * side + cells - 1) / cells;
    }
    return at;
  }

  /** A cell before which none holds place u. */
  int firstCell(int q, int u, int side, int cells) {
    int reach = u + p[q + 11] - p[q + 9] + p[q + 10];
    int at = 0;
    if (reach > 0) {
      at = reach / p[q + 10];
    }
    if (p[q + 12] == 1) {
      at = u * cells / side;
    }
    return at;
  }

  /** A cell behind which none holds place u. */
  int lastCell(int q, int u, int side, int cells) {
    int at = (u + p[q + 11]) / p[q + 10];
    if (p[q + 12] == 1) {
      at = (u + 1) * cells / side + 1;
    }
    return min(at, cells - 1);
  }

  /** Maximum of each window, or with {@code where} its place u·w + v; of equals the first wins. */
  @SuppressWarnings("IdentityBinaryExpression")
  void maximum(int q, int where) {
    int n = p[q + 1];
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int cell = i / c;
      int line = cell / ow;
      int image = line / oh;
      int base = inside(p[q + 2]) + image * h * w * c + i - cell * c;
      int v0 = low(q, cell - line * ow, w, ow);
      int v1 = high(q, cell - line * ow, w, ow);
      int u0 = low(q, line - image * oh, h, oh);
      int u1 = high(q, line - image * oh, h, oh);
      float best = -1e38f * 10f;
      int found = -1;
      for (int u = u0; u < u1; u++) {
        for (int v = v0; v < v1; v++) {
          float x = xs[base + (u * w + v) * c];
          // NaN wins and stays, as with Math.max; Aparapi takes !(x <= y) for x > y
          if (found < 0 || x > best || x != x && best == best) {
            best = x;
            found = u * w + v;
          }
        }
      }
      if (where != 0) {
        best = found;
      }
      ys[y + i] = best;
    }
  }

  /** from: ∂y, to: ∂x, other: places of the maxima. */
  void maximumGradient(int q) {
    int n = p[q + 1];
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    float[] gs = memory(p[q + 2]);
    int g = inside(p[q + 2]);
    float[] places = memory(p[q + 13]);
    int first = inside(p[q + 13]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / c;
      int line = position / w;
      int image = line / h;
      int u = line - image * h;
      int v = position - line * w;
      int base = image * oh * ow * c + i - position * c;
      int j0 = firstCell(q, v, w, ow);
      int j1 = lastCell(q, v, w, ow);
      int i1 = lastCell(q, u, h, oh);
      float place = u * w + v;
      float sum = 0f;
      for (int a = firstCell(q, u, h, oh); a <= i1; a++) {
        for (int b = j0; b <= j1; b++) {
          int at = base + (a * ow + b) * c;
          if (places[first + at] == place) {
            sum += gs[g + at];
          }
        }
      }
      ys[y + i] = sum;
    }
  }

  /** Mean of each window or cell. */
  void average(int q) {
    int n = p[q + 1];
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int cell = i / c;
      int line = cell / ow;
      int image = line / oh;
      int base = inside(p[q + 2]) + image * h * w * c + i - cell * c;
      int v0 = low(q, cell - line * ow, w, ow);
      int v1 = high(q, cell - line * ow, w, ow);
      int u0 = low(q, line - image * oh, h, oh);
      int u1 = high(q, line - image * oh, h, oh);
      float sum = 0f;
      for (int u = u0; u < u1; u++) {
        for (int v = v0; v < v1; v++) {
          sum += xs[base + (u * w + v) * c];
        }
      }
      int count = (u1 - u0) * (v1 - v0);
      ys[y + i] = sum / count;
    }
  }

  /** from: ∂y, to: ∂x. */
  void averageGradient(int q) {
    int n = p[q + 1];
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    float[] gs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / c;
      int line = position / w;
      int image = line / h;
      int u = line - image * h;
      int v = position - line * w;
      int base = inside(p[q + 2]) + image * oh * ow * c + i - position * c;
      int j0 = firstCell(q, v, w, ow);
      int j1 = lastCell(q, v, w, ow);
      int i1 = lastCell(q, u, h, oh);
      float sum = 0f;
      for (int a = firstCell(q, u, h, oh); a <= i1; a++) {
        int u0 = low(q, a, h, oh);
        int u1 = high(q, a, h, oh);
        for (int b = j0; b <= j1; b++) {
          int v0 = low(q, b, w, ow);
          int v1 = high(q, b, w, ow);
          if (u >= u0 && u < u1 && v >= v0 && v < v1) {
            int count = (u1 - u0) * (v1 - v0);
            sum += gs[base + (a * ow + b) * c] / count;
          }
        }
      }
      ys[y + i] = sum;
    }
  }
}
