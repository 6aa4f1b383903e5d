package org.netloom.tensor.opencl;

/**
 * Matrix products, dense and grouped convolutions and their gradients: one blocked kernel whose
 * left factor is addressed by sides.
 *
 * <p>A side gives an offset and a place (row, column) for an index: kind 0, stride: offset
 * index·stride at (0, 0); kind 1, sides b, c, map (height, width, channels), then step and start of
 * rows and columns: index = (n, i, j) of positions; kind 2, table: offset, row and column from a
 * table. The left factor's value (m, k) lies at the sum of both offsets, and is zero where the sum
 * of both places is outside the map. So padding, strides and dilations cost no copy.
 */
abstract class ProductKernels extends NormRowKernels {

  int offset(int s, int i) {
    int result = 0;
    if (p[s] == 0) {
      result = i * p[s + 1];
    } else if (p[s] == 1) {
      int line = i / p[s + 2];
      int y = line % p[s + 1] * p[s + 6] + p[s + 7];
      int x = i % p[s + 2] * p[s + 8] + p[s + 9];
      result = ((line / p[s + 1] * p[s + 3] + y) * p[s + 4] + x) * p[s + 5];
    } else {
      result = p[p[s + 1] + 3 * i];
    }
    return result;
  }

  int placeY(int s, int i) {
    int result = 0;
    if (p[s] == 1) {
      result = i / p[s + 2] % p[s + 1] * p[s + 6] + p[s + 7];
    } else if (p[s] == 2) {
      result = p[p[s + 1] + 3 * i + 1];
    }
    return result;
  }

  int placeX(int s, int i) {
    int result = 0;
    if (p[s] == 1) {
      result = i % p[s + 2] * p[s + 8] + p[s + 9];
    } else if (p[s] == 2) {
      result = p[p[s + 1] + 3 * i + 2];
    }
    return result;
  }

  /**
   * M, N, K, batches, slices, A, step of A for each batch, sides of rows, of terms and of the
   * result's rows, height and width of the map, B, its batch and term steps (columns are
   * neighbours), length of a run of terms, C, its batch and slice steps, whether neighbouring rows
   * of A are neighbours in memory. Slices share the terms of the sums; each leaves a result of its
   * own. Terms of a run, of which slices take whole or parts, are equally far apart: by the number
   * of values at 21. So many of them as 23 says are in one column of the map, and the next ones so
   * many columns further as 22 says. Batches are pairs of numbers: 24 says how many have the same
   * first one, and 25 to 27 are the steps of A, B and C for each second one.
   */
  void product(int q) {
    int m = p[q + 1];
    int n = p[q + 2];
    int terms = p[q + 3];
    int slices = p[q + 5];
    int across = (n + Tiles.COLUMNS - 1) / Tiles.COLUMNS;
    int down = (m + Tiles.ROWS - 1) / Tiles.ROWS;
    int share = (terms + slices - 1) / slices;
    int tiles = across * down * slices * p[q + 4];
    int tx = getLocalId(0) * 4;
    int ty = getLocalId(1) * 4;
    float[] lefts = memory(p[q + 6]);
    float[] rights = memory(p[q + 13]);
    float[] results = memory(p[q + 17]);
    for (int tile = group(); tile < tiles; tile += groups()) {
      int part = tile / (across * down);
      int i0 = tile / across % down * Tiles.ROWS;
      int j0 = tile % across * Tiles.COLUMNS;
      int batch = part / slices;
      int slice = part % slices;
      int until = min(terms, (slice + 1) * share);
      placesOfRows(q, i0, m);
      float c00 = 0f;
      float c01 = 0f;
      float c02 = 0f;
      float c03 = 0f;
      float c10 = 0f;
      float c11 = 0f;
      float c12 = 0f;
      float c13 = 0f;
      float c20 = 0f;
      float c21 = 0f;
      float c22 = 0f;
      float c23 = 0f;
      float c30 = 0f;
      float c31 = 0f;
      float c32 = 0f;
      float c33 = 0f;
      for (int k0 = slice * share; k0 < until; k0 += Tiles.DEPTH) {
        placesOfTerms(q, k0, until);
        localBarrier();
        loadLeft(q, lefts, inside(p[q + 6]) + batch(q, batch, 7, 25), m - i0, until - k0);
        loadRight(q, rights, inside(p[q + 13]) + batch(q, batch, 14, 26), j0, n, k0, until);
        localBarrier();
        for (int k = 0; k < Tiles.DEPTH; k++) {
          int a = k * Tiles.PITCH + ty;
          int b = k * Tiles.PITCH + tx;
          float a0 = left[a];
          float a1 = left[a + 1];
          float a2 = left[a + 2];
          float a3 = left[a + 3];
          float b0 = right[b];
          float b1 = right[b + 1];
          float b2 = right[b + 2];
          float b3 = right[b + 3];
          c00 += a0 * b0;
          c01 += a0 * b1;
          c02 += a0 * b2;
          c03 += a0 * b3;
          c10 += a1 * b0;
          c11 += a1 * b1;
          c12 += a1 * b2;
          c13 += a1 * b3;
          c20 += a2 * b0;
          c21 += a2 * b1;
          c22 += a2 * b2;
          c23 += a2 * b3;
          c30 += a3 * b0;
          c31 += a3 * b1;
          c32 += a3 * b2;
          c33 += a3 * b3;
        }
        localBarrier();
      }
      int to = inside(p[q + 17]) + batch(q, batch, 18, 27) + slice * p[q + 19];
      store(q, results, to, i0 + ty, j0 + tx, m, n, c00, c01, c02, c03);
      store(q, results, to, i0 + ty + 1, j0 + tx, m, n, c10, c11, c12, c13);
      store(q, results, to, i0 + ty + 2, j0 + tx, m, n, c20, c21, c22, c23);
      store(q, results, to, i0 + ty + 3, j0 + tx, m, n, c30, c31, c32, c33);
    }
  }

  /** Offset of a batch, by the numbers of a block that have the steps for both of its numbers. */
  int batch(int q, int batch, int first, int second) {
    int pairs = p[q + 24];
    return batch / pairs * p[q + first] + batch % pairs * p[q + second];
  }

  private void placesOfRows(int q, int i0, int m) {
    int s = p[q + 8];
    int r = lane();
    if (r < Tiles.ROWS) {
      int i = min(i0 + r, m - 1);
      rows[3 * r] = offset(s, i);
      rows[3 * r + 1] = placeY(s, i);
      rows[3 * r + 2] = placeX(s, i);
    }
  }

  private void placesOfTerms(int q, int k0, int until) {
    int s = p[q + 9];
    int r = lane();
    if (r < Tiles.DEPTH) {
      int i = min(k0 + r, until - 1);
      inner[3 * r] = offset(s, i);
      inner[3 * r + 1] = placeY(s, i);
      inner[3 * r + 2] = placeX(s, i);
    }
  }

  private void loadLeft(int q, float[] values, int from, int m, int terms) {
    int height = p[q + 11];
    int width = p[q + 12];
    int down = p[q + 20];
    for (int e = lane(); e < Tiles.ROWS * Tiles.DEPTH; e += Tiles.SIDE * Tiles.SIDE) {
      int k = e % Tiles.DEPTH;
      int r = e / Tiles.DEPTH;
      if (down != 0) {
        r = e % Tiles.ROWS;
        k = e / Tiles.ROWS;
      }
      int y = rows[3 * r + 1] + inner[3 * k + 1];
      int x = rows[3 * r + 2] + inner[3 * k + 2];
      float v = 0f;
      if (r < m && k < terms && y >= 0 && y < height && x >= 0 && x < width) {
        v = values[from + rows[3 * r] + inner[3 * k]];
      }
      left[k * Tiles.PITCH + r] = v;
    }
  }

  private void loadRight(int q, float[] values, int from, int j0, int n, int k0, int until) {
    int termStep = p[q + 15];
    for (int e = lane(); e < Tiles.COLUMNS * Tiles.DEPTH; e += Tiles.SIDE * Tiles.SIDE) {
      int j = e % Tiles.COLUMNS;
      int k = e / Tiles.COLUMNS;
      float v = 0f;
      if (j0 + j < n && k0 + k < until) {
        v = values[from + (k0 + k) * termStep + j0 + j];
      }
      right[k * Tiles.PITCH + j] = v;
    }
  }

  private void store(
      int q,
      float[] values,
      int to,
      int i,
      int j,
      int m,
      int n,
      float v0,
      float v1,
      float v2,
      float v3) {
    if (i < m) {
      int at = to + offset(p[q + 10], i) + j;
      if (j < n) {
        values[at] = v0;
      }
      if (j + 1 < n) {
        values[at + 1] = v1;
      }
      if (j + 2 < n) {
        values[at + 2] = v2;
      }
      if (j + 3 < n) {
        values[at + 3] = v3;
      }
    }
  }

  /**
   * n, w, to, terms, columns, filters and channels of a group, taps of a filter, table of taps,
   * whether terms are (tap, filter) and columns channels instead of (tap, channel) and filters.
   */
  void pack(int q) {
    int n = p[q + 1];
    int terms = p[q + 4];
    int columns = p[q + 5];
    int filters = p[q + 6];
    int channels = p[q + 7];
    float[] ws = memory(p[q + 2]);
    int w = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int line = i / columns;
      int k = line % terms;
      int o = i % columns;
      int tap = k / channels;
      int c = k % channels;
      if (p[q + 10] != 0) {
        c = i % columns;
        tap = k / filters;
        o = k % filters;
      }
      int filter = line / terms * filters + o;
      ys[y + i] = ws[w + (filter * channels + c) * p[q + 8] + p[p[q + 9] + tap]];
    }
  }

  /**
   * n, from, to, slices, their step, sides b, c, d of n = a·b·c·d, four steps: sums the slices of
   * each value, and brings the values into order.
   */
  void sumSlices(int q) {
    int n = p[q + 1];
    int slices = p[q + 4];
    int slice = p[q + 5];
    int b = p[q + 6];
    int c = p[q + 7];
    int d = p[q + 8];
    float[] xs = memory(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = i / d;
      int plane = row / c;
      int at =
          inside(p[q + 2])
              + plane / b * p[q + 9]
              + plane % b * p[q + 10]
              + row % c * p[q + 11]
              + (i - row * d) * p[q + 12];
      float sum = 0f;
      for (int s = 0; s < slices; s++) {
        sum += xs[at + s * slice];
      }
      ys[y + i] = sum;
    }
  }
}
