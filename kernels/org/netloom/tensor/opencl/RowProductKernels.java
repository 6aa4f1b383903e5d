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

  /** The last columns of a row overlap the ones before: both are the same values. */
  private void wideProduct(int q) {
    int down = (p[q + 1] + ROWS - 1) / ROWS;
    int across = (p[q + 2] + COLUMNS - 1) / COLUMNS;
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
      i = i * ROWS;
      j = min(j * COLUMNS, p[q + 2] - COLUMNS);
      int batch = part / slices;
      pair(q, i, j, batch, part - batch * slices);
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
    int left = p[q + 6] + batch * p[q + 7];
    int from0 = left + offset(p[q + 8], i);
    int from1 = left + offset(p[q + 8], next);
    int right = p[q + 13] + batch * p[q + 14] + j;
    int row = p[q + 15];
    int apart = p[q + 21];
    int run = p[q + 16];
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s04 = 0f;
    float s05 = 0f;
    float s06 = 0f;
    float s07 = 0f;
    float s08 = 0f;
    float s09 = 0f;
    float s0a = 0f;
    float s0b = 0f;
    float s0c = 0f;
    float s0d = 0f;
    float s0e = 0f;
    float s0f = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s14 = 0f;
    float s15 = 0f;
    float s16 = 0f;
    float s17 = 0f;
    float s18 = 0f;
    float s19 = 0f;
    float s1a = 0f;
    float s1b = 0f;
    float s1c = 0f;
    float s1d = 0f;
    float s1e = 0f;
    float s1f = 0f;
    int length = 0;
    for (int k = slice * share; k < until; k += length) {
      int first = k % run;
      int start = k - first;
      length = min(run - first, until - k);
      int at = offset(p[q + 9], start);
      int y = placeY(p[q + 9], start);
      int x = placeX(p[q + 9], start);
      int low0 = low(q, placeY(p[q + 8], i) + y, placeX(p[q + 8], i) + x);
      int high0 = high(q, placeX(p[q + 8], i) + x);
      int low1 = low(q, placeY(p[q + 8], next) + y, placeX(p[q + 8], next) + x);
      int high1 = high(q, placeX(p[q + 8], next) + x);
      for (int e = first; e < first + length; e++) {
        float v0 = 0f;
        float v1 = 0f;
        if (e >= low0 && e < high0) {
          v0 = arena[from0 + at + e * apart];
        }
        if (e >= low1 && e < high1) {
          v1 = arena[from1 + at + e * apart];
        }
        int b = right + (start + e) * row;
        float b0 = arena[b];
        float b1 = arena[b + 1];
        float b2 = arena[b + 2];
        float b3 = arena[b + 3];
        float b4 = arena[b + 4];
        float b5 = arena[b + 5];
        float b6 = arena[b + 6];
        float b7 = arena[b + 7];
        float b8 = arena[b + 8];
        float b9 = arena[b + 9];
        float ba = arena[b + 10];
        float bb = arena[b + 11];
        float bc = arena[b + 12];
        float bd = arena[b + 13];
        float be = arena[b + 14];
        float bf = arena[b + 15];
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
      }
    }
    int to = p[q + 17] + batch * p[q + 18] + slice * p[q + 19] + j;
    int to0 = to + offset(p[q + 10], i);
    int to1 = to + offset(p[q + 10], next);
    arena[to1] = s10;
    arena[to1 + 1] = s11;
    arena[to1 + 2] = s12;
    arena[to1 + 3] = s13;
    arena[to1 + 4] = s14;
    arena[to1 + 5] = s15;
    arena[to1 + 6] = s16;
    arena[to1 + 7] = s17;
    arena[to1 + 8] = s18;
    arena[to1 + 9] = s19;
    arena[to1 + 10] = s1a;
    arena[to1 + 11] = s1b;
    arena[to1 + 12] = s1c;
    arena[to1 + 13] = s1d;
    arena[to1 + 14] = s1e;
    arena[to1 + 15] = s1f;
    arena[to0] = s00;
    arena[to0 + 1] = s01;
    arena[to0 + 2] = s02;
    arena[to0 + 3] = s03;
    arena[to0 + 4] = s04;
    arena[to0 + 5] = s05;
    arena[to0 + 6] = s06;
    arena[to0 + 7] = s07;
    arena[to0 + 8] = s08;
    arena[to0 + 9] = s09;
    arena[to0 + 10] = s0a;
    arena[to0 + 11] = s0b;
    arena[to0 + 12] = s0c;
    arena[to0 + 13] = s0d;
    arena[to0 + 14] = s0e;
    arena[to0 + 15] = s0f;
  }

  /** Results of fewer than sixteen columns, one value for each item. */
  private void narrowProduct(int q) {
    int m = p[q + 1];
    int n = p[q + 2];
    int slices = p[q + 5];
    int share = (p[q + 3] + slices - 1) / slices;
    int all = m * n * slices * p[q + 4];
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
      int from = p[q + 6] + batch * p[q + 7] + offset(p[q + 8], i);
      int right = p[q + 13] + batch * p[q + 14] + j;
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
          sum += arena[at + t * p[q + 21]] * arena[right + (start + t) * p[q + 15]];
        }
      }
      arena[p[q + 17] + batch * p[q + 18] + slice * p[q + 19] + offset(p[q + 10], i) + j] = sum;
    }
  }
}
