package org.netloom.tensor.opencl;

/**
 * Batch norm's element-wise passes for processors: an item computes eight neighbouring columns of
 * some rows at once, which a compiler turns into vectors, and what is behind the last eight one by
 * one: the result may be where an operand is.
 */
abstract class NormRowKernels extends ReduceRowKernels {
  private static final int COLUMNS = 8;

  /** {@link ReduceKernels#normalise}. */
  void normaliseRows(int q) {
    int c = p[q + 2];
    if (eights(c) == 0) {
      normalise(q);
    } else {
      int n = p[q + 1] / c;
      int from = first(n);
      int until = end(n);
      int whole = c / COLUMNS * COLUMNS;
      for (int j = 0; j < whole; j += COLUMNS) {
        normaliseEight(q, from, until, j);
      }
      for (int r = from; r < until; r++) {
        for (int j = whole; j < c; j++) {
          normaliseOne(q, r * c + j, j);
        }
      }
    }
  }

  private void normaliseEight(int q, int from, int until, int j) {
    int c = p[q + 2];
    float[] xs = memory(p[q + 3]);
    int x = inside(p[q + 3]) + from * c + j;
    float[] ys = memory(p[q + 4]);
    int y = inside(p[q + 4]) + from * c + j;
    float[] gains = memory(p[q + 5]);
    int gain = inside(p[q + 5]) + j;
    float[] offsets = memory(p[q + 6]);
    int offset = inside(p[q + 6]) + j;
    float[] means = memory(p[q + 7]);
    int mean = inside(p[q + 7]) + j;
    int kind = p[q + 9];
    float r0 = inverse(q, kind, j);
    float r1 = inverse(q, kind, j + 1);
    float r2 = inverse(q, kind, j + 2);
    float r3 = inverse(q, kind, j + 3);
    float r4 = inverse(q, kind, j + 4);
    float r5 = inverse(q, kind, j + 5);
    float r6 = inverse(q, kind, j + 6);
    float r7 = inverse(q, kind, j + 7);
    float m0 = means[mean];
    float m1 = means[mean + 1];
    float m2 = means[mean + 2];
    float m3 = means[mean + 3];
    float m4 = means[mean + 4];
    float m5 = means[mean + 5];
    float m6 = means[mean + 6];
    float m7 = means[mean + 7];
    float g0 = gains[gain];
    float g1 = gains[gain + 1];
    float g2 = gains[gain + 2];
    float g3 = gains[gain + 3];
    float g4 = gains[gain + 4];
    float g5 = gains[gain + 5];
    float g6 = gains[gain + 6];
    float g7 = gains[gain + 7];
    float o0 = offsets[offset];
    float o1 = offsets[offset + 1];
    float o2 = offsets[offset + 2];
    float o3 = offsets[offset + 3];
    float o4 = offsets[offset + 4];
    float o5 = offsets[offset + 5];
    float o6 = offsets[offset + 6];
    float o7 = offsets[offset + 7];
    if (kind == 1) {
      for (int r = from; r < until; r++) {
        float v0 = (xs[x] - m0) * r0 * g0 + o0;
        float v1 = (xs[x + 1] - m1) * r1 * g1 + o1;
        float v2 = (xs[x + 2] - m2) * r2 * g2 + o2;
        float v3 = (xs[x + 3] - m3) * r3 * g3 + o3;
        float v4 = (xs[x + 4] - m4) * r4 * g4 + o4;
        float v5 = (xs[x + 5] - m5) * r5 * g5 + o5;
        float v6 = (xs[x + 6] - m6) * r6 * g6 + o6;
        float v7 = (xs[x + 7] - m7) * r7 * g7 + o7;
        if (v0 <= 0f) {
          v0 = 0f;
        }
        if (v1 <= 0f) {
          v1 = 0f;
        }
        if (v2 <= 0f) {
          v2 = 0f;
        }
        if (v3 <= 0f) {
          v3 = 0f;
        }
        if (v4 <= 0f) {
          v4 = 0f;
        }
        if (v5 <= 0f) {
          v5 = 0f;
        }
        if (v6 <= 0f) {
          v6 = 0f;
        }
        if (v7 <= 0f) {
          v7 = 0f;
        }
        ys[y] = v0;
        ys[y + 1] = v1;
        ys[y + 2] = v2;
        ys[y + 3] = v3;
        ys[y + 4] = v4;
        ys[y + 5] = v5;
        ys[y + 6] = v6;
        ys[y + 7] = v7;
        x += c;
        y += c;
      }
    } else {
      for (int r = from; r < until; r++) {
        float v0 = (xs[x] - m0) * r0 * g0 + o0;
        float v1 = (xs[x + 1] - m1) * r1 * g1 + o1;
        float v2 = (xs[x + 2] - m2) * r2 * g2 + o2;
        float v3 = (xs[x + 3] - m3) * r3 * g3 + o3;
        float v4 = (xs[x + 4] - m4) * r4 * g4 + o4;
        float v5 = (xs[x + 5] - m5) * r5 * g5 + o5;
        float v6 = (xs[x + 6] - m6) * r6 * g6 + o6;
        float v7 = (xs[x + 7] - m7) * r7 * g7 + o7;
        ys[y] = v0;
        ys[y + 1] = v1;
        ys[y + 2] = v2;
        ys[y + 3] = v3;
        ys[y + 4] = v4;
        ys[y + 5] = v5;
        ys[y + 6] = v6;
        ys[y + 7] = v7;
        x += c;
        y += c;
      }
    }
  }

  /** {@link ReduceKernels#normaliseGradient}. */
  void normaliseRowsGradient(int q) {
    int c = p[q + 2];
    if (eights(c) == 0) {
      normaliseGradient(q);
    } else {
      int n = p[q + 1] / c;
      int from = first(n);
      int until = end(n);
      int whole = c / COLUMNS * COLUMNS;
      for (int j = 0; j < whole; j += COLUMNS) {
        gradientEight(q, from, until, j);
      }
      for (int r = from; r < until; r++) {
        for (int j = whole; j < c; j++) {
          gradientOne(q, r * c + j, j);
        }
      }
    }
  }

  private void gradientEight(int q, int from, int until, int j) {
    int c = p[q + 2];
    float[] gxs = memory(p[q + 3]);
    int gx = inside(p[q + 3]) + from * c + j;
    float count = p[q + 4];
    float[] gys = memory(p[q + 6]);
    int gy = inside(p[q + 6]) + from * c + j;
    float[] xs = memory(p[q + 7]);
    int x = inside(p[q + 7]) + from * c + j;
    float[] gains = memory(p[q + 8]);
    int gain = inside(p[q + 8]) + j;
    float[] means = memory(p[q + 10]);
    int mean = inside(p[q + 10]) + j;
    float[] rstds = memory(p[q + 11]);
    int rstd = inside(p[q + 11]) + j;
    float[] ones = memory(p[q + 12]);
    int one = inside(p[q + 12]) + j;
    float[] twos = memory(p[q + 13]);
    int two = inside(p[q + 13]) + j;
    float w0 = gains[gain];
    float w1 = gains[gain + 1];
    float w2 = gains[gain + 2];
    float w3 = gains[gain + 3];
    float w4 = gains[gain + 4];
    float w5 = gains[gain + 5];
    float w6 = gains[gain + 6];
    float w7 = gains[gain + 7];
    float m0 = means[mean];
    float m1 = means[mean + 1];
    float m2 = means[mean + 2];
    float m3 = means[mean + 3];
    float m4 = means[mean + 4];
    float m5 = means[mean + 5];
    float m6 = means[mean + 6];
    float m7 = means[mean + 7];
    float r0 = rstds[rstd];
    float r1 = rstds[rstd + 1];
    float r2 = rstds[rstd + 2];
    float r3 = rstds[rstd + 3];
    float r4 = rstds[rstd + 4];
    float r5 = rstds[rstd + 5];
    float r6 = rstds[rstd + 6];
    float r7 = rstds[rstd + 7];
    float s0 = ones[one];
    float s1 = ones[one + 1];
    float s2 = ones[one + 2];
    float s3 = ones[one + 3];
    float s4 = ones[one + 4];
    float s5 = ones[one + 5];
    float s6 = ones[one + 6];
    float s7 = ones[one + 7];
    float t0 = twos[two];
    float t1 = twos[two + 1];
    float t2 = twos[two + 2];
    float t3 = twos[two + 3];
    float t4 = twos[two + 4];
    float t5 = twos[two + 5];
    float t6 = twos[two + 6];
    float t7 = twos[two + 7];
    if (p[q + 5] == 3) {
      float[] offsets = memory(p[q + 9]);
      int offset = inside(p[q + 9]) + j;
      float o0 = offsets[offset];
      float o1 = offsets[offset + 1];
      float o2 = offsets[offset + 2];
      float o3 = offsets[offset + 3];
      float o4 = offsets[offset + 4];
      float o5 = offsets[offset + 5];
      float o6 = offsets[offset + 6];
      float o7 = offsets[offset + 7];
      for (int r = from; r < until; r++) {
        float h0 = (xs[x] - m0) * r0;
        float h1 = (xs[x + 1] - m1) * r1;
        float h2 = (xs[x + 2] - m2) * r2;
        float h3 = (xs[x + 3] - m3) * r3;
        float h4 = (xs[x + 4] - m4) * r4;
        float h5 = (xs[x + 5] - m5) * r5;
        float h6 = (xs[x + 6] - m6) * r6;
        float h7 = (xs[x + 7] - m7) * r7;
        float g0 = gys[gy];
        float g1 = gys[gy + 1];
        float g2 = gys[gy + 2];
        float g3 = gys[gy + 3];
        float g4 = gys[gy + 4];
        float g5 = gys[gy + 5];
        float g6 = gys[gy + 6];
        float g7 = gys[gy + 7];
        if (!(h0 * w0 + o0 > 0f)) {
          g0 = 0f;
        }
        if (!(h1 * w1 + o1 > 0f)) {
          g1 = 0f;
        }
        if (!(h2 * w2 + o2 > 0f)) {
          g2 = 0f;
        }
        if (!(h3 * w3 + o3 > 0f)) {
          g3 = 0f;
        }
        if (!(h4 * w4 + o4 > 0f)) {
          g4 = 0f;
        }
        if (!(h5 * w5 + o5 > 0f)) {
          g5 = 0f;
        }
        if (!(h6 * w6 + o6 > 0f)) {
          g6 = 0f;
        }
        if (!(h7 * w7 + o7 > 0f)) {
          g7 = 0f;
        }
        gxs[gx] = w0 * r0 * (g0 - (t0 + h0 * s0) / count);
        gxs[gx + 1] = w1 * r1 * (g1 - (t1 + h1 * s1) / count);
        gxs[gx + 2] = w2 * r2 * (g2 - (t2 + h2 * s2) / count);
        gxs[gx + 3] = w3 * r3 * (g3 - (t3 + h3 * s3) / count);
        gxs[gx + 4] = w4 * r4 * (g4 - (t4 + h4 * s4) / count);
        gxs[gx + 5] = w5 * r5 * (g5 - (t5 + h5 * s5) / count);
        gxs[gx + 6] = w6 * r6 * (g6 - (t6 + h6 * s6) / count);
        gxs[gx + 7] = w7 * r7 * (g7 - (t7 + h7 * s7) / count);
        x += c;
        gy += c;
        gx += c;
      }
    } else {
      for (int r = from; r < until; r++) {
        float h0 = (xs[x] - m0) * r0;
        float h1 = (xs[x + 1] - m1) * r1;
        float h2 = (xs[x + 2] - m2) * r2;
        float h3 = (xs[x + 3] - m3) * r3;
        float h4 = (xs[x + 4] - m4) * r4;
        float h5 = (xs[x + 5] - m5) * r5;
        float h6 = (xs[x + 6] - m6) * r6;
        float h7 = (xs[x + 7] - m7) * r7;
        float g0 = gys[gy];
        float g1 = gys[gy + 1];
        float g2 = gys[gy + 2];
        float g3 = gys[gy + 3];
        float g4 = gys[gy + 4];
        float g5 = gys[gy + 5];
        float g6 = gys[gy + 6];
        float g7 = gys[gy + 7];
        gxs[gx] = w0 * r0 * (g0 - (t0 + h0 * s0) / count);
        gxs[gx + 1] = w1 * r1 * (g1 - (t1 + h1 * s1) / count);
        gxs[gx + 2] = w2 * r2 * (g2 - (t2 + h2 * s2) / count);
        gxs[gx + 3] = w3 * r3 * (g3 - (t3 + h3 * s3) / count);
        gxs[gx + 4] = w4 * r4 * (g4 - (t4 + h4 * s4) / count);
        gxs[gx + 5] = w5 * r5 * (g5 - (t5 + h5 * s5) / count);
        gxs[gx + 6] = w6 * r6 * (g6 - (t6 + h6 * s6) / count);
        gxs[gx + 7] = w7 * r7 * (g7 - (t7 + h7 * s7) / count);
        x += c;
        gy += c;
        gx += c;
      }
    }
  }

  /** Value i, of column j. */
  private void normaliseOne(int q, int i, int j) {
    int kind = p[q + 9];
    float v = operand(q, 3, i) - operand(q, 7, j);
    v = v * inverse(q, kind, j) * operand(q, 5, j) + operand(q, 6, j);
    if (kind == 1) {
      v = rectified(v);
    }
    memory(p[q + 4])[inside(p[q + 4]) + i] = v;
  }

  /** 1/√(variance + ε) of column j. */
  private float inverse(int q, int kind, int j) {
    float r = operand(q, 8, j);
    if (kind == 2) {
      r = 1f / sqrt(r + f[p[q + 10]]);
    }
    return r;
  }

  /** Value i, of column j. */
  private void gradientOne(int q, int i, int j) {
    float count = p[q + 4];
    float r = operand(q, 11, j);
    float hat = (operand(q, 7, i) - operand(q, 10, j)) * r;
    float gain = operand(q, 8, j);
    float g = operand(q, 6, i);
    if (p[q + 5] == 3 && !(hat * gain + operand(q, 9, j) > 0f)) {
      g = 0f;
    }
    memory(p[q + 3])[inside(p[q + 3]) + i] =
        gain * r * (g - (operand(q, 13, j) + hat * operand(q, 12, j)) / count);
  }
}
