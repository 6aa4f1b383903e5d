package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * C = A·B for A of very few rows: B is read once in the order of memory, four rows at a time, and
 * nothing is packed.
 */
final class ThinProduct {
  /** Rows of A up to which this pays. */
  static final int ROWS = 4;

  private static final VectorSpecies<Float> S = Simd.WIDE;
  private static final int L = Simd.WIDE_LANES;

  /** Columns whose sums stay in the first cache. */
  private static final int COLUMNS = 1024;

  private ThinProduct() {}

  /** Columns n0..n1−1 of A [m, k] · B [k, n]. */
  static void multiply(float[] data, int m, int k, int n, int a, int b, int c, int n0, int n1) {
    for (int j = n0; j < n1; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n1 - j);
      for (int i = 0; i < m; i++) {
        Arrays.fill(data, c + i * n + j, c + i * n + j + columns, 0f);
      }
      int t = 0;
      for (; t + 3 < k; t += 4) {
        for (int i = 0; i < m; i++) {
          int from = a + i * k + t;
          four(
              data,
              data[from],
              data[from + 1],
              data[from + 2],
              data[from + 3],
              b + t * n + j,
              n,
              c + i * n + j,
              columns);
        }
      }
      for (; t < k; t++) {
        for (int i = 0; i < m; i++) {
          one(data, data[a + i * k + t], b + t * n + j, c + i * n + j, columns);
        }
      }
    }
  }

  private static void four(
      float[] data, float x0, float x1, float x2, float x3, int b, int n, int c, int columns) {
    FloatVector v0 = FloatVector.broadcast(S, x0);
    FloatVector v1 = FloatVector.broadcast(S, x1);
    FloatVector v2 = FloatVector.broadcast(S, x2);
    FloatVector v3 = FloatVector.broadcast(S, x3);
    int whole = columns - columns % L;
    int b1 = b + n;
    int b2 = b1 + n;
    int b3 = b2 + n;
    for (int j = 0; j < whole; j += L) {
      FloatVector sum = FloatVector.fromArray(S, data, c + j);
      sum = v0.fma(FloatVector.fromArray(S, data, b + j), sum);
      sum = v1.fma(FloatVector.fromArray(S, data, b1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(S, data, b2 + j), sum);
      v3.fma(FloatVector.fromArray(S, data, b3 + j), sum).intoArray(data, c + j);
    }
    for (int j = whole; j < columns; j++) {
      float sum = Math.fma(x0, data[b + j], data[c + j]);
      sum = Math.fma(x1, data[b1 + j], sum);
      sum = Math.fma(x2, data[b2 + j], sum);
      data[c + j] = Math.fma(x3, data[b3 + j], sum);
    }
  }

  private static void one(float[] data, float x, int b, int c, int columns) {
    for (int j = 0; j < columns; j++) {
      data[c + j] = Math.fma(x, data[b + j], data[c + j]);
    }
  }
}
