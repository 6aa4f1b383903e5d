package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest tiles of {@link RunTiles} and {@link OuterTiles} with twelve rows and all columns: 24
 * sums, for machines with 32 vector registers. Twelve rows share what is read of B. A tile of four
 * rows runs at 80 % of the speed of this one, from the first cache; it does the rows that are left,
 * with the same bits.
 */
final class TallTiles {
  static final int ROWS = 12;

  /** Whether there are registers for it: those with 512 bits are 32. */
  static final boolean USED = Simd.WIDE_LANES == 16;

  private static final VectorSpecies<Float> S = Simd.WIDE;
  private static final int L = Simd.WIDE_LANES;

  private static final ThreadLocal<float[]> SUMS =
      ThreadLocal.withInitial(() -> new float[ROWS * RunTiles.WIDE]);

  private TallTiles() {}

  /** This thread's room for the sums of one tile. */
  static float[] sums() {
    return SUMS.get();
  }

  /**
   * C (+)= the sums of a tile, element (0, 0) at {@code out}. Apart from the products: there is a
   * limit to what the compiler inlines into one method, and beyond it the sums go to the heap.
   */
  static void put(float[] sums, float[] c, int out, int pitch, boolean add) {
    for (int i = 0, from = 0, to = out; i < ROWS; i++, from += 2 * L, to += pitch) {
      FloatVector v = FloatVector.fromArray(S, sums, from);
      FloatVector w = FloatVector.fromArray(S, sums, from + L);
      if (add) {
        v = v.add(FloatVector.fromArray(S, c, to));
        w = w.add(FloatVector.fromArray(S, c, to + L));
      }
      v.intoArray(c, to);
      w.intoArray(c, to + L);
    }
  }

  /**
   * Twelve rows and {@link RunTiles#WIDE} columns of {@link RunTiles#wide} with a single run: the
   * sums start at zero and go straight to C.
   */
  static void single(
      float[] a,
      int[] at,
      int first,
      int base,
      int run,
      float[] b,
      int p,
      float[] c,
      int out,
      int pitch) {
    int q0 = base + at[first];
    int q1 = base + at[first + 1];
    int q2 = base + at[first + 2];
    int q3 = base + at[first + 3];
    int q4 = base + at[first + 4];
    int q5 = base + at[first + 5];
    int q6 = base + at[first + 6];
    int q7 = base + at[first + 7];
    int q8 = base + at[first + 8];
    int q9 = base + at[first + 9];
    int q10 = base + at[first + 10];
    int q11 = base + at[first + 11];
    FloatVector c0a = FloatVector.zero(S);
    FloatVector c0b = c0a;
    FloatVector c1a = c0a;
    FloatVector c1b = c0a;
    FloatVector c2a = c0a;
    FloatVector c2b = c0a;
    FloatVector c3a = c0a;
    FloatVector c3b = c0a;
    FloatVector c4a = c0a;
    FloatVector c4b = c0a;
    FloatVector c5a = c0a;
    FloatVector c5b = c0a;
    FloatVector c6a = c0a;
    FloatVector c6b = c0a;
    FloatVector c7a = c0a;
    FloatVector c7b = c0a;
    FloatVector c8a = c0a;
    FloatVector c8b = c0a;
    FloatVector c9a = c0a;
    FloatVector c9b = c0a;
    FloatVector c10a = c0a;
    FloatVector c10b = c0a;
    FloatVector c11a = c0a;
    FloatVector c11b = c0a;
    for (int i = 0; i < run; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x = FloatVector.broadcast(S, a[q0 + i]);
      c0a = x.fma(b0, c0a);
      c0b = x.fma(b1, c0b);
      x = FloatVector.broadcast(S, a[q1 + i]);
      c1a = x.fma(b0, c1a);
      c1b = x.fma(b1, c1b);
      x = FloatVector.broadcast(S, a[q2 + i]);
      c2a = x.fma(b0, c2a);
      c2b = x.fma(b1, c2b);
      x = FloatVector.broadcast(S, a[q3 + i]);
      c3a = x.fma(b0, c3a);
      c3b = x.fma(b1, c3b);
      x = FloatVector.broadcast(S, a[q4 + i]);
      c4a = x.fma(b0, c4a);
      c4b = x.fma(b1, c4b);
      x = FloatVector.broadcast(S, a[q5 + i]);
      c5a = x.fma(b0, c5a);
      c5b = x.fma(b1, c5b);
      x = FloatVector.broadcast(S, a[q6 + i]);
      c6a = x.fma(b0, c6a);
      c6b = x.fma(b1, c6b);
      x = FloatVector.broadcast(S, a[q7 + i]);
      c7a = x.fma(b0, c7a);
      c7b = x.fma(b1, c7b);
      x = FloatVector.broadcast(S, a[q8 + i]);
      c8a = x.fma(b0, c8a);
      c8b = x.fma(b1, c8b);
      x = FloatVector.broadcast(S, a[q9 + i]);
      c9a = x.fma(b0, c9a);
      c9b = x.fma(b1, c9b);
      x = FloatVector.broadcast(S, a[q10 + i]);
      c10a = x.fma(b0, c10a);
      c10b = x.fma(b1, c10b);
      x = FloatVector.broadcast(S, a[q11 + i]);
      c11a = x.fma(b0, c11a);
      c11b = x.fma(b1, c11b);
    }
    c0a.intoArray(c, out);
    c0b.intoArray(c, out + L);
    c1a.intoArray(c, out + pitch);
    c1b.intoArray(c, out + pitch + L);
    c2a.intoArray(c, out + 2 * pitch);
    c2b.intoArray(c, out + 2 * pitch + L);
    c3a.intoArray(c, out + 3 * pitch);
    c3b.intoArray(c, out + 3 * pitch + L);
    c4a.intoArray(c, out + 4 * pitch);
    c4b.intoArray(c, out + 4 * pitch + L);
    c5a.intoArray(c, out + 5 * pitch);
    c5b.intoArray(c, out + 5 * pitch + L);
    c6a.intoArray(c, out + 6 * pitch);
    c6b.intoArray(c, out + 6 * pitch + L);
    c7a.intoArray(c, out + 7 * pitch);
    c7b.intoArray(c, out + 7 * pitch + L);
    c8a.intoArray(c, out + 8 * pitch);
    c8b.intoArray(c, out + 8 * pitch + L);
    c9a.intoArray(c, out + 9 * pitch);
    c9b.intoArray(c, out + 9 * pitch + L);
    c10a.intoArray(c, out + 10 * pitch);
    c10b.intoArray(c, out + 10 * pitch + L);
    c11a.intoArray(c, out + 11 * pitch);
    c11b.intoArray(c, out + 11 * pitch + L);
  }

  /**
   * One run of twelve rows and {@link RunTiles#WIDE} columns of {@link RunTiles#wide}, added to the
   * sums: they would not stay in registers through a loop over the runs.
   */
  static void run(
      float[] a, int[] at, int first, int base, int run, float[] b, int p, float[] sums) {
    int q0 = base + at[first];
    int q1 = base + at[first + 1];
    int q2 = base + at[first + 2];
    int q3 = base + at[first + 3];
    int q4 = base + at[first + 4];
    int q5 = base + at[first + 5];
    int q6 = base + at[first + 6];
    int q7 = base + at[first + 7];
    int q8 = base + at[first + 8];
    int q9 = base + at[first + 9];
    int q10 = base + at[first + 10];
    int q11 = base + at[first + 11];
    FloatVector c0a = FloatVector.fromArray(S, sums, 0);
    FloatVector c0b = FloatVector.fromArray(S, sums, L);
    FloatVector c1a = FloatVector.fromArray(S, sums, 2 * L);
    FloatVector c1b = FloatVector.fromArray(S, sums, 3 * L);
    FloatVector c2a = FloatVector.fromArray(S, sums, 4 * L);
    FloatVector c2b = FloatVector.fromArray(S, sums, 5 * L);
    FloatVector c3a = FloatVector.fromArray(S, sums, 6 * L);
    FloatVector c3b = FloatVector.fromArray(S, sums, 7 * L);
    FloatVector c4a = FloatVector.fromArray(S, sums, 8 * L);
    FloatVector c4b = FloatVector.fromArray(S, sums, 9 * L);
    FloatVector c5a = FloatVector.fromArray(S, sums, 10 * L);
    FloatVector c5b = FloatVector.fromArray(S, sums, 11 * L);
    FloatVector c6a = FloatVector.fromArray(S, sums, 12 * L);
    FloatVector c6b = FloatVector.fromArray(S, sums, 13 * L);
    FloatVector c7a = FloatVector.fromArray(S, sums, 14 * L);
    FloatVector c7b = FloatVector.fromArray(S, sums, 15 * L);
    FloatVector c8a = FloatVector.fromArray(S, sums, 16 * L);
    FloatVector c8b = FloatVector.fromArray(S, sums, 17 * L);
    FloatVector c9a = FloatVector.fromArray(S, sums, 18 * L);
    FloatVector c9b = FloatVector.fromArray(S, sums, 19 * L);
    FloatVector c10a = FloatVector.fromArray(S, sums, 20 * L);
    FloatVector c10b = FloatVector.fromArray(S, sums, 21 * L);
    FloatVector c11a = FloatVector.fromArray(S, sums, 22 * L);
    FloatVector c11b = FloatVector.fromArray(S, sums, 23 * L);
    for (int i = 0; i < run; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x = FloatVector.broadcast(S, a[q0 + i]);
      c0a = x.fma(b0, c0a);
      c0b = x.fma(b1, c0b);
      x = FloatVector.broadcast(S, a[q1 + i]);
      c1a = x.fma(b0, c1a);
      c1b = x.fma(b1, c1b);
      x = FloatVector.broadcast(S, a[q2 + i]);
      c2a = x.fma(b0, c2a);
      c2b = x.fma(b1, c2b);
      x = FloatVector.broadcast(S, a[q3 + i]);
      c3a = x.fma(b0, c3a);
      c3b = x.fma(b1, c3b);
      x = FloatVector.broadcast(S, a[q4 + i]);
      c4a = x.fma(b0, c4a);
      c4b = x.fma(b1, c4b);
      x = FloatVector.broadcast(S, a[q5 + i]);
      c5a = x.fma(b0, c5a);
      c5b = x.fma(b1, c5b);
      x = FloatVector.broadcast(S, a[q6 + i]);
      c6a = x.fma(b0, c6a);
      c6b = x.fma(b1, c6b);
      x = FloatVector.broadcast(S, a[q7 + i]);
      c7a = x.fma(b0, c7a);
      c7b = x.fma(b1, c7b);
      x = FloatVector.broadcast(S, a[q8 + i]);
      c8a = x.fma(b0, c8a);
      c8b = x.fma(b1, c8b);
      x = FloatVector.broadcast(S, a[q9 + i]);
      c9a = x.fma(b0, c9a);
      c9b = x.fma(b1, c9b);
      x = FloatVector.broadcast(S, a[q10 + i]);
      c10a = x.fma(b0, c10a);
      c10b = x.fma(b1, c10b);
      x = FloatVector.broadcast(S, a[q11 + i]);
      c11a = x.fma(b0, c11a);
      c11b = x.fma(b1, c11b);
    }
    c0a.intoArray(sums, 0);
    c0b.intoArray(sums, L);
    c1a.intoArray(sums, 2 * L);
    c1b.intoArray(sums, 3 * L);
    c2a.intoArray(sums, 4 * L);
    c2b.intoArray(sums, 5 * L);
    c3a.intoArray(sums, 6 * L);
    c3b.intoArray(sums, 7 * L);
    c4a.intoArray(sums, 8 * L);
    c4b.intoArray(sums, 9 * L);
    c5a.intoArray(sums, 10 * L);
    c5b.intoArray(sums, 11 * L);
    c6a.intoArray(sums, 12 * L);
    c6b.intoArray(sums, 13 * L);
    c7a.intoArray(sums, 14 * L);
    c7b.intoArray(sums, 15 * L);
    c8a.intoArray(sums, 16 * L);
    c8b.intoArray(sums, 17 * L);
    c9a.intoArray(sums, 18 * L);
    c9b.intoArray(sums, 19 * L);
    c10a.intoArray(sums, 20 * L);
    c10b.intoArray(sums, 21 * L);
    c11a.intoArray(sums, 22 * L);
    c11b.intoArray(sums, 23 * L);
  }

  /**
   * Twelve rows and {@link OuterTiles#WIDE} columns of {@link OuterTiles#wide}, left in the sums.
   */
  static void outer(
      float[] a, int baseA, int[] ofA, float[] b, int baseB, int[] ofB, int count, float[] sums) {
    FloatVector c0a = FloatVector.zero(S);
    FloatVector c0b = c0a;
    FloatVector c1a = c0a;
    FloatVector c1b = c0a;
    FloatVector c2a = c0a;
    FloatVector c2b = c0a;
    FloatVector c3a = c0a;
    FloatVector c3b = c0a;
    FloatVector c4a = c0a;
    FloatVector c4b = c0a;
    FloatVector c5a = c0a;
    FloatVector c5b = c0a;
    FloatVector c6a = c0a;
    FloatVector c6b = c0a;
    FloatVector c7a = c0a;
    FloatVector c7b = c0a;
    FloatVector c8a = c0a;
    FloatVector c8b = c0a;
    FloatVector c9a = c0a;
    FloatVector c9b = c0a;
    FloatVector c10a = c0a;
    FloatVector c10b = c0a;
    FloatVector c11a = c0a;
    FloatVector c11b = c0a;
    for (int i = 0; i < count; i++) {
      int q = baseA + ofA[i];
      int p = baseB + ofB[i];
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x = FloatVector.broadcast(S, a[q]);
      c0a = x.fma(b0, c0a);
      c0b = x.fma(b1, c0b);
      x = FloatVector.broadcast(S, a[q + 1]);
      c1a = x.fma(b0, c1a);
      c1b = x.fma(b1, c1b);
      x = FloatVector.broadcast(S, a[q + 2]);
      c2a = x.fma(b0, c2a);
      c2b = x.fma(b1, c2b);
      x = FloatVector.broadcast(S, a[q + 3]);
      c3a = x.fma(b0, c3a);
      c3b = x.fma(b1, c3b);
      x = FloatVector.broadcast(S, a[q + 4]);
      c4a = x.fma(b0, c4a);
      c4b = x.fma(b1, c4b);
      x = FloatVector.broadcast(S, a[q + 5]);
      c5a = x.fma(b0, c5a);
      c5b = x.fma(b1, c5b);
      x = FloatVector.broadcast(S, a[q + 6]);
      c6a = x.fma(b0, c6a);
      c6b = x.fma(b1, c6b);
      x = FloatVector.broadcast(S, a[q + 7]);
      c7a = x.fma(b0, c7a);
      c7b = x.fma(b1, c7b);
      x = FloatVector.broadcast(S, a[q + 8]);
      c8a = x.fma(b0, c8a);
      c8b = x.fma(b1, c8b);
      x = FloatVector.broadcast(S, a[q + 9]);
      c9a = x.fma(b0, c9a);
      c9b = x.fma(b1, c9b);
      x = FloatVector.broadcast(S, a[q + 10]);
      c10a = x.fma(b0, c10a);
      c10b = x.fma(b1, c10b);
      x = FloatVector.broadcast(S, a[q + 11]);
      c11a = x.fma(b0, c11a);
      c11b = x.fma(b1, c11b);
    }
    c0a.intoArray(sums, 0);
    c0b.intoArray(sums, L);
    c1a.intoArray(sums, 2 * L);
    c1b.intoArray(sums, 3 * L);
    c2a.intoArray(sums, 4 * L);
    c2b.intoArray(sums, 5 * L);
    c3a.intoArray(sums, 6 * L);
    c3b.intoArray(sums, 7 * L);
    c4a.intoArray(sums, 8 * L);
    c4b.intoArray(sums, 9 * L);
    c5a.intoArray(sums, 10 * L);
    c5b.intoArray(sums, 11 * L);
    c6a.intoArray(sums, 12 * L);
    c6b.intoArray(sums, 13 * L);
    c7a.intoArray(sums, 14 * L);
    c7b.intoArray(sums, 15 * L);
    c8a.intoArray(sums, 16 * L);
    c8b.intoArray(sums, 17 * L);
    c9a.intoArray(sums, 18 * L);
    c9b.intoArray(sums, 19 * L);
    c10a.intoArray(sums, 20 * L);
    c10b.intoArray(sums, 21 * L);
    c11a.intoArray(sums, 22 * L);
    c11b.intoArray(sums, 23 * L);
  }
}
