package org.netloom.tensor.opencl;

/**
 * The windows of {@link PoolKernels} for processors: an item computes eight neighbouring channels
 * of a place at once, which a compiler turns into vectors. The last eight may overlap the ones
 * before.
 */
abstract class PoolRowKernels extends PoolKernels {
  private static final int CHANNELS = 8;

  /** {@link PoolKernels#maximum}; with {@code where}, what is at 13 receives the maxima. */
  void maxima(int q, int where) {
    int c = p[q + 6];
    if (eights(c) == 0) {
      maximum(q, where);
    } else {
      int n = p[q + 1] / c;
      int end = end(n);
      for (int i = first(n); i < end; i++) {
        for (int j = 0; j < c; j += CHANNELS) {
          if (where == 0) {
            eightMaxima(q, i, min(j, c - CHANNELS), p[q + 3]);
          } else {
            eightMaxima(q, i, min(j, c - CHANNELS), p[q + 13]);
            eightPlaces(q, i, min(j, c - CHANNELS));
          }
        }
      }
    }
  }

  /** {@link PoolKernels#maximumGradient}. */
  void maximaGradient(int q) {
    int c = p[q + 6];
    if (eights(c) == 0) {
      maximumGradient(q);
    } else {
      int n = p[q + 1] / c;
      int end = end(n);
      for (int i = first(n); i < end; i++) {
        for (int j = 0; j < c; j += CHANNELS) {
          eightMaximaGradients(q, i, min(j, c - CHANNELS));
        }
      }
    }
  }

  /** {@link PoolKernels#average}. */
  void averages(int q) {
    int c = p[q + 6];
    if (eights(c) == 0) {
      average(q);
    } else {
      int n = p[q + 1] / c;
      int end = end(n);
      for (int i = first(n); i < end; i++) {
        for (int j = 0; j < c; j += CHANNELS) {
          eightAverages(q, i, min(j, c - CHANNELS));
        }
      }
    }
  }

  /** {@link PoolKernels#averageGradient}. */
  void averagesGradient(int q) {
    int c = p[q + 6];
    if (eights(c) == 0) {
      averageGradient(q);
    } else {
      int n = p[q + 1] / c;
      int end = end(n);
      for (int i = first(n); i < end; i++) {
        for (int j = 0; j < c; j += CHANNELS) {
          eightAverageGradients(q, i, min(j, c - CHANNELS));
        }
      }
    }
  }

  // comparing with itself is the only way to ask for NaN that Aparapi translates
  @SuppressWarnings("IdentityBinaryExpression")
  private void eightMaxima(int q, int cell, int j, int place) {
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    int line = cell / ow;
    int image = line / oh;
    int base = inside(p[q + 2]) + image * h * w * c + j;
    int v0 = low(q, cell - line * ow, w, ow);
    int v1 = high(q, cell - line * ow, w, ow);
    int u0 = low(q, line - image * oh, h, oh);
    int u1 = high(q, line - image * oh, h, oh);
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(place);
    int to = inside(place) + cell * c + j;
    float s0 = -1e38f * 10f;
    float s1 = -1e38f * 10f;
    float s2 = -1e38f * 10f;
    float s3 = -1e38f * 10f;
    float s4 = -1e38f * 10f;
    float s5 = -1e38f * 10f;
    float s6 = -1e38f * 10f;
    float s7 = -1e38f * 10f;
    for (int u = u0; u < u1; u++) {
      int a = base + (u * w + v0) * c;
      for (int v = v0; v < v1; v++) {
        float x0 = xs[a];
        float x1 = xs[a + 1];
        float x2 = xs[a + 2];
        float x3 = xs[a + 3];
        float x4 = xs[a + 4];
        float x5 = xs[a + 5];
        float x6 = xs[a + 6];
        float x7 = xs[a + 7];
        // NaN wins and stays, as with Math.max; Aparapi takes !(x <= y) for x > y
        if (x0 > s0 || x0 != x0) {
          s0 = x0;
        }
        if (x1 > s1 || x1 != x1) {
          s1 = x1;
        }
        if (x2 > s2 || x2 != x2) {
          s2 = x2;
        }
        if (x3 > s3 || x3 != x3) {
          s3 = x3;
        }
        if (x4 > s4 || x4 != x4) {
          s4 = x4;
        }
        if (x5 > s5 || x5 != x5) {
          s5 = x5;
        }
        if (x6 > s6 || x6 != x6) {
          s6 = x6;
        }
        if (x7 > s7 || x7 != x7) {
          s7 = x7;
        }
        a += c;
      }
    }
    ys[to] = s0;
    ys[to + 1] = s1;
    ys[to + 2] = s2;
    ys[to + 3] = s3;
    ys[to + 4] = s4;
    ys[to + 5] = s5;
    ys[to + 6] = s6;
    ys[to + 7] = s7;
  }

  /** The first places of the maxima: the last ones on the way back. */
  @SuppressWarnings("IdentityBinaryExpression")
  private void eightPlaces(int q, int cell, int j) {
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    int line = cell / ow;
    int image = line / oh;
    int base = inside(p[q + 2]) + image * h * w * c + j;
    int v0 = low(q, cell - line * ow, w, ow);
    int v1 = high(q, cell - line * ow, w, ow);
    int u0 = low(q, line - image * oh, h, oh);
    int u1 = high(q, line - image * oh, h, oh);
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int to = inside(p[q + 3]) + cell * c + j;
    float[] bests = memory(p[q + 13]);
    int best = inside(p[q + 13]) + cell * c + j;
    float s0 = bests[best];
    float s1 = bests[best + 1];
    float s2 = bests[best + 2];
    float s3 = bests[best + 3];
    float s4 = bests[best + 4];
    float s5 = bests[best + 5];
    float s6 = bests[best + 6];
    float s7 = bests[best + 7];
    float f0 = 0f;
    float f1 = 0f;
    float f2 = 0f;
    float f3 = 0f;
    float f4 = 0f;
    float f5 = 0f;
    float f6 = 0f;
    float f7 = 0f;
    for (int u = u1 - 1; u >= u0; u--) {
      int a = base + (u * w + v1 - 1) * c;
      for (int v = v1 - 1; v >= v0; v--) {
        float place = u * w + v;
        float x0 = xs[a];
        float x1 = xs[a + 1];
        float x2 = xs[a + 2];
        float x3 = xs[a + 3];
        float x4 = xs[a + 4];
        float x5 = xs[a + 5];
        float x6 = xs[a + 6];
        float x7 = xs[a + 7];
        if (x0 == s0 || x0 != x0) {
          f0 = place;
        }
        if (x1 == s1 || x1 != x1) {
          f1 = place;
        }
        if (x2 == s2 || x2 != x2) {
          f2 = place;
        }
        if (x3 == s3 || x3 != x3) {
          f3 = place;
        }
        if (x4 == s4 || x4 != x4) {
          f4 = place;
        }
        if (x5 == s5 || x5 != x5) {
          f5 = place;
        }
        if (x6 == s6 || x6 != x6) {
          f6 = place;
        }
        if (x7 == s7 || x7 != x7) {
          f7 = place;
        }
        a -= c;
      }
    }
    ys[to] = f0;
    ys[to + 1] = f1;
    ys[to + 2] = f2;
    ys[to + 3] = f3;
    ys[to + 4] = f4;
    ys[to + 5] = f5;
    ys[to + 6] = f6;
    ys[to + 7] = f7;
  }

  private void eightMaximaGradients(int q, int position, int j) {
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    int line = position / w;
    int image = line / h;
    int u = line - image * h;
    int v = position - line * w;
    int base = image * oh * ow * c + j;
    int j0 = firstCell(q, v, w, ow);
    int j1 = lastCell(q, v, w, ow);
    int i1 = lastCell(q, u, h, oh);
    float[] gs = memory(p[q + 2]);
    int from = inside(p[q + 2]) + base;
    float[] ys = memory(p[q + 3]);
    int to = inside(p[q + 3]) + position * c + j;
    float[] places = memory(p[q + 13]);
    int found = inside(p[q + 13]) + base;
    float place = u * w + v;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    for (int i = firstCell(q, u, h, oh); i <= i1; i++) {
      int a = from + (i * ow + j0) * c;
      int b = found + (i * ow + j0) * c;
      for (int k = j0; k <= j1; k++) {
        float g0 = gs[a];
        float g1 = gs[a + 1];
        float g2 = gs[a + 2];
        float g3 = gs[a + 3];
        float g4 = gs[a + 4];
        float g5 = gs[a + 5];
        float g6 = gs[a + 6];
        float g7 = gs[a + 7];
        float f0 = places[b];
        float f1 = places[b + 1];
        float f2 = places[b + 2];
        float f3 = places[b + 3];
        float f4 = places[b + 4];
        float f5 = places[b + 5];
        float f6 = places[b + 6];
        float f7 = places[b + 7];
        if (f0 != place) {
          g0 = 0f;
        }
        if (f1 != place) {
          g1 = 0f;
        }
        if (f2 != place) {
          g2 = 0f;
        }
        if (f3 != place) {
          g3 = 0f;
        }
        if (f4 != place) {
          g4 = 0f;
        }
        if (f5 != place) {
          g5 = 0f;
        }
        if (f6 != place) {
          g6 = 0f;
        }
        if (f7 != place) {
          g7 = 0f;
        }
        s0 += g0;
        s1 += g1;
        s2 += g2;
        s3 += g3;
        s4 += g4;
        s5 += g5;
        s6 += g6;
        s7 += g7;
        a += c;
        b += c;
      }
    }
    ys[to] = s0;
    ys[to + 1] = s1;
    ys[to + 2] = s2;
    ys[to + 3] = s3;
    ys[to + 4] = s4;
    ys[to + 5] = s5;
    ys[to + 6] = s6;
    ys[to + 7] = s7;
  }

  private void eightAverages(int q, int cell, int j) {
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    int line = cell / ow;
    int image = line / oh;
    int base = inside(p[q + 2]) + image * h * w * c + j;
    int v0 = low(q, cell - line * ow, w, ow);
    int v1 = high(q, cell - line * ow, w, ow);
    int u0 = low(q, line - image * oh, h, oh);
    int u1 = high(q, line - image * oh, h, oh);
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int to = inside(p[q + 3]) + cell * c + j;
    float count = (u1 - u0) * (v1 - v0);
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    for (int u = u0; u < u1; u++) {
      int a = base + (u * w + v0) * c;
      for (int v = v0; v < v1; v++) {
        s0 += xs[a];
        s1 += xs[a + 1];
        s2 += xs[a + 2];
        s3 += xs[a + 3];
        s4 += xs[a + 4];
        s5 += xs[a + 5];
        s6 += xs[a + 6];
        s7 += xs[a + 7];
        a += c;
      }
    }
    ys[to] = s0 / count;
    ys[to + 1] = s1 / count;
    ys[to + 2] = s2 / count;
    ys[to + 3] = s3 / count;
    ys[to + 4] = s4 / count;
    ys[to + 5] = s5 / count;
    ys[to + 6] = s6 / count;
    ys[to + 7] = s7 / count;
  }

  private void eightAverageGradients(int q, int position, int j) {
    int h = p[q + 4];
    int w = p[q + 5];
    int c = p[q + 6];
    int oh = p[q + 7];
    int ow = p[q + 8];
    int line = position / w;
    int image = line / h;
    int u = line - image * h;
    int v = position - line * w;
    int base = image * oh * ow * c + j;
    int j0 = firstCell(q, v, w, ow);
    int j1 = lastCell(q, v, w, ow);
    int i1 = lastCell(q, u, h, oh);
    float[] gs = memory(p[q + 2]);
    int from = inside(p[q + 2]) + base;
    float[] ys = memory(p[q + 3]);
    int to = inside(p[q + 3]) + position * c + j;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    for (int i = firstCell(q, u, h, oh); i <= i1; i++) {
      int u0 = low(q, i, h, oh);
      int u1 = high(q, i, h, oh);
      int a = from + (i * ow + j0) * c;
      for (int k = j0; k <= j1; k++) {
        int v0 = low(q, k, w, ow);
        int v1 = high(q, k, w, ow);
        if (u >= u0 && u < u1 && v >= v0 && v < v1) {
          float count = (u1 - u0) * (v1 - v0);
          s0 += gs[a] / count;
          s1 += gs[a + 1] / count;
          s2 += gs[a + 2] / count;
          s3 += gs[a + 3] / count;
          s4 += gs[a + 4] / count;
          s5 += gs[a + 5] / count;
          s6 += gs[a + 6] / count;
          s7 += gs[a + 7] / count;
        }
        a += c;
      }
    }
    ys[to] = s0;
    ys[to + 1] = s1;
    ys[to + 2] = s2;
    ys[to + 3] = s3;
    ys[to + 4] = s4;
    ys[to + 5] = s5;
    ys[to + 6] = s6;
    ys[to + 7] = s7;
  }
}
