package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A small matrix with rows padded by zeros to whole vectors of {@value #UNIT}, for products with
 * one vector, the sums kept in registers.
 *
 * @param data buffer that holds the rows, {@code width} floats each, from {@code start}
 */
record SweepWeights(float[] data, int start, int rows, int width) {
  private static final int UNIT = 16;
  private static final int L = Simd.WIDE_LANES;

  /** The next multiple of {@value #UNIT}. */
  static int padded(int n) {
    return (n + UNIT - 1) / UNIT * UNIT;
  }

  /** First float behind the matrix. */
  int end() {
    return start + rows * width;
  }

  /** The rows of a matrix [rows, columns] as they are. */
  static SweepWeights of(float[] data, int start, float[] a, int at, int rows, int columns) {
    SweepWeights w = new SweepWeights(data, start, rows, padded(columns));
    Arrays.fill(data, start, w.end(), 0f);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, at + i * columns, data, start + i * w.width, columns);
    }
    return w;
  }

  /** The columns of a matrix [columns, rows] as rows. */
  static SweepWeights turned(float[] data, int start, float[] a, int at, int columns, int rows) {
    SweepWeights w = new SweepWeights(data, start, rows, padded(columns));
    Arrays.fill(data, start, w.end(), 0f);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        data[start + i * w.width + j] = a[at + j * rows + i];
      }
    }
    return w;
  }

  /** y[0..width) += Σ_k x[k]·row k. */
  void multiply(float[] x, int at, float[] y, int to) {
    int j = 0;
    for (; j + 2 * L <= width; j += 2 * L) {
      pair(x, at, j, y, to + j);
    }
    for (; j < width; j += L) {
      single(x, at, j, y, to + j);
    }
  }

  private void pair(float[] x, int at, int j, float[] y, int to) {
    FloatVector s0 = FloatVector.fromArray(Simd.WIDE, y, to);
    FloatVector s1 = FloatVector.fromArray(Simd.WIDE, y, to + L);
    FloatVector t0 = FloatVector.zero(Simd.WIDE);
    FloatVector t1 = t0;
    int row = start + j;
    int k = 0;
    for (; k + 2 <= rows; k += 2, row += 2 * width) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, x[at + k]);
      s0 = FloatVector.fromArray(Simd.WIDE, data, row).fma(v, s0);
      s1 = FloatVector.fromArray(Simd.WIDE, data, row + L).fma(v, s1);
      v = FloatVector.broadcast(Simd.WIDE, x[at + k + 1]);
      t0 = FloatVector.fromArray(Simd.WIDE, data, row + width).fma(v, t0);
      t1 = FloatVector.fromArray(Simd.WIDE, data, row + width + L).fma(v, t1);
    }
    if (k < rows) {
      FloatVector v = FloatVector.broadcast(Simd.WIDE, x[at + k]);
      s0 = FloatVector.fromArray(Simd.WIDE, data, row).fma(v, s0);
      s1 = FloatVector.fromArray(Simd.WIDE, data, row + L).fma(v, s1);
    }
    s0.add(t0).intoArray(y, to);
    s1.add(t1).intoArray(y, to + L);
  }

  private void single(float[] x, int at, int j, float[] y, int to) {
    FloatVector s = FloatVector.fromArray(Simd.WIDE, y, to);
    for (int k = 0; k < rows; k++) {
      s =
          FloatVector.fromArray(Simd.WIDE, data, start + k * width + j)
              .fma(FloatVector.broadcast(Simd.WIDE, x[at + k]), s);
    }
    s.intoArray(y, to);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
