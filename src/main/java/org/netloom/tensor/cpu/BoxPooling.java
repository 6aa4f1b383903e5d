package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The mean over 3×3 windows of padding 1 of one NHWC image, and its gradient for stride 1: sums of
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
      neighbours(row, c, length - 2 * c, c, inner, a, to + c);
      neighbours(row, length - c, c, c, outer, a, to + length - c);
    }
  }

  /** The mean over windows of another stride, which see two or three rows and columns each. */
  static void strided(SimdPooling.Cells cells, int c, float[] a, int x, int y, float[] row) {
    int length = cells.w() * c;
    int to = y;
    for (int i = 0; i < cells.rows(); i++) {
      int u0 = cells.top()[i];
      int u1 = cells.bottom()[i];
      rows(a, x, length, u0, u1, 1f, 1f, 1f, row, 0);
      for (int j = 0; j < cells.columns(); j++, to += c) {
        int from = cells.left()[j] * c;
        if (cells.right()[j] - cells.left()[j] == 3) {
          neighbours(row, from, c, c, 1f / ((u1 - u0) * 3), a, to);
        } else {
          pairs(row, from, c, 1f / ((u1 - u0) * 2), a, to);
        }
      }
    }
  }

  private static void pairs(float[] row, int from, int c, float factor, float[] a, int y) {
    int j = 0;
    for (; j + Simd.WIDE_LANES <= c; j += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, row, from + j)
          .add(FloatVector.fromArray(Simd.WIDE, row, from + j + c))
          .mul(factor)
          .intoArray(a, y + j);
    }
    for (; j < c; j++) {
      a[y + j] = (row[from + j] + row[from + j + c]) * factor;
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
      for (; j + Simd.WIDE_LANES <= length; j += Simd.WIDE_LANES) {
        FloatVector.fromArray(Simd.WIDE, a, x0 + j)
            .mul(f0)
            .add(FloatVector.fromArray(Simd.WIDE, a, x1 + j).mul(f1))
            .intoArray(row, base + j);
      }
      for (; j < length; j++) {
        row[base + j] = a[x0 + j] * f0 + a[x1 + j] * f1;
      }
      return;
    }
    int x2 = x1 + length;
    for (; j + Simd.WIDE_LANES <= length; j += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, x0 + j)
          .mul(f0)
          .add(FloatVector.fromArray(Simd.WIDE, a, x1 + j).mul(f1))
          .add(FloatVector.fromArray(Simd.WIDE, a, x2 + j).mul(f2))
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

  /** y[j] = factor·(row[from + j] + row[from + j + c] + row[from + j + 2c]) for j < count. */
  private static void neighbours(
      float[] row, int from, int count, int c, float factor, float[] a, int y) {
    int j = 0;
    for (; j + Simd.WIDE_LANES <= count; j += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, row, from + j)
          .add(FloatVector.fromArray(Simd.WIDE, row, from + j + c))
          .add(FloatVector.fromArray(Simd.WIDE, row, from + j + 2 * c))
          .mul(factor)
          .intoArray(a, y + j);
    }
    for (; j < count; j++) {
      a[y + j] = (row[from + j] + row[from + j + c] + row[from + j + 2 * c]) * factor;
    }
  }
}
