package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A matrix of n columns packed for {@link RunTiles}: panels of {@link RunTiles#WIDE} columns, the
 * last one narrower where few columns are left, row after row, missing columns zero.
 */
final class Panels {
  private Panels() {}

  /** Width of the panel that starts with {@code left} columns to go. */
  static int width(int left) {
    return left > RunTiles.NARROW ? RunTiles.WIDE : RunTiles.NARROW;
  }

  /** Columns with the zero ones at the end. */
  static int columns(int n) {
    int whole = n / RunTiles.WIDE * RunTiles.WIDE;
    return whole == n ? n : whole + width(n - whole);
  }

  /**
   * Packs n columns of blocks of {@code run} rows. Element (i, j) of block t lies at {@code at +
   * blocks[t] + i·stepRow + j·stepColumn}.
   */
  static void pack(
      float[] from,
      int at,
      int[] blocks,
      int run,
      int stepRow,
      int stepColumn,
      int n,
      float[] to,
      int start) {
    int q = start;
    for (int j = 0; j < n; j += RunTiles.WIDE) {
      int width = width(n - j);
      int columns = Math.min(width, n - j);
      for (int block : blocks) {
        int p = at + block + j * stepColumn;
        if (stepColumn == 1) {
          packRows(from, p, run, stepRow, columns, width, to, q);
        } else {
          packColumns(from, p, run, stepRow, stepColumn, columns, width, to, q);
        }
        q += run * width;
      }
    }
  }

  private static void packRows(
      float[] from, int at, int run, int step, int columns, int width, float[] to, int start) {
    int p = at;
    int q = start;
    for (int i = 0; i < run; i++, p += step, q += width) {
      if (columns == RunTiles.WIDE) {
        FloatVector.fromArray(Simd.WIDE, from, p).intoArray(to, q);
        FloatVector.fromArray(Simd.WIDE, from, p + Simd.WIDE_LANES)
            .intoArray(to, q + Simd.WIDE_LANES);
      } else {
        for (int x = 0; x < columns; x++) {
          to[q + x] = from[p + x];
        }
        Arrays.fill(to, q + columns, q + width, 0f);
      }
    }
  }

  private static void packColumns(
      float[] from,
      int at,
      int run,
      int stepRow,
      int stepColumn,
      int columns,
      int width,
      float[] to,
      int start) {
    int x = 0;
    for (; x + 3 < columns; x += 4) {
      int p0 = at + x * stepColumn;
      int p1 = p0 + stepColumn;
      int p2 = p1 + stepColumn;
      int p3 = p2 + stepColumn;
      int q = start + x;
      for (int i = 0; i < run; i++, q += width) {
        int step = i * stepRow;
        to[q] = from[p0 + step];
        to[q + 1] = from[p1 + step];
        to[q + 2] = from[p2 + step];
        to[q + 3] = from[p3 + step];
      }
    }
    for (; x < width; x++) {
      int q = start + x;
      for (int i = 0; i < run; i++, q += width) {
        to[q] = x < columns ? from[at + x * stepColumn + i * stepRow] : 0f;
      }
    }
  }
}
