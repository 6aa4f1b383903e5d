package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Packed single-precision matrix product C = op(A)·op(B) on 4×16 register tiles (Goto and van de
 * Geijn 2008). Every element of C is summed in ascending order of the inner index by one thread, in
 * blocks that do not depend on the number of threads.
 */
final class SimdGemm {
  static final int MR = 4;
  static final int NR = 16;
  private static final int KC = 256;
  private static final int MC = 64;
  private static final int NC = 512;

  private final Parallel parallel;
  private final ThreadLocal<Packs> packs = ThreadLocal.withInitial(Packs::new);

  /** Packing buffers of one thread. */
  private static final class Packs {
    final float[] a = new float[MC * KC];
    final float[] b = new float[KC * NC];
    final float[] tile = new float[MR * NR];
  }

  SimdGemm(Parallel parallel) {
    this.parallel = parallel;
  }

  /** A matrix in an array: element (i, j) at {@code at + i·row + j}, or transposed. */
  record Operand(float[] data, int at, int row, boolean transposed) {
    int index(int i, int j) {
      return transposed ? at + j * row + i : at + i * row + j;
    }
  }

  void product(Matrix.Product p, Plan.Step s, float[] arena) {
    Shape left = s.inShape(0);
    Shape right = s.inShape(1);
    int k = p.transposeA() ? left.rows() : left.side(-1);
    int m = p.transposeA() ? left.side(-1) : left.rows();
    int n = p.transposeB() ? right.rows() : right.side(-1);
    Operand a = new Operand(arena, s.in()[0], left.side(-1), p.transposeA());
    Operand b = new Operand(arena, s.in()[1], right.side(-1), p.transposeB());
    multiply(m, n, k, a, b, arena, s.out()[0], n, false);
  }

  /** C (+)= op(A)·op(B), split over the threads by rows or columns of C. */
  void multiply(
      int m, int n, int k, Operand a, Operand b, float[] c, int at, int row, boolean add) {
    long cost = (long) m * n * k;
    if (m >= n) {
      parallel.forRange(
          Math.ceilDiv(m, MR),
          cost,
          (from, to) ->
              block(from * MR, Math.min(m, to * MR), 0, n, k, a, b, c, at, row, add));
    } else {
      parallel.forRange(
          Math.ceilDiv(n, NR),
          cost,
          (from, to) ->
              block(0, m, from * NR, Math.min(n, to * NR), k, a, b, c, at, row, add));
    }
  }

  /** The part of C in rows m0..m1−1 and columns n0..n1−1, on the calling thread. */
  void block(
      int m0, int m1, int n0, int n1, int k, Operand a, Operand b, float[] c, int at, int row,
      boolean add) {
    Packs p = packs.get();
    if (k == 0 && !add) {
      for (int i = m0; i < m1; i++) {
        Arrays.fill(c, at + i * row + n0, at + i * row + n1, 0f);
      }
    }
    for (int jc = n0; jc < n1; jc += NC) {
      int nc = Math.min(NC, n1 - jc);
      for (int pc = 0; pc < k; pc += KC) {
        int kc = Math.min(KC, k - pc);
        packB(b, pc, jc, kc, nc, p.b);
        for (int ic = m0; ic < m1; ic += MC) {
          int mc = Math.min(MC, m1 - ic);
          packA(a, ic, pc, mc, kc, p.a);
          for (int jr = 0; jr < nc; jr += NR) {
            for (int ir = 0; ir < mc; ir += MR) {
              tile(p, ir * kc, jr * kc, kc, Math.min(MR, mc - ir), Math.min(NR, nc - jr), c,
                  at + (ic + ir) * row + jc + jr, row, add || pc > 0);
            }
          }
        }
      }
    }
  }

  private static void tile(
      Packs p, int a, int b, int k, int rows, int columns, float[] c, int at, int row,
      boolean add) {
    if (rows == MR && columns == NR) {
      micro(p.a, a, p.b, b, k, c, at, row, add);
      return;
    }
    micro(p.a, a, p.b, b, k, p.tile, 0, NR, false);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float v = p.tile[i * NR + j];
        c[at + i * row + j] = add ? c[at + i * row + j] + v : v;
      }
    }
  }

  private static void packA(Operand a, int i0, int k0, int mc, int kc, float[] to) {
    int stepI = a.transposed ? 1 : a.row;
    int stepK = a.transposed ? a.row : 1;
    float[] data = a.data;
    for (int i = 0; i < mc; i += MR) {
      int q = i * kc;
      int from = a.index(i0 + i, k0);
      int rows = Math.min(MR, mc - i);
      if (rows == MR) {
        int from1 = from + stepI;
        int from2 = from1 + stepI;
        int from3 = from2 + stepI;
        for (int k = 0; k < kc; k++) {
          int step = k * stepK;
          to[q] = data[from + step];
          to[q + 1] = data[from1 + step];
          to[q + 2] = data[from2 + step];
          to[q + 3] = data[from3 + step];
          q += MR;
        }
      } else {
        for (int k = 0; k < kc; k++) {
          for (int r = 0; r < MR; r++) {
            to[q++] = r < rows ? data[from + r * stepI + k * stepK] : 0f;
          }
        }
      }
    }
  }

  private static void packB(Operand b, int k0, int j0, int kc, int nc, float[] to) {
    for (int j = 0; j < nc; j += NR) {
      int columns = Math.min(NR, nc - j);
      int from = b.index(k0, j0 + j);
      int q = j * kc;
      if (!b.transposed) {
        for (int k = 0; k < kc; k++, q += NR, from += b.row) {
          if (columns == NR) {
            FloatVector.fromArray(Simd.S, b.data, from).intoArray(to, q);
            FloatVector.fromArray(Simd.S, b.data, from + 8).intoArray(to, q + 8);
          } else {
            System.arraycopy(b.data, from, to, q, columns);
            Arrays.fill(to, q + columns, q + NR, 0f);
          }
        }
      } else {
        for (int x = 0; x < NR; x++) {
          int source = from + x * b.row;
          for (int k = 0; k < kc; k++) {
            to[q + k * NR + x] = x < columns ? b.data[source + k] : 0f;
          }
        }
      }
    }
  }

  private static void micro(
      float[] a, int q, float[] b, int p, int k, float[] c, int at, int row, boolean add) {
    FloatVector c00 = FloatVector.zero(Simd.S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int i = 0; i < k; i++, q += MR, p += NR) {
      FloatVector b0 = FloatVector.fromArray(Simd.S, b, p);
      FloatVector b1 = FloatVector.fromArray(Simd.S, b, p + 8);
      FloatVector x = FloatVector.broadcast(Simd.S, a[q]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(Simd.S, a[q + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(Simd.S, a[q + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(Simd.S, a[q + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    store(c00, c01, c, at, add);
    store(c10, c11, c, at + row, add);
    store(c20, c21, c, at + 2 * row, add);
    store(c30, c31, c, at + 3 * row, add);
  }

  private static void store(FloatVector lo, FloatVector hi, float[] c, int at, boolean add) {
    if (add) {
      lo.add(FloatVector.fromArray(Simd.S, c, at)).intoArray(c, at);
      hi.add(FloatVector.fromArray(Simd.S, c, at + 8)).intoArray(c, at + 8);
    } else {
      lo.intoArray(c, at);
      hi.intoArray(c, at + 8);
    }
  }
}
