package org.netloom.tensor.cpu;

import java.util.Arrays;

/** Products of gathered rows with packed panels, blocked so that panels stay in the first cache. */
final class RowProduct {
  /** Inner indices summed at a time: a 3×3 kernel over 64 channels is one block. */
  private static final int BLOCK = 640;

  private RowProduct() {}

  /**
   * C (+)= A·B. Row i of A is gathered as {@link RunTiles} says, with all of the {@code runs}; B
   * has n columns.
   *
   * @param p where the panels of B start
   */
  static void multiply(
      float[] a,
      int base,
      int[] at,
      int rows,
      int[] runs,
      int run,
      float[] b,
      int p,
      int n,
      float[] c,
      int out,
      int pitch,
      boolean add) {
    int k = runs.length * run;
    if (run > BLOCK) {
      for (int t = 0; t < runs.length; t++) {
        for (int i = 0; i < run; i += BLOCK) {
          block(
              a,
              base + i,
              at,
              rows,
              runs,
              t,
              t + 1,
              Math.min(BLOCK, run - i),
              b,
              p,
              t * run + i,
              k,
              n,
              c,
              out,
              pitch,
              add || t + i > 0);
        }
      }
      return;
    }
    int together = Math.max(1, BLOCK / run);
    for (int t = 0; t < runs.length; t += together) {
      block(
          a,
          base,
          at,
          rows,
          runs,
          t,
          Math.min(runs.length, t + together),
          run,
          b,
          p,
          t * run,
          k,
          n,
          c,
          out,
          pitch,
          add || t > 0);
    }
  }

  private static void block(
      float[] a,
      int base,
      int[] at,
      int rows,
      int[] runs,
      int from,
      int to,
      int run,
      float[] b,
      int p,
      int done,
      int k,
      int n,
      float[] c,
      int out,
      int pitch,
      boolean add) {
    for (int j = 0; j < n; j += RunTiles.WIDE) {
      int left = n - j;
      int width = Panels.width(left);
      int panel = p + j * k + done * width;
      if (width == RunTiles.WIDE) {
        int i = 0;
        if (TallTiles.USED && left >= width) {
          float[] sums = TallTiles.sums();
          for (; i + TallTiles.ROWS <= rows; i += TallTiles.ROWS) {
            Arrays.fill(sums, 0f);
            for (int t = from; t < to; t++) {
              int row = panel + (t - from) * run * width;
              TallTiles.run(a, at, i, base + runs[t], run, b, row, sums);
            }
            TallTiles.put(sums, c, out + i * pitch + j, pitch, add);
          }
        }
        for (; i < rows; i += RunTiles.WIDE_ROWS) {
          RunTiles.wide(
              a,
              at,
              i,
              base,
              runs,
              from,
              to,
              run,
              b,
              panel,
              c,
              out + i * pitch + j,
              pitch,
              Math.min(RunTiles.WIDE_ROWS, rows - i),
              Math.min(width, left),
              add);
        }
      } else {
        for (int i = 0; i < rows; i += RunTiles.NARROW_ROWS) {
          RunTiles.narrow(
              a,
              at,
              i,
              base,
              runs,
              from,
              to,
              run,
              b,
              panel,
              c,
              out + i * pitch + j,
              pitch,
              Math.min(RunTiles.NARROW_ROWS, rows - i),
              Math.min(width, left),
              add);
        }
      }
    }
  }
}
