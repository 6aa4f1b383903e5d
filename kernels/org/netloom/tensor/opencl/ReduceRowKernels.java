package org.netloom.tensor.opencl;

/**
 * Batch norm's passes for processors: an item computes eight neighbouring columns of some rows at
 * once, which a compiler turns into vectors, and the columns behind the last eight one by one.
 */
abstract class ReduceRowKernels extends ReduceKernels {
  private static final int COLUMNS = 8;

  /** {@link ReduceKernels#columns}; the last eight columns may overlap the ones before. */
  void columnSums(int q) {
    int kind = p[q + 1];
    int c = p[q + 3];
    if (eights(c) == 0 || kind > 3) {
      columns(q);
    } else {
      int blocks = p[q + 4];
      int end = end(blocks);
      for (int i = first(blocks); i < end; i++) {
        for (int j = 0; j < c; j += COLUMNS) {
          if (kind < 2) {
            eightMoments(q, kind, i, min(j, c - COLUMNS));
          } else {
            eightGradients(q, kind, i, min(j, c - COLUMNS));
          }
        }
      }
    }
  }

  private void eightMoments(int q, int kind, int block, int j) {
    int c = p[q + 3];
    int from = block * Tiles.BLOCK;
    int until = min(p[q + 2], from + Tiles.BLOCK);
    int row = p[q + 7];
    float[] xs = memory(p[q + 6]);
    float[] tos = memory(p[q + 5]);
    int one = inside(p[q + 5]) + block * 2 * c + j;
    int two = one + c;
    int start = inside(p[q + 6]) + j + from * row;
    int a = start;
    float count = until - from;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    for (int r = from; r < until; r++) {
      s0 += xs[a];
      s1 += xs[a + 1];
      s2 += xs[a + 2];
      s3 += xs[a + 3];
      s4 += xs[a + 4];
      s5 += xs[a + 5];
      s6 += xs[a + 6];
      s7 += xs[a + 7];
      a += row;
    }
    if (kind == 1) {
      s0 = s0 / count;
      s1 = s1 / count;
      s2 = s2 / count;
      s3 = s3 / count;
      s4 = s4 / count;
      s5 = s5 / count;
      s6 = s6 / count;
      s7 = s7 / count;
      float t0 = 0f;
      float t1 = 0f;
      float t2 = 0f;
      float t3 = 0f;
      float t4 = 0f;
      float t5 = 0f;
      float t6 = 0f;
      float t7 = 0f;
      int b = start;
      for (int r = from; r < until; r++) {
        float d0 = xs[b] - s0;
        float d1 = xs[b + 1] - s1;
        float d2 = xs[b + 2] - s2;
        float d3 = xs[b + 3] - s3;
        float d4 = xs[b + 4] - s4;
        float d5 = xs[b + 5] - s5;
        float d6 = xs[b + 6] - s6;
        float d7 = xs[b + 7] - s7;
        t0 += d0 * d0;
        t1 += d1 * d1;
        t2 += d2 * d2;
        t3 += d3 * d3;
        t4 += d4 * d4;
        t5 += d5 * d5;
        t6 += d6 * d6;
        t7 += d7 * d7;
        b += row;
      }
      tos[two] = t0;
      tos[two + 1] = t1;
      tos[two + 2] = t2;
      tos[two + 3] = t3;
      tos[two + 4] = t4;
      tos[two + 5] = t5;
      tos[two + 6] = t6;
      tos[two + 7] = t7;
    }
    tos[one] = s0;
    tos[one + 1] = s1;
    tos[one + 2] = s2;
    tos[one + 3] = s3;
    tos[one + 4] = s4;
    tos[one + 5] = s5;
    tos[one + 6] = s6;
    tos[one + 7] = s7;
  }

  private void eightGradients(int q, int kind, int block, int j) {
    int c = p[q + 3];
    int from = block * Tiles.BLOCK;
    int until = min(p[q + 2], from + Tiles.BLOCK);
    float[] gs = memory(p[q + 6]);
    int a = inside(p[q + 6]) + from * c + j;
    float[] xs = memory(p[q + 7]);
    int b = inside(p[q + 7]) + from * c + j;
    float[] means = memory(p[q + 10]);
    int mean = inside(p[q + 10]) + j;
    float[] rstds = memory(p[q + 11]);
    int rstd = inside(p[q + 11]) + j;
    float[] tos = memory(p[q + 5]);
    int one = inside(p[q + 5]) + block * 2 * c + j;
    int two = one + c;
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
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    float t0 = 0f;
    float t1 = 0f;
    float t2 = 0f;
    float t3 = 0f;
    float t4 = 0f;
    float t5 = 0f;
    float t6 = 0f;
    float t7 = 0f;
    if (kind == 2) {
      for (int r = from; r < until; r++) {
        float g0 = gs[a];
        float g1 = gs[a + 1];
        float g2 = gs[a + 2];
        float g3 = gs[a + 3];
        float g4 = gs[a + 4];
        float g5 = gs[a + 5];
        float g6 = gs[a + 6];
        float g7 = gs[a + 7];
        float h0 = (xs[b] - m0) * r0;
        float h1 = (xs[b + 1] - m1) * r1;
        float h2 = (xs[b + 2] - m2) * r2;
        float h3 = (xs[b + 3] - m3) * r3;
        float h4 = (xs[b + 4] - m4) * r4;
        float h5 = (xs[b + 5] - m5) * r5;
        float h6 = (xs[b + 6] - m6) * r6;
        float h7 = (xs[b + 7] - m7) * r7;
        s0 += g0 * h0;
        s1 += g1 * h1;
        s2 += g2 * h2;
        s3 += g3 * h3;
        s4 += g4 * h4;
        s5 += g5 * h5;
        s6 += g6 * h6;
        s7 += g7 * h7;
        t0 += g0;
        t1 += g1;
        t2 += g2;
        t3 += g3;
        t4 += g4;
        t5 += g5;
        t6 += g6;
        t7 += g7;
        a += c;
        b += c;
      }
    } else {
      float[] gains = memory(p[q + 8]);
      int gain = inside(p[q + 8]) + j;
      float[] offsets = memory(p[q + 9]);
      int offset = inside(p[q + 9]) + j;
      float w0 = gains[gain];
      float w1 = gains[gain + 1];
      float w2 = gains[gain + 2];
      float w3 = gains[gain + 3];
      float w4 = gains[gain + 4];
      float w5 = gains[gain + 5];
      float w6 = gains[gain + 6];
      float w7 = gains[gain + 7];
      float o0 = offsets[offset];
      float o1 = offsets[offset + 1];
      float o2 = offsets[offset + 2];
      float o3 = offsets[offset + 3];
      float o4 = offsets[offset + 4];
      float o5 = offsets[offset + 5];
      float o6 = offsets[offset + 6];
      float o7 = offsets[offset + 7];
      for (int r = from; r < until; r++) {
        float g0 = gs[a];
        float g1 = gs[a + 1];
        float g2 = gs[a + 2];
        float g3 = gs[a + 3];
        float g4 = gs[a + 4];
        float g5 = gs[a + 5];
        float g6 = gs[a + 6];
        float g7 = gs[a + 7];
        float h0 = (xs[b] - m0) * r0;
        float h1 = (xs[b + 1] - m1) * r1;
        float h2 = (xs[b + 2] - m2) * r2;
        float h3 = (xs[b + 3] - m3) * r3;
        float h4 = (xs[b + 4] - m4) * r4;
        float h5 = (xs[b + 5] - m5) * r5;
        float h6 = (xs[b + 6] - m6) * r6;
        float h7 = (xs[b + 7] - m7) * r7;
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
        s0 += g0 * h0;
        s1 += g1 * h1;
        s2 += g2 * h2;
        s3 += g3 * h3;
        s4 += g4 * h4;
        s5 += g5 * h5;
        s6 += g6 * h6;
        s7 += g7 * h7;
        t0 += g0;
        t1 += g1;
        t2 += g2;
        t3 += g3;
        t4 += g4;
        t5 += g5;
        t6 += g6;
        t7 += g7;
        a += c;
        b += c;
      }
    }
    tos[one] = s0;
    tos[one + 1] = s1;
    tos[one + 2] = s2;
    tos[one + 3] = s3;
    tos[one + 4] = s4;
    tos[one + 5] = s5;
    tos[one + 6] = s6;
    tos[one + 7] = s7;
    tos[two] = t0;
    tos[two + 1] = t1;
    tos[two + 2] = t2;
    tos[two + 3] = t3;
    tos[two + 4] = t4;
    tos[two + 5] = t5;
    tos[two + 6] = t6;
    tos[two + 7] = t7;
  }
}
