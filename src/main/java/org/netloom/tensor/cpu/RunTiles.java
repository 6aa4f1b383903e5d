package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of C (+)= A·B whose rows of A are gathered from runs of consecutive floats: row r
 * of A is the concatenation over t in from..to−1 of a[base + at[r] + runs[t] ..] of {@code run}
 * floats. One run makes a matrix product; the taps of a convolution make several. B is packed in
 * panels as wide as the tile, so one step reads one row of a panel and broadcasts one float of each
 * row of A. Rows first..first+rows−1 are written to c[out + i·pitch ..].
 *
 * <p>Every element is one fused multiply-add per inner index, in ascending order.
 */
final class RunTiles {
  private static final VectorSpecies<Float> S = Simd.WIDE;
  private static final int L = Simd.WIDE_LANES;

  /** Rows and columns of the two tiles. */
  static final int WIDE_ROWS = 4;

  static final int NARROW_ROWS = 8;
  static final int WIDE = 2 * L;
  static final int NARROW = L;

  private RunTiles() {}

  /** {@code rows} ≤ 4 rows, more than {@link #NARROW} and at most {@link #WIDE} columns. */
  static void wide(
      float[] a,
      int[] at,
      int first,
      int base,
      int[] runs,
      int from,
      int to,
      int run,
      float[] b,
      int p,
      float[] c,
      int out,
      int pitch,
      int rows,
      int columns,
      boolean add) {
    if (rows == WIDE_ROWS && columns == WIDE && !add) {
      wide(a, at, first, base, runs, from, to, run, b, p, rows, c, out, pitch);
    } else {
      float[] sums = TallTiles.sums();
      wide(a, at, first, base, runs, from, to, run, b, p, rows, sums, 0, WIDE);
      TileEnds.put(sums, WIDE, c, out, pitch, rows, columns, add);
    }
  }

  /** All rows and columns of such a tile; rows that do not exist repeat the last one. */
  private static void wide(
      float[] a,
      int[] at,
      int first,
      int base,
      int[] runs,
      int from,
      int to,
      int run,
      float[] b,
      int p,
      int rows,
      float[] c,
      int out,
      int pitch) {
    int last = first + rows - 1;
    int q0 = base + at[first];
    int q1 = base + at[Math.min(first + 1, last)];
    int q2 = base + at[Math.min(first + 2, last)];
    int q3 = base + at[Math.min(first + 3, last)];
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int t = from; t < to; t++) {
      int r0 = q0 + runs[t];
      int r1 = q1 + runs[t];
      int r2 = q2 + runs[t];
      int r3 = q3 + runs[t];
      for (int i = 0; i < run; i++, p += WIDE) {
        FloatVector b0 = FloatVector.fromArray(S, b, p);
        FloatVector b1 = FloatVector.fromArray(S, b, p + L);
        FloatVector x = FloatVector.broadcast(S, a[r0 + i]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        x = FloatVector.broadcast(S, a[r1 + i]);
        c10 = x.fma(b0, c10);
        c11 = x.fma(b1, c11);
        x = FloatVector.broadcast(S, a[r2 + i]);
        c20 = x.fma(b0, c20);
        c21 = x.fma(b1, c21);
        x = FloatVector.broadcast(S, a[r3 + i]);
        c30 = x.fma(b0, c30);
        c31 = x.fma(b1, c31);
      }
    }
    c00.intoArray(c, out);
    c01.intoArray(c, out + L);
    c10.intoArray(c, out + pitch);
    c11.intoArray(c, out + pitch + L);
    c20.intoArray(c, out + 2 * pitch);
    c21.intoArray(c, out + 2 * pitch + L);
    c30.intoArray(c, out + 3 * pitch);
    c31.intoArray(c, out + 3 * pitch + L);
  }

  /** {@code rows} ≤ 8 rows, {@code columns} ≤ {@link #NARROW} columns. */
  static void narrow(
      float[] a,
      int[] at,
      int first,
      int base,
      int[] runs,
      int from,
      int to,
      int run,
      float[] b,
      int p,
      float[] c,
      int out,
      int pitch,
      int rows,
      int columns,
      boolean add) {
    if (rows == NARROW_ROWS && columns == NARROW && !add) {
      narrow(a, at, first, base, runs, from, to, run, b, p, rows, c, out, pitch);
    } else {
      float[] sums = TallTiles.sums();
      narrow(a, at, first, base, runs, from, to, run, b, p, rows, sums, 0, NARROW);
      TileEnds.put(sums, NARROW, c, out, pitch, rows, columns, add);
    }
  }

  /** All rows and columns of such a tile; rows that do not exist repeat the last one. */
  private static void narrow(
      float[] a,
      int[] at,
      int first,
      int base,
      int[] runs,
      int from,
      int to,
      int run,
      float[] b,
      int p,
      int rows,
      float[] c,
      int out,
      int pitch) {
    int last = first + rows - 1;
    int q0 = base + at[first];
    int q1 = base + at[Math.min(first + 1, last)];
    int q2 = base + at[Math.min(first + 2, last)];
    int q3 = base + at[Math.min(first + 3, last)];
    int q4 = base + at[Math.min(first + 4, last)];
    int q5 = base + at[Math.min(first + 5, last)];
    int q6 = base + at[Math.min(first + 6, last)];
    int q7 = base + at[Math.min(first + 7, last)];
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int t = from; t < to; t++) {
      int r0 = q0 + runs[t];
      int r1 = q1 + runs[t];
      int r2 = q2 + runs[t];
      int r3 = q3 + runs[t];
      int r4 = q4 + runs[t];
      int r5 = q5 + runs[t];
      int r6 = q6 + runs[t];
      int r7 = q7 + runs[t];
      for (int i = 0; i < run; i++, p += NARROW) {
        FloatVector y = FloatVector.fromArray(S, b, p);
        c0 = FloatVector.broadcast(S, a[r0 + i]).fma(y, c0);
        c1 = FloatVector.broadcast(S, a[r1 + i]).fma(y, c1);
        c2 = FloatVector.broadcast(S, a[r2 + i]).fma(y, c2);
        c3 = FloatVector.broadcast(S, a[r3 + i]).fma(y, c3);
        c4 = FloatVector.broadcast(S, a[r4 + i]).fma(y, c4);
        c5 = FloatVector.broadcast(S, a[r5 + i]).fma(y, c5);
        c6 = FloatVector.broadcast(S, a[r6 + i]).fma(y, c6);
        c7 = FloatVector.broadcast(S, a[r7 + i]).fma(y, c7);
      }
    }
    c0.intoArray(c, out);
    c1.intoArray(c, out + pitch);
    c2.intoArray(c, out + 2 * pitch);
    c3.intoArray(c, out + 3 * pitch);
    c4.intoArray(c, out + 4 * pitch);
    c5.intoArray(c, out + 5 * pitch);
    c6.intoArray(c, out + 6 * pitch);
    c7.intoArray(c, out + 7 * pitch);
  }
}
