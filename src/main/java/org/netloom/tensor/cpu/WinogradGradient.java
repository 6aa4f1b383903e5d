package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of 3×3 filters by F(3×3, 2×2), the transpose of F(2×2, 3×3): ∂U = Σ over tiles of
 * (Bᵀ·d·B) ⊙ (A·∂y·Aᵀ) as sixteen outer products, then ∂g = Gᵀ·∂U·G. A thread has one row of the
 * sixteen points and some input channels, over all tiles: no sum depends on the number of threads.
 */
final class WinogradGradient {
  /** Floats of the transformed tiles of a block. */
  private static final int BLOCK = 1 << 17;

  /** Most input channels of one part. */
  private static final int PART = 96;

  private static final int L = Simd.WIDE_LANES;

  private final Parallel parallel;
  private final TileBuffers buffers;
  private final WinogradTiles tiles;
  private final int h;
  private final int w;
  private final int outputs;
  private final int part;
  private final int blockRows;
  private final int[] ofTiles;
  private final int[] ofGradients;

  /**
   * @param tiles of the input
   * @param h rows of ∂y
   * @param w columns of ∂y
   * @param outputs channels of ∂y
   */
  WinogradGradient(
      Parallel parallel, TileBuffers buffers, WinogradTiles tiles, int h, int w, int outputs) {
    this.parallel = parallel;
    this.buffers = buffers;
    this.tiles = tiles;
    this.h = h;
    this.w = w;
    this.outputs = outputs;
    int parts = Math.ceilDiv(tiles.channels(), PART);
    this.part = Math.ceilDiv(Math.ceilDiv(tiles.channels(), parts), 16) * 16;
    this.blockRows =
        WinogradCorrelation.rows(tiles, BLOCK / (WinogradTiles.SIDE * (part + outputs)));
    int count = blockRows * tiles.columns();
    this.ofTiles = new int[count];
    this.ofGradients = new int[count];
    for (int t = 0; t < count; t++) {
      ofGradients[t] = t * outputs;
    }
  }

  Kernel prepare(long cost, int gy, int x, int gw) {
    int c = tiles.channels();
    int plane = c * outputs;
    int parts = Math.ceilDiv(c, part);
    Parallel.Range products =
        (a, sums, from, to) -> {
          for (int item = from; item < to; item++) {
            int u = item / parts;
            int first = (item - u * parts) * part;
            sum(a, gy, x, u, first, Math.min(part, c - first), sums, plane);
          }
        };
    Parallel.Range filters =
        (a, sums, from, to) -> {
          float[] taps = buffers.floats(TileBuffers.SUMS, 9 * L);
          for (int i = from; i < to; i++) {
            WinogradFilters.gradient(sums, i * outputs, plane, outputs, a, gw + i * 9, c * 9, taps);
          }
        };
    return a -> {
      float[] sums = buffers.floats(TileBuffers.PANELS, WinogradTiles.POINTS * plane);
      parallel.forRange(WinogradTiles.SIDE * parts, cost, a, sums, products);
      parallel.forRange(c, 32L * plane, a, sums, filters);
    };
  }

  /** Row u of the points, some channels. */
  private void sum(float[] a, int gy, int x, int u, int first, int some, float[] sums, int plane) {
    int size = ofTiles.length * some + L;
    int sizeY = ofTiles.length * outputs + L;
    float[] v = buffers.floats(TileBuffers.PADDED, WinogradTiles.SIDE * size);
    float[] z = buffers.floats(TileBuffers.SUMS, WinogradTiles.SIDE * sizeY);
    float[] scratch = buffers.floats(TileBuffers.ROWS, tiles.scratch(some));
    int[] places = buffers.rows(ofTiles.length, some);
    tiles.clear(scratch, some);
    for (int row = 0; row < tiles.allRows(); row += blockRows) {
      int end = Math.min(tiles.allRows(), row + blockRows);
      tiles.transform(a, x, row, end, first, some, u, 1, v, size, scratch);
      for (int r = row; r < end; r++) {
        gradients(a, gy, r, u, z, (r - row) * tiles.columns() * outputs, sizeY);
      }
      for (int point = 0; point < WinogradTiles.SIDE; point++) {
        OuterProduct.multiply(
            v,
            point * size,
            places,
            z,
            point * sizeY,
            ofGradients,
            (end - row) * tiles.columns(),
            sums,
            (WinogradTiles.SIDE * u + point) * plane + first * outputs,
            outputs,
            0,
            some,
            outputs,
            row > 0);
      }
    }
  }

  /** Row u of A·∂y·Aᵀ of one row of tiles; A is 1 0, 1 1, 1 −1, 0 −1. */
  private void gradients(float[] a, int gy, int row, int u, float[] z, int at, int plane) {
    int image = row / tiles.rows();
    int y = 2 * (row - image * tiles.rows());
    int upper = gy + (image * h + y) * w * outputs;
    boolean second = y + 1 < h && u > 0;
    boolean one = u < 3;
    int lower = upper + w * outputs;
    float sign = u == 1 ? 1f : -1f;
    for (int j = 0; j < tiles.columns(); j++) {
      boolean right = 2 * j + 1 < w;
      int from = 2 * j * outputs;
      int to = at + j * outputs;
      for (int k = 0; k < outputs; k += L) {
        FloatVector y0 = pair(a, upper + from + k, lower + from + k, one, second, sign);
        FloatVector y1 =
            right
                ? pair(a, upper + from + outputs + k, lower + from + outputs + k, one, second, sign)
                : FloatVector.zero(Simd.WIDE);
        y0.intoArray(z, to + k);
        y0.add(y1).intoArray(z, to + plane + k);
        y0.sub(y1).intoArray(z, to + 2 * plane + k);
        y1.neg().intoArray(z, to + 3 * plane + k);
      }
    }
  }

  private static FloatVector pair(
      float[] a, int p, int q, boolean upper, boolean lower, float sign) {
    FloatVector sum = upper ? FloatVector.fromArray(Simd.WIDE, a, p) : FloatVector.zero(Simd.WIDE);
    return lower ? FloatVector.fromArray(Simd.WIDE, a, q).mul(sign).add(sum) : sum;
  }
}
