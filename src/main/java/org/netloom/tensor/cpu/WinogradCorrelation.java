package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * A correlation of 3×3 filters of stride 1 by F(2×2, 3×3): sixteen products of transformed tiles
 * and transformed filters, then Y = Aᵀ·M·A (Lavin and Gray 2016, equation 13); 16 multiplications
 * for four results instead of 36. Split over threads by blocks of tile rows that stay in the second
 * cache.
 */
final class WinogradCorrelation {
  /** Floats of the transformed tiles of a block and of their products. */
  private static final int BLOCK = 1 << 18;

  /** Least tiles of a block: fewer would read the filters too often. */
  private static final int LEAST = 48;

  private static final int L = Simd.WIDE_LANES;
  private static final int[] ONE_RUN = {0};

  private final Parallel parallel;
  private final TileBuffers buffers;
  private final WinogradTiles tiles;
  private final int h;
  private final int w;
  private final int channels;
  private final boolean turned;
  private final int blockRows;
  private final int[] places;

  /**
   * @param tiles of the source
   * @param h rows of the result
   * @param w columns of the result
   * @param channels of the result
   * @param turned whether filters are read from their last tap to their first
   */
  WinogradCorrelation(
      Parallel parallel,
      TileBuffers buffers,
      WinogradTiles tiles,
      int h,
      int w,
      int channels,
      boolean turned) {
    this.parallel = parallel;
    this.buffers = buffers;
    this.tiles = tiles;
    this.h = h;
    this.w = w;
    this.channels = channels;
    this.turned = turned;
    this.blockRows =
        rows(
            tiles, Math.max(LEAST, BLOCK / (WinogradTiles.POINTS * (tiles.channels() + channels))));
    this.places = new int[blockRows * tiles.columns()];
    for (int t = 0; t < places.length; t++) {
      places[t] = t * tiles.channels();
    }
  }

  /** Rows of tiles that have about so many tiles, a multiple of the tallest register tile's. */
  static int rows(WinogradTiles tiles, int about) {
    int rows = Math.clamp(about / tiles.columns(), 1, tiles.allRows());
    for (int r = rows; r > rows / 2; r--) {
      if (r * tiles.columns() % TallTiles.ROWS == 0) {
        return r;
      }
    }
    return rows;
  }

  /**
   * @param stepSource distance of the filters of neighbouring source channels
   * @param stepResult distance of the filters of neighbouring result channels
   */
  Kernel prepare(long cost, int source, int w, int stepSource, int stepResult, int out) {
    int c = tiles.channels();
    int plane = c * channels;
    int panels = Math.ceilDiv(channels, RunTiles.WIDE);
    Parallel.Range pack = pack(w, stepSource, stepResult, plane);
    Parallel.Range blocks =
        (a, filters, from, to) -> {
          int ofTiles = places.length * c + L;
          int ofProducts = places.length * channels + L;
          float[] v = buffers.floats(TileBuffers.PADDED, WinogradTiles.POINTS * ofTiles);
          float[] m = buffers.floats(TileBuffers.SUMS, WinogradTiles.POINTS * ofProducts);
          float[] scratch = buffers.floats(TileBuffers.ROWS, tiles.scratch(c));
          tiles.clear(scratch, c);
          for (int block = from; block < to; block++) {
            int first = block * blockRows;
            int end = Math.min(tiles.allRows(), first + blockRows);
            tiles.transform(a, source, first, end, 0, c, 0, 4, v, ofTiles, scratch);
            int count = (end - first) * tiles.columns();
            for (int point = 0; point < WinogradTiles.POINTS; point++) {
              RowProduct.multiply(
                  v,
                  point * ofTiles,
                  places,
                  count,
                  ONE_RUN,
                  c,
                  filters,
                  point * plane,
                  channels,
                  m,
                  point * ofProducts,
                  channels,
                  false);
            }
            for (int row = first; row < end; row++) {
              results(m, (row - first) * tiles.columns() * channels, ofProducts, row, a, out);
            }
          }
        };
    return a -> {
      float[] filters = buffers.floats(TileBuffers.PANELS, WinogradTiles.POINTS * plane);
      parallel.forRange(panels, 32L * plane, a, filters, pack);
      parallel.forRange(Math.ceilDiv(tiles.allRows(), blockRows), cost, a, filters, blocks);
    };
  }

  private Parallel.Range pack(int w, int stepSource, int stepResult, int plane) {
    int c = tiles.channels();
    return (a, filters, from, to) -> {
      float[] taps = buffers.floats(TileBuffers.SUMS, 9 * RunTiles.WIDE);
      for (int panel = from; panel < to; panel++) {
        int j = panel * RunTiles.WIDE;
        int width = Math.min(RunTiles.WIDE, channels - j);
        WinogradFilters.pack(
            a,
            w + j * stepResult,
            stepSource,
            stepResult,
            turned,
            c,
            width,
            filters,
            j * c,
            plane,
            taps);
      }
    };
  }

  /** Aᵀ·M·A of one row of tiles: two rows of results, fewer at the lower and right border. */
  private void results(float[] m, int at, int plane, int row, float[] a, int out) {
    int image = row / tiles.rows();
    int y = 2 * (row - image * tiles.rows());
    int upper = out + (image * h + y) * w * channels;
    boolean both = y + 1 < h;
    for (int j = 0; j < tiles.columns(); j++) {
      int p = at + j * channels;
      int q = upper + 2 * j * channels;
      boolean right = 2 * j + 1 < w;
      if (both && right) {
        for (int k = 0; k < channels; k += L) {
          tile(m, p + k, plane, a, q + k, w * channels);
        }
      } else {
        for (int k = 0; k < channels; k += L) {
          border(m, p + k, plane, a, q + k, w * channels, both, right);
        }
      }
    }
  }

  private void tile(float[] m, int p, int plane, float[] a, int q, int row) {
    FloatVector upper0 = upper(m, p, plane);
    FloatVector upper1 = upper(m, p + plane, plane);
    FloatVector upper2 = upper(m, p + 2 * plane, plane);
    FloatVector upper3 = upper(m, p + 3 * plane, plane);
    upper0.add(upper1).add(upper2).intoArray(a, q);
    upper1.sub(upper2).sub(upper3).intoArray(a, q + channels);
    FloatVector lower0 = lower(m, p, plane);
    FloatVector lower1 = lower(m, p + plane, plane);
    FloatVector lower2 = lower(m, p + 2 * plane, plane);
    FloatVector lower3 = lower(m, p + 3 * plane, plane);
    lower0.add(lower1).add(lower2).intoArray(a, q + row);
    lower1.sub(lower2).sub(lower3).intoArray(a, q + row + channels);
  }

  private void border(
      float[] m, int p, int plane, float[] a, int q, int row, boolean both, boolean right) {
    FloatVector upper1 = upper(m, p + plane, plane);
    FloatVector upper2 = upper(m, p + 2 * plane, plane);
    upper(m, p, plane).add(upper1).add(upper2).intoArray(a, q);
    if (right) {
      upper1.sub(upper2).sub(upper(m, p + 3 * plane, plane)).intoArray(a, q + channels);
    }
    if (both) {
      FloatVector lower1 = lower(m, p + plane, plane);
      FloatVector lower2 = lower(m, p + 2 * plane, plane);
      lower(m, p, plane).add(lower1).add(lower2).intoArray(a, q + row);
      if (right) {
        lower1.sub(lower2).sub(lower(m, p + 3 * plane, plane)).intoArray(a, q + row + channels);
      }
    }
  }

  /** The first row of Aᵀ at one column of a tile: 1 1 1 0. */
  private static FloatVector upper(float[] m, int p, int plane) {
    return FloatVector.fromArray(Simd.WIDE, m, p)
        .add(FloatVector.fromArray(Simd.WIDE, m, p + 4 * plane))
        .add(FloatVector.fromArray(Simd.WIDE, m, p + 8 * plane));
  }

  /** The second row of Aᵀ at one column of a tile: 0 1 −1 −1. */
  private static FloatVector lower(float[] m, int p, int plane) {
    return FloatVector.fromArray(Simd.WIDE, m, p + 4 * plane)
        .sub(FloatVector.fromArray(Simd.WIDE, m, p + 8 * plane))
        .sub(FloatVector.fromArray(Simd.WIDE, m, p + 12 * plane));
  }
}
