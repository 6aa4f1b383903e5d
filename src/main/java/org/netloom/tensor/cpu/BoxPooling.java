package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The mean over 3×3 windows of stride 1 and padding 1 of one NHWC image and its gradient: sums of
 * three rows, then of three neighbours, over rows of w·c values whatever the number of channels.
 */
final class BoxPooling {
  private BoxPooling() {}

  /** Floats of scratch: one row with a pixel of zeros on both sides. */
  static int size(SimdPooling.Cells cells, int c) {
    return (cells.w() + 2) * c;
  }

  static void forward(SimdPooling.Cells cells, int c, float[] a, int x, int y, float[] row) {
    int length = cells.w() * c;
    Arrays.fill(row, 0, c, 0f);
    Arrays.fill(row, c + length, 2 * c + length, 0f);
    for (int i = 0; i < cells.h(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      float inner = 1f / ((u1 - u0) * 3);
      float outer = 1f / ((u1 - u0) * 2);
      rows(a, x, length, u0, u1, 1f, 1f, 1f, row, c);
      int to = y + i * length;
      neighbours(row, 0, c, c, outer, a, to);
      neighbours(row, c, length - c, c, inner, a, to);
      neighbours(row, length - c, length, c, outer, a, to);
    }
  }

  static void gradient(SimdPooling.Cells cells, int c, float[] a, int gy, int gx, float[] row) {
    int h = cells.h();
    int length = cells.w() * c;
    Arrays.fill(row, 0, c, 0f);
    Arrays.fill(row, c + length, 2 * c + length, 0f);
    for (int i = 0; i < h; i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      float f0 = share(cells, u0);
      float f1 = share(cells, u0 + 1);
      float f2 = u1 - u0 == 3 ? share(cells, u0 + 2) : 0;
      rows(a, gy, length, u0, u1, f0, f1, f2, row, c);
      scale(row, c, 2 * c, 1.5f);
      scale(row, length, c + length, 1.5f);
      neighbours(row, 0, length, c, 1f, a, gx + i * length);
    }
  }

  /** What a value in the middle of row u gets of the mean that it is part of. */
  private static float share(SimdPooling.Cells cells, int u) {
    return 1f / ((cells.bottom()[u] - cells.top()[u]) * 3);
  }

  /** row[base..] = Σ factor·x over the two or three rows u0..u1−1. */
  private static void rows(
      float[] a,
      int x,
      int length,
      int u0,
      int u1,
      float f0,
      float f1,
      float f2,
      float[] row,
      int base) {
    int x0 = x + u0 * length;
    int x1 = x0 + length;
    int j = 0;
    if (u1 - u0 == 2) {
      for (; j + Simd.LANES <= length; j += Simd.LANES) {
        FloatVector.fromArray(Simd.S, a, x0 + j)
            .mul(f0)
            .add(FloatVector.fromArray(Simd.S, a, x1 + j).mul(f1))
            .intoArray(row, base + j);
      }
      for (; j < length; j++) {
        row[base + j] = a[x0 + j] * f0 + a[x1 + j] * f1;
      }
      return;
    }
    int x2 = x1 + length;
    for (; j + Simd.LANES <= length; j += Simd.LANES) {
      FloatVector.fromArray(Simd.S, a, x0 + j)
          .mul(f0)
          .add(FloatVector.fromArray(Simd.S, a, x1 + j).mul(f1))
          .add(FloatVector.fromArray(Simd.S, a, x2 + j).mul(f2))
          .intoArray(row, base + j);
    }
    for (; j < length; j++) {
      row[base + j] = a[x0 + j] * f0 + a[x1 + j] * f1 + a[x2 + j] * f2;
    }
  }

  private static void scale(float[] row, int from, int to, float factor) {
    for (int j = from; j < to; j++) {
      row[j] *= factor;
    }
  }

  /** y[j] = factor·(row[j] + row[j + c] + row[j + 2c]) for j in from..to−1. */
  private static void neighbours(
      float[] row, int from, int to, int c, float factor, float[] a, int y) {
    int j = from;
    for (; j + Simd.LANES <= to; j += Simd.LANES) {
      FloatVector.fromArray(Simd.S, row, j)
          .add(FloatVector.fromArray(Simd.S, row, j + c))
          .add(FloatVector.fromArray(Simd.S, row, j + 2 * c))
          .mul(factor)
          .intoArray(a, y + j);
    }
    for (; j < to; j++) {
      a[y + j] = (row[j] + row[j + c] + row[j + 2 * c]) * factor;
    }
  }
}
