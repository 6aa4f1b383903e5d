package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A small matrix of the arena, copied to a buffer with rows padded by zeros to whole vectors of
 * {@value #UNIT}, for products with one vector, the sums kept in registers.
 *
 * @param from where the matrix starts in the arena
 * @param turned whether its columns become rows
 * @param start where the rows start in the buffer, {@code width} floats each
 * @param rows of the copy
 * @param columns of the copy, without the padding
 */
record SweepWeights(int from, boolean turned, int start, int rows, int columns) {
  private static final int UNIT = 16;
  private static final int L = Simd.WIDE_LANES;

  /** The next multiple of {@value #UNIT}. */
  static int padded(int n) {
    return (n + UNIT - 1) / UNIT * UNIT;
  }

  int width() {
    return padded(columns);
  }

  /** First float of the buffer behind the matrix. */
  int end() {
    return start + rows * width();
  }

  /** Copies the matrix from the arena to the buffer. */
  void load(float[] arena, float[] data) {
    Arrays.fill(data, start, end(), 0f);
    int width = width();
    for (int i = 0; i < rows; i++) {
      if (turned) {
        for (int j = 0; j < columns; j++) {
          data[start + i * width + j] = arena[from + j * rows + i];
        }
      } else {
        System.arraycopy(arena, from + i * columns, data, start + i * width, columns);
      }
    }
  }

  /** y[0..width) += Σ_k x[k]·row k. */
  void multiply(float[] data, float[] x, int at, float[] y, int to) {
    int width = width();
    int j = 0;
    for (; j + 2 * L <= width; j += 2 * L) {
      pair(data, x, at, j, y, to + j);
    }
    for (; j < width; j += L) {
      single(data, x, at, j, y, to + j);
    }
  }

  private void pair(float[] data, float[] x, int at, int j, float[] y, int to) {
    FloatVector s0 = FloatVector.fromArray(Simd.WIDE, y, to);
    FloatVector s1 = FloatVector.fromArray(Simd.WIDE, y, to + L);
    FloatVector t0 = FloatVector.zero(Simd.WIDE);
    FloatVector t1 = t0;
    int width = width();
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

  private void single(float[] data, float[] x, int at, int j, float[] y, int to) {
    int width = width();
    FloatVector s = FloatVector.fromArray(Simd.WIDE, y, to);
    for (int k = 0; k < rows; k++) {
      s =
          FloatVector.fromArray(Simd.WIDE, data, start + k * width + j)
              .fma(FloatVector.broadcast(Simd.WIDE, x[at + k]), s);
    }
    s.intoArray(y, to);
  }
}
