package org.netloom.tensor.cpu;

/**
 * Buffers that the tiled kernels reuse from call to call, one set per thread. They grow to the
 * largest need, so a plan that has run once allocates nothing; contents are undefined between
 * calls.
 */
final class TileBuffers {
  /**
   * Floats that a buffer or an arena has beyond its last value, because tiles may read, and never
   * use, that much past the end of a row.
   */
  static final int SLACK = 64;

  /** A factor packed for {@link RunTiles}; read by all threads of one operation. */
  static final int PANELS = 0;

  /** Maps with their padding. */
  static final int PADDED = 1;

  /** Results before they go where they belong. */
  static final int SUMS = 2;

  /** Rows of maps on their way to tiles. */
  static final int ROWS = 3;

  private final ThreadLocal<float[][]> floats = ThreadLocal.withInitial(() -> new float[4][0]);
  private final ThreadLocal<int[][]> rows = ThreadLocal.withInitial(() -> new int[2][0]);

  /** A buffer of the calling thread with at least {@code size} floats and the slack. */
  float[] floats(int which, int size) {
    float[][] all = floats.get();
    if (all[which].length < size + SLACK) {
      all[which] = new float[size + SLACK];
    }
    return all[which];
  }

  /** Offsets 0, step, 2·step, … of at least {@code count} rows, in a buffer of the thread. */
  int[] rows(int count, int step) {
    return rows(0, count, step);
  }

  /** {@link #rows} of a second factor. */
  int[] others(int count, int step) {
    return rows(1, count, step);
  }

  private int[] rows(int which, int count, int step) {
    int[][] all = rows.get();
    if (all[which].length < count) {
      all[which] = new int[count];
    }
    for (int i = 0; i < count; i++) {
      all[which][i] = i * step;
    }
    return all[which];
  }
}
