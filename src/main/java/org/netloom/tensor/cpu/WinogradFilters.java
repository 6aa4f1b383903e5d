package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * Filters of 3×3 transformed for F(2×2, 3×3): U = G·g·Gᵀ (Lavin and Gray 2016, equation 13), packed
 * for {@link RowProduct} as sixteen matrices [rows, columns] behind one another; and the way back
 * for their gradients, ∂g = Gᵀ·∂U·G.
 */
final class WinogradFilters {
  private static final int TAPS = 9;
  private static final int L = Simd.WIDE_LANES;

  private WinogradFilters() {}

  /**
   * Packs columns j..j+width−1 (one panel) of all rows. The filter of row i and column j lies at
   * {@code w + i·stepRow + j·stepColumn}.
   *
   * @param turned whether filters are read from their last tap to their first
   * @param u receives the panel of sixteen matrices {@code plane} floats apart
   * @param taps room for a filter of every column of a panel
   */
  static void pack(
      float[] a,
      int w,
      int stepRow,
      int stepColumn,
      boolean turned,
      int rows,
      int width,
      float[] u,
      int at,
      int plane,
      float[] taps) {
    for (int i = 0; i < rows; i++) {
      int filter = w + i * stepRow;
      for (int j = 0; j < width; j++, filter += stepColumn) {
        if (turned) {
          for (int t = 0; t < TAPS; t++) {
            taps[t * width + j] = a[filter + TAPS - 1 - t];
          }
        } else {
          for (int t = 0; t < TAPS; t++) {
            taps[t * width + j] = a[filter + t];
          }
        }
      }
      for (int j = 0; j < width; j += L) {
        transform(taps, j, width, u, at + i * width + j, plane);
      }
    }
  }

  private static void transform(float[] g, int at, int step, float[] u, int out, int plane) {
    for (int v = 0; v < 3; v++) {
      // G over the rows: 1 0 0, ½ ½ ½, ½ −½ ½, 0 0 1
      FloatVector g0 = FloatVector.fromArray(Simd.WIDE, g, at + v * step);
      FloatVector g1 = FloatVector.fromArray(Simd.WIDE, g, at + (3 + v) * step);
      FloatVector g2 = FloatVector.fromArray(Simd.WIDE, g, at + (6 + v) * step);
      FloatVector outer = g0.add(g2);
      g0.intoArray(u, out + v * plane);
      outer.add(g1).mul(0.5f).intoArray(u, out + (4 + v) * plane);
      outer.sub(g1).mul(0.5f).intoArray(u, out + (8 + v) * plane);
      g2.intoArray(u, out + (12 + v) * plane);
    }
    for (int row = 0; row < 4; row++) {
      int to = out + 4 * row * plane;
      FloatVector g0 = FloatVector.fromArray(Simd.WIDE, u, to);
      FloatVector g1 = FloatVector.fromArray(Simd.WIDE, u, to + plane);
      FloatVector g2 = FloatVector.fromArray(Simd.WIDE, u, to + 2 * plane);
      FloatVector outer = g0.add(g2);
      outer.add(g1).mul(0.5f).intoArray(u, to + plane);
      outer.sub(g1).mul(0.5f).intoArray(u, to + 2 * plane);
      g2.intoArray(u, to + 3 * plane);
    }
  }

  /**
   * ∂g of one input channel and all output channels.
   *
   * @param u sixteen rows of {@code outputs} values {@code plane} floats apart; overwritten
   * @param gw where the first filter's gradient goes; the next one's is {@code step} further
   */
  static void gradient(
      float[] u, int at, int plane, int outputs, float[] a, int gw, int step, float[] taps) {
    for (int k = 0; k < outputs; k += L) {
      back(u, at + k, plane, taps);
      int to = gw + k * step;
      for (int j = 0; j < L; j++, to += step) {
        for (int t = 0; t < TAPS; t++) {
          a[to + t] = taps[t * L + j];
        }
      }
    }
  }

  /** Gᵀ·∂U·G of one vector of filters. */
  private static void back(float[] u, int at, int plane, float[] taps) {
    for (int v = 0; v < 4; v++) {
      int p = at + v * plane;
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, u, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, u, p + 4 * plane);
      FloatVector m2 = FloatVector.fromArray(Simd.WIDE, u, p + 8 * plane);
      FloatVector m3 = FloatVector.fromArray(Simd.WIDE, u, p + 12 * plane);
      FloatVector half = m1.add(m2).mul(0.5f);
      m0.add(half).intoArray(u, p);
      m1.sub(m2).mul(0.5f).intoArray(u, p + 4 * plane);
      m3.add(half).intoArray(u, p + 8 * plane);
    }
    for (int row = 0; row < 3; row++) {
      int p = at + 4 * row * plane;
      FloatVector m0 = FloatVector.fromArray(Simd.WIDE, u, p);
      FloatVector m1 = FloatVector.fromArray(Simd.WIDE, u, p + plane);
      FloatVector m2 = FloatVector.fromArray(Simd.WIDE, u, p + 2 * plane);
      FloatVector m3 = FloatVector.fromArray(Simd.WIDE, u, p + 3 * plane);
      FloatVector half = m1.add(m2).mul(0.5f);
      m0.add(half).intoArray(taps, 3 * row * L);
      m1.sub(m2).mul(0.5f).intoArray(taps, (3 * row + 1) * L);
      m3.add(half).intoArray(taps, (3 * row + 2) * L);
    }
  }
}
