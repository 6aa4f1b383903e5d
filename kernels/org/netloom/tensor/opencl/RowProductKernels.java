package org.netloom.tensor.opencl;

/**
 * The products of {@link ProductKernels} for processors: an item keeps 2×16 sums in registers,
 * which a compiler turns into vectors, and there is no local memory to fill.
 */
abstract class RowProductKernels extends ProductKernels {
  /** Rows and columns of the result that an item computes at once. */
  private static final int ROWS = 2;

  private static final int COLUMNS = 16;

  void rowProduct(int q) {
    if (p[q + 2] < COLUMNS) {
      narrowProduct(q);
    } else {
      wideProduct(q);
    }
  }

  /**
   * The last columns of a row may overlap the ones before. One item computes both, one after the
   * other: sums grow in the arena, where two items would add to each other's.
   */
  private void wideProduct(int q) {
    int down = (p[q + 1] + ROWS - 1) / ROWS;
    int across = p[q + 2] / COLUMNS;
    int rest = p[q + 2] - across * COLUMNS;
    int slices = p[q + 5];
    int all = down * across * slices * p[q + 4];
    int end = end(all);
    int step = step();
    int large = p[q + 2] / 256 * p[q + 3] / 256;
    for (int e = first(all); e < end; e += step) {
      int line = e / across;
      int part = line / down;
      int i = line - part * down;
      int j = e - line * across;
      if (large > 0) {
        // all rows of few columns, so that these columns of B stay in a cache
        i = e % down;
        j = e / down % across;
      }
      int batch = part / slices;
      int more = 0;
      if (j == across - 1) {
        more = rest;
      }
      for (int over = 0; over <= more; over += max(1, more)) {
        pair(q, i * ROWS, j * COLUMNS + over, batch, part - batch * slices);
      }
    }
  }

  /** First term of a run that is inside the map; behind the run where none is. */
  private int low(int q, int y, int x) {
    int at = 0;
    int next = p[q + 22];
    if (y < 0 || y >= p[q + 11] || next == 0 && (x < 0 || x >= p[q + 12])) {
      at = p[q + 16];
    } else if (next != 0 && x < 0) {
      at = (next - 1 - x) / next;
    }
    return at;
  }

  /** Behind the last term of a run that is inside the map. */
  private int high(int q, int x) {
    int at = p[q + 16];
    int next = p[q + 22];
    if (next != 0) {
      at = max(0, (p[q + 12] - x + next - 1) / next);
    }
    return at;
  }

  /** Two rows and sixteen columns of one slice's result. */
  private void pair(int q, int i, int j, int batch, int slice) {
    int share = (p[q + 3] + p[q + 5] - 1) / p[q + 5];
    int until = min(p[q + 3], (slice + 1) * share);
    int next = min(i + 1, p[q + 1] - 1);
    int left = inside(p[q + 6]) + batch * p[q + 7];
    int right = inside(p[q + 13]) + batch * p[q + 14] + j;
    int to = inside(p[q + 17]) + batch * p[q + 18] + slice * p[q + 19] + j;
    int to0 = to + offset(p[q + 10], i);
    int to1 = to + offset(p[q + 10], next);
    int run = p[q + 16];
    float[] lefts = memory(p[q + 6]);
    float[] rights = memory(p[q + 13]);
    float[] results = memory(p[q + 17]);
    zero(results, to1);
    zero(results, to0);
    int length = 0;
    for (int k = slice * share; k < until; k += length) {
      int first = k % run;
      int start = k - first;
      length = min(run - first, until - k);
      int at = left + offset(p[q + 9], start);
      int y = placeY(p[q + 9], start);
      int x = placeX(p[q + 9], start);
      int x0 = x + placeX(p[q + 8], i);
      int x1 = x + placeX(p[q + 8], next);
      int low0 = max(first, low(q, y + placeY(p[q + 8], i), x0));
      int low1 = max(first, low(q, y + placeY(p[q + 8], next), x1));
      int high0 = min(first + length, high(q, x0));
      int high1 = min(first + length, high(q, x1));
      int from0 = at + offset(p[q + 8], i);
      int from1 = at + offset(p[q + 8], next);
      if (next == i) {
        high1 = low1;
      }
      add(
          lefts,
          rights,
          results,
          q,
          from0,
          from1,
          low0,
          high0,
          low1,
          high1,
          right + start * p[q + 15],
          to0,
          to1);
    }
  }

  private void zero(float[] values, int to) {
    values[to] = 0f;
    values[to + 1] = 0f;
    values[to + 2] = 0f;
    values[to + 3] = 0f;
    values[to + 4] = 0f;
    values[to + 5] = 0f;
    values[to + 6] = 0f;
    values[to + 7] = 0f;
    values[to + 8] = 0f;
    values[to + 9] = 0f;
    values[to + 10] = 0f;
    values[to + 11] = 0f;
    values[to + 12] = 0f;
    values[to + 13] = 0f;
    values[to + 14] = 0f;
    values[to + 15] = 0f;
  }

  /** Adds the terms of a run that are inside the map to both rows. */
  private void add(
      float[] lefts,
      float[] rights,
      float[] values,
      int q,
      int from0,
      int from1,
      int low0,
      int high0,
      int low1,
      int high1,
      int right,
      int to0,
      int to1) {
    int row = p[q + 15];
    int apart = p[q + 21];
    int end = max(high0, high1);
    float s00 = values[to0];
    float s01 = values[to0 + 1];
    float s02 = values[to0 + 2];
    float s03 = values[to0 + 3];
    float s04 = values[to0 + 4];
    float s05 = values[to0 + 5];
    float s06 = values[to0 + 6];
    float s07 = values[to0 + 7];
    float s08 = values[to0 + 8];
    float s09 = values[to0 + 9];
    float s0a = values[to0 + 10];
    float s0b = values[to0 + 11];
    float s0c = values[to0 + 12];
    float s0d = values[to0 + 13];
    float s0e = values[to0 + 14];
    float s0f = values[to0 + 15];
    float s10 = values[to1];
    float s11 = values[to1 + 1];
    float s12 = values[to1 + 2];
    float s13 = values[to1 + 3];
    float s14 = values[to1 + 4];
    float s15 = values[to1 + 5];
    float s16 = values[to1 + 6];
    float s17 = values[to1 + 7];
    float s18 = values[to1 + 8];
    float s19 = values[to1 + 9];
    float s1a = values[to1 + 10];
    float s1b = values[to1 + 11];
    float s1c = values[to1 + 12];
    float s1d = values[to1 + 13];
    float s1e = values[to1 + 14];
    float s1f = values[to1 + 15];
    int begin = min(low0, low1);
    int b = right + begin * row;
    for (int e = begin; e < end; e++) {
      float v0 = 0f;
      float v1 = 0f;
      if (e >= low0 && e < high0) {
        v0 = lefts[from0 + e * apart];
      }
      if (e >= low1 && e < high1) {
        v1 = lefts[from1 + e * apart];
      }
      float b0 = rights[b];
      float b1 = rights[b + 1];
      float b2 = rights[b + 2];
      float b3 = rights[b + 3];
      float b4 = rights[b + 4];
      float b5 = rights[b + 5];
      float b6 = rights[b + 6];
      float b7 = rights[b + 7];
      float b8 = rights[b + 8];
      float b9 = rights[b + 9];
      float ba = rights[b + 10];
      float bb = rights[b + 11];
      float bc = rights[b + 12];
      float bd = rights[b + 13];
      float be = rights[b + 14];
      float bf = rights[b + 15];
      s00 += v0 * b0;
      s01 += v0 * b1;
      s02 += v0 * b2;
      s03 += v0 * b3;
      s04 += v0 * b4;
      s05 += v0 * b5;
      s06 += v0 * b6;
      s07 += v0 * b7;
      s08 += v0 * b8;
      s09 += v0 * b9;
      s0a += v0 * ba;
      s0b += v0 * bb;
      s0c += v0 * bc;
      s0d += v0 * bd;
      s0e += v0 * be;
      s0f += v0 * bf;
      s10 += v1 * b0;
      s11 += v1 * b1;
      s12 += v1 * b2;
      s13 += v1 * b3;
      s14 += v1 * b4;
      s15 += v1 * b5;
      s16 += v1 * b6;
      s17 += v1 * b7;
      s18 += v1 * b8;
      s19 += v1 * b9;
      s1a += v1 * ba;
      s1b += v1 * bb;
      s1c += v1 * bc;
      s1d += v1 * bd;
      s1e += v1 * be;
      s1f += v1 * bf;
      b += row;
    }
    values[to1] = s10;
    values[to1 + 1] = s11;
    values[to1 + 2] = s12;
    values[to1 + 3] = s13;
    values[to1 + 4] = s14;
    values[to1 + 5] = s15;
    values[to1 + 6] = s16;
    values[to1 + 7] = s17;
    values[to1 + 8] = s18;
    values[to1 + 9] = s19;
    values[to1 + 10] = s1a;
    values[to1 + 11] = s1b;
    values[to1 + 12] = s1c;
    values[to1 + 13] = s1d;
    values[to1 + 14] = s1e;
    values[to1 + 15] = s1f;
    values[to0] = s00;
    values[to0 + 1] = s01;
    values[to0 + 2] = s02;
    values[to0 + 3] = s03;
    values[to0 + 4] = s04;
    values[to0 + 5] = s05;
    values[to0 + 6] = s06;
    values[to0 + 7] = s07;
    values[to0 + 8] = s08;
    values[to0 + 9] = s09;
    values[to0 + 10] = s0a;
    values[to0 + 11] = s0b;
    values[to0 + 12] = s0c;
    values[to0 + 13] = s0d;
    values[to0 + 14] = s0e;
    values[to0 + 15] = s0f;
  }

  /** Results of fewer than sixteen columns, one value for each item. */
  private void narrowProduct(int q) {
    int m = p[q + 1];
    int n = p[q + 2];
    int slices = p[q + 5];
    int share = (p[q + 3] + slices - 1) / slices;
    int all = m * n * slices * p[q + 4];
    float[] lefts = memory(p[q + 6]);
    float[] rights = memory(p[q + 13]);
    float[] results = memory(p[q + 17]);
    int end = end(all);
    int step = step();
    for (int e = first(all); e < end; e += step) {
      int line = e / n;
      int part = line / m;
      int i = line - part * m;
      int j = e - line * n;
      int batch = part / slices;
      int slice = part - batch * slices;
      int until = min(p[q + 3], (slice + 1) * share);
      int from = inside(p[q + 6]) + batch * p[q + 7] + offset(p[q + 8], i);
      int right = inside(p[q + 13]) + batch * p[q + 14] + j;
      float sum = 0f;
      int length = 0;
      for (int k = slice * share; k < until; k += length) {
        int first = k % p[q + 16];
        int start = k - first;
        length = min(p[q + 16] - first, until - k);
        int at = from + offset(p[q + 9], start);
        int x = placeX(p[q + 8], i) + placeX(p[q + 9], start);
        int low = max(first, low(q, placeY(p[q + 8], i) + placeY(p[q + 9], start), x));
        int high = min(first + length, high(q, x));
        for (int t = low; t < high; t++) {
          sum += lefts[at + t * p[q + 21]] * rights[right + (start + t) * p[q + 15]];
        }
      }
      int to = inside(p[q + 17]) + batch * p[q + 18] + slice * p[q + 19];
      results[to + offset(p[q + 10], i) + j] = sum;
    }
  }
}
