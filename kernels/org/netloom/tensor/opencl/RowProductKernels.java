package org.netloom.tensor.opencl;

/**
 * The products of {@link ProductKernels} for processors: an item keeps the sums of four rows in
 * registers, which a compiler turns into vectors, and there is no local memory to fill.
 */
abstract class RowProductKernels extends SixteenColumnKernels {
  /** Rows of the result that an item computes at once. */
  private static final int ROWS = 4;

  private static final int WIDE = 16;
  private static final int NARROW = 8;

  void rowProduct(int q) {
    if (p[q + 2] < NARROW) {
      narrowProduct(q);
    } else {
      wideProduct(q);
    }
  }

  /** The last columns of a row may overlap the ones before; one item computes both. */
  private void wideProduct(int q) {
    int n = p[q + 2];
    int down = (p[q + 1] + ROWS - 1) / ROWS;
    int across = max(1, n / WIDE);
    int slices = p[q + 5];
    int all = down * across * slices * p[q + 4];
    int end = end(all);
    int step = step();
    int large = n / 256 * p[q + 3] / 256;
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
      int slice = part - batch * slices;
      if (n >= WIDE) {
        sixteenColumns(q, i * ROWS, j * WIDE, batch, slice);
      }
      if (j == across - 1) {
        lastColumns(q, i * ROWS, batch, slice);
      }
    }
  }

  /** The columns behind the last sixteen. */
  private void lastColumns(int q, int i, int batch, int slice) {
    int n = p[q + 2];
    int rest = n % WIDE;
    if (n > WIDE && rest > NARROW) {
      sixteenColumns(q, i, n - WIDE, batch, slice);
    } else if (rest > 0) {
      if (rest > NARROW) {
        eightColumns(q, i, 0, batch, slice);
      }
      eightColumns(q, i, n - NARROW, batch, slice);
    }
  }

  /** Results of fewer than eight columns, one value for each item. */
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
      int from = inside(p[q + 6]) + batch(q, batch, 7, 25) + offset(p[q + 8], i);
      int right = inside(p[q + 13]) + batch(q, batch, 14, 26) + j;
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
      int to = inside(p[q + 17]) + batch(q, batch, 18, 27) + slice * p[q + 19];
      results[to + offset(p[q + 10], i) + j] = sum;
    }
  }
}
