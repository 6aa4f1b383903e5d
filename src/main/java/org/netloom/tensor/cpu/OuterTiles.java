package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of C (+)= Aᵀ·B for operands that lie row by row, the inner index outside: c[m, n]
 * = Σ_{i < count} a[baseA + ofA[i] + m] · b[baseB + ofB[i] + n]. Equal steps make a matrix product;
 * the positions of a map make the weight gradient of a convolution. Nothing is packed, so up to 7
 * floats after the last one of A and up to {@link #WIDE} after B's are read, though never used. The
 * offsets come from a table because the sums of two loops, one in the other, would not stay in
 * registers.
 *
 * <p>Every element is one fused multiply-add per inner index, in ascending order.
 */
final class OuterTiles {
  private static final VectorSpecies<Float> S = Simd.WIDE;
  private static final int L = Simd.WIDE_LANES;

  static final int WIDE_ROWS = 4;
  static final int NARROW_ROWS = 8;
  static final int WIDE = 2 * L;
  static final int NARROW = L;

  private OuterTiles() {}

  /** {@code rows} ≤ 4 rows, more than {@link #NARROW} and at most {@link #WIDE} columns. */
  static void wide(
      float[] a,
      int baseA,
      int[] ofA,
      float[] b,
      int baseB,
      int[] ofB,
      int count,
      float[] c,
      int out,
      int pitch,
      int rows,
      int columns,
      boolean add) {
    if (rows == WIDE_ROWS && columns == WIDE && !add) {
      wide(a, baseA, ofA, b, baseB, ofB, count, c, out, pitch);
    } else {
      float[] sums = TallTiles.sums();
      wide(a, baseA, ofA, b, baseB, ofB, count, sums, 0, WIDE);
      TileEnds.put(sums, WIDE, c, out, pitch, rows, columns, add);
    }
  }

  /** All rows and columns of such a tile. */
  private static void wide(
      float[] a,
      int baseA,
      int[] ofA,
      float[] b,
      int baseB,
      int[] ofB,
      int count,
      float[] c,
      int out,
      int pitch) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int i = 0; i < count; i++) {
      int q = baseA + ofA[i];
      int p = baseB + ofB[i];
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x = FloatVector.broadcast(S, a[q]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[q + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[q + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[q + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
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
      int baseA,
      int[] ofA,
      float[] b,
      int baseB,
      int[] ofB,
      int count,
      float[] c,
      int out,
      int pitch,
      int rows,
      int columns,
      boolean add) {
    if (rows == NARROW_ROWS && columns == NARROW && !add) {
      narrow(a, baseA, ofA, b, baseB, ofB, count, c, out, pitch);
    } else {
      float[] sums = TallTiles.sums();
      narrow(a, baseA, ofA, b, baseB, ofB, count, sums, 0, NARROW);
      TileEnds.put(sums, NARROW, c, out, pitch, rows, columns, add);
    }
  }

  /** All rows and columns of such a tile. */
  private static void narrow(
      float[] a,
      int baseA,
      int[] ofA,
      float[] b,
      int baseB,
      int[] ofB,
      int count,
      float[] c,
      int out,
      int pitch) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int i = 0; i < count; i++) {
      int q = baseA + ofA[i];
      int p = baseB + ofB[i];
      FloatVector y = FloatVector.fromArray(S, b, p);
      c0 = FloatVector.broadcast(S, a[q]).fma(y, c0);
      c1 = FloatVector.broadcast(S, a[q + 1]).fma(y, c1);
      c2 = FloatVector.broadcast(S, a[q + 2]).fma(y, c2);
      c3 = FloatVector.broadcast(S, a[q + 3]).fma(y, c3);
      c4 = FloatVector.broadcast(S, a[q + 4]).fma(y, c4);
      c5 = FloatVector.broadcast(S, a[q + 5]).fma(y, c5);
      c6 = FloatVector.broadcast(S, a[q + 6]).fma(y, c6);
      c7 = FloatVector.broadcast(S, a[q + 7]).fma(y, c7);
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
