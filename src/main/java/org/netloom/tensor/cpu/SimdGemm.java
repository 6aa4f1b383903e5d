package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Single-precision matrix product C = op(A)·op(B) on register tiles: one factor is packed into
 * panels, the other is read where it lies (after Goto and van de Geijn 2008). Every element of C is
 * summed in ascending order of the inner index by one thread, in blocks that do not depend on the
 * number of threads.
 */
final class SimdGemm {
  /** Rows of A that one pass over the packed part of B multiplies. */
  private static final int ROWS = 128;

  /** Rows of C that an outer product completes before it goes on: their pages stay at hand. */
  private static final int OUTER_ROWS = 32;

  /** Inner indices between two additions to C. */
  private static final int INNER = 256;

  /** Columns that a thread packs at a time. */
  private static final int COLUMNS = 512;

  private static final int[] START = {0};

  private final Parallel parallel;
  private final TileBuffers buffers;

  SimdGemm(Parallel parallel, TileBuffers buffers) {
    this.parallel = parallel;
    this.buffers = buffers;
  }

  Kernel product(Matrix.Product p, Plan.Step s) {
    Shape left = s.inShape(0);
    Shape right = s.inShape(1);
    int k = p.transposeA() ? left.rows() : left.side(-1);
    int m = p.transposeA() ? left.side(-1) : left.rows();
    int n = p.transposeB() ? right.rows() : right.side(-1);
    int a = s.in()[0];
    int b = s.in()[1];
    int c = s.out()[0];
    if (p.transposeA() && p.transposeB()) {
      return arena -> ScalarMatrix.product(p, s, arena);
    } else if (k == 0) {
      return arena -> Arrays.fill(arena, c, c + m * n, 0f);
    } else if (p.transposeA()) {
      return outer(m, n, k, a, b, c);
    } else if (p.transposeB()) {
      return (long) m * (k + n) < (long) n * k
          ? turned(m, n, k, a, b, c)
          : rows(m, n, k, a, b, 1, k, c);
    } else if (m <= ThinProduct.ROWS) {
      return parallel.kernel(
          Math.ceilDiv(n, RunTiles.WIDE),
          (long) m * n * k,
          (arena, shared, from, to) ->
              ThinProduct.multiply(
                  arena, m, k, n, a, b, c, from * RunTiles.WIDE, Math.min(n, to * RunTiles.WIDE)));
    } else {
      return rows(m, n, k, a, b, n, 1, c);
    }
  }

  /** C = A·op(B), split by its longer side; B's elements lie as {@link Panels#pack} says. */
  private Kernel rows(int m, int n, int k, int a, int b, int stepRow, int stepColumn, int c) {
    boolean tall = m >= n;
    return parallel.kernel(
        tall ? Math.ceilDiv(m, RunTiles.NARROW_ROWS) : Math.ceilDiv(n, RunTiles.WIDE),
        (long) m * n * k,
        (arena, shared, from, to) -> {
          int m0 = tall ? from * RunTiles.NARROW_ROWS : 0;
          int m1 = tall ? Math.min(m, to * RunTiles.NARROW_ROWS) : m;
          int n0 = tall ? 0 : from * RunTiles.WIDE;
          int n1 = tall ? n : Math.min(n, to * RunTiles.WIDE);
          int[] at = buffers.rows(ROWS, k);
          for (int j = n0; j < n1; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n1 - j);
            for (int t = 0; t < k; t += INNER) {
              int inner = Math.min(INNER, k - t);
              float[] panels = buffers.floats(TileBuffers.PANELS, inner * Panels.columns(columns));
              Panels.pack(
                  arena,
                  b + t * stepRow + j * stepColumn,
                  START,
                  inner,
                  stepRow,
                  stepColumn,
                  columns,
                  panels,
                  0);
              for (int i = m0; i < m1; i += ROWS) {
                RowProduct.multiply(
                    arena,
                    a + i * k + t,
                    at,
                    Math.min(ROWS, m1 - i),
                    START,
                    inner,
                    panels,
                    0,
                    columns,
                    arena,
                    c + i * n + j,
                    n,
                    t > 0);
              }
            }
          }
        });
  }

  /** C = A·Bᵀ for few rows of A: Cᵀ = B·Aᵀ, so that it is A that gets packed. */
  private Kernel turned(int m, int n, int k, int a, int b, int c) {
    return parallel.kernel(
        Math.ceilDiv(n, RunTiles.NARROW_ROWS),
        (long) m * n * k,
        (arena, shared, from, to) -> {
          int[] at = buffers.rows(ROWS, k);
          float[] panels = buffers.floats(TileBuffers.PANELS, k * Panels.columns(m));
          Panels.pack(arena, a, START, k, 1, k, m, panels, 0);
          float[] sums = buffers.floats(TileBuffers.SUMS, ROWS * m);
          int end = Math.min(n, to * RunTiles.NARROW_ROWS);
          for (int j = from * RunTiles.NARROW_ROWS; j < end; j += ROWS) {
            int rows = Math.min(ROWS, end - j);
            RowProduct.multiply(
                arena, b + j * k, at, rows, START, k, panels, 0, m, sums, 0, m, false);
            for (int i = 0; i < m; i++) {
              int to0 = c + i * n + j;
              for (int r = 0; r < rows; r++) {
                arena[to0 + r] = sums[r * m + i];
              }
            }
          }
        });
  }

  /** C = Aᵀ·B, split by the rows of C. */
  private Kernel outer(int m, int n, int k, int a, int b, int c) {
    return parallel.kernel(
        Math.ceilDiv(m, OuterProduct.ROWS),
        (long) m * n * k,
        (arena, shared, from, to) -> {
          int m1 = Math.min(m, to * OuterProduct.ROWS);
          int[] ofA = buffers.rows(Math.min(k, INNER), m);
          int[] ofB = buffers.others(Math.min(k, INNER), n);
          for (int t = 0; t < k; t += INNER) {
            for (int i = from * OuterProduct.ROWS; i < m1; i += OUTER_ROWS) {
              OuterProduct.multiply(
                  arena,
                  a + t * m,
                  ofA,
                  arena,
                  b + t * n,
                  ofB,
                  Math.min(INNER, k - t),
                  arena,
                  c,
                  n,
                  i,
                  Math.min(m1, i + OUTER_ROWS),
                  n,
                  t > 0);
            }
          }
        });
  }
}
