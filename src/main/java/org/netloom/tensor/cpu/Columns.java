package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix of c columns seen as groups of rows that make whole vectors: {@link #width} values, the
 * least common multiple of c and {@value #UNIT}. So a kernel per column runs at full speed for any
 * number of columns, with what belongs to the columns repeated over the width.
 *
 * <p>Groups form blocks that stay in the first-level cache. A block is summed in float per lane,
 * and the lanes of all blocks in order in double precision: no sum depends on the number of threads
 * or the length of vectors.
 *
 * @param width values of a group
 * @param together rows of a group
 * @param groups whole groups
 * @param perBlock groups of a block
 */
record Columns(int rows, int c, int width, int together, int groups, int perBlock) {
  private static final int UNIT = 64;
  private static final int BLOCK = 8192;

  static Columns of(int rows, int c) {
    int together = UNIT / greatestCommonDivisor(c, UNIT);
    int width = together * c;
    return new Columns(rows, c, width, together, rows / together, Math.max(4, BLOCK / width));
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  int size() {
    return rows * c;
  }

  /** Blocks of whole groups. */
  int blocks() {
    return Math.ceilDiv(groups, perBlock);
  }

  /** Groups of one block. */
  int groups(int block) {
    return Math.min(perBlock, groups - block * perBlock);
  }

  /** Offset of a block's first value. */
  int start(int block) {
    return block * perBlock * width;
  }

  /** Offset of the first of the last rows, which are fewer than a group. */
  int rest() {
    return groups * width;
  }

  /** Repeats c values over the width. */
  void repeat(float[] from, int at, float[] to, int start) {
    for (int i = 0; i < width; i += c) {
      System.arraycopy(from, at, to, start + i, c);
    }
  }

  /** Sums of one block per lane. */
  void sums(float[] a, int x, int block, float[] to, int at) {
    int count = groups(block);
    int first = x + start(block);
    for (int p = 0; p < width; p += 4 * Simd.WIDE_LANES) {
      FloatVector s0 = FloatVector.zero(Simd.WIDE);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int from = first + p;
      for (int i = 0; i < count; i++, from += width) {
        s0 = s0.add(FloatVector.fromArray(Simd.WIDE, a, from));
        s1 = s1.add(FloatVector.fromArray(Simd.WIDE, a, from + Simd.WIDE_LANES));
        s2 = s2.add(FloatVector.fromArray(Simd.WIDE, a, from + 2 * Simd.WIDE_LANES));
        s3 = s3.add(FloatVector.fromArray(Simd.WIDE, a, from + 3 * Simd.WIDE_LANES));
      }
      s0.intoArray(to, at + p);
      s1.intoArray(to, at + p + Simd.WIDE_LANES);
      s2.intoArray(to, at + p + 2 * Simd.WIDE_LANES);
      s3.intoArray(to, at + p + 3 * Simd.WIDE_LANES);
    }
  }

  /**
   * Adds the lanes of all blocks in order, and those of one column.
   *
   * @param step floats from one block's lanes to the next one's
   * @param total receives c sums from index {@code to}; room for {@code width} values there
   */
  void reduce(float[] lanes, int at, int step, double[] total, int to) {
    for (int i = 0; i < width; i++) {
      total[to + i] = 0;
    }
    for (int b = 0; b < blocks(); b++) {
      int from = at + b * step;
      for (int i = 0; i < width; i++) {
        total[to + i] += lanes[from + i];
      }
    }
    fold(total, to);
  }

  /** Adds the lanes that belong to one column. */
  void fold(double[] total, int to) {
    for (int i = c; i < width; i += c) {
      for (int j = 0; j < c; j++) {
        total[to + j] += total[to + i + j];
      }
    }
  }
}
