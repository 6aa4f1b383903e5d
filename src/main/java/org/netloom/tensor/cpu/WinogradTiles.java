package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * NHWC maps as overlapping 4×4 tiles at distance 2, transformed for F(2×2, 3×3): V = Bᵀ·d·B of
 * every tile and channel (Lavin and Gray 2016, equation 13), as sixteen matrices [tiles, channels]
 * behind one another. Tiles are numbered along the rows of tiles of all images; a block is some
 * rows of tiles.
 *
 * @param images maps
 * @param h rows of a map
 * @param w columns of a map
 * @param channels channels of a map, a multiple of a vector's lanes
 * @param top zero rows above the map; negative where rows are skipped
 * @param left zero columns beside it
 * @param rows rows of tiles of one map
 * @param columns tiles of a row
 */
record WinogradTiles(
    int images, int h, int w, int channels, int top, int left, int rows, int columns) {
  /** Values of a transformed tile. */
  static final int POINTS = 16;

  /** Side of a tile. */
  static final int SIDE = 4;

  private static final int L = Simd.WIDE_LANES;

  /** Rows of tiles of all maps. */
  int allRows() {
    return images * rows;
  }

  /** Columns of zero-padded maps. */
  private int padded() {
    return 2 * columns + 2;
  }

  /** Floats that {@link #transform} needs beside its result, for some channels. */
  int scratch(int some) {
    return (SIDE + 1) * padded() * some;
  }

  /** Sets the zeros around the rows in the scratch memory. */
  void clear(float[] scratch, int some) {
    Arrays.fill(scratch, 0, scratch(some), 0f);
  }

  /**
   * Transforms rows {@code from}..{@code to}−1 of tiles.
   *
   * @param x offset of the maps in {@code a}
   * @param first first of {@code some} channels
   * @param u first of {@code us} rows of the transformed tiles
   * @param v receives 4·us matrices [tiles, some] {@code plane} floats apart
   */
  void transform(
      float[] a,
      int x,
      int from,
      int to,
      int first,
      int some,
      int u,
      int us,
      float[] v,
      int plane,
      float[] scratch) {
    int step = padded() * some;
    int zeros = SIDE * step;
    int start = Math.max(0, -left);
    int end = Math.min(w, padded() - left);
    for (int row = from; row < to; row++) {
      int image = row / rows;
      int y = 2 * (row - image * rows) - top;
      int map = x + image * h * w * channels;
      for (int i = 0; i < us; i++) {
        // Bᵀ: d0 − d2, d1 + d2, d2 − d1, d1 − d3
        int plus = u + i == 0 ? 0 : u + i == 2 ? 2 : 1;
        int minus = u + i == 0 ? 2 : u + i == 1 ? 2 : u + i == 2 ? 1 : 3;
        boolean p = y + plus >= 0 && y + plus < h;
        boolean q = y + minus >= 0 && y + minus < h;
        combine(
            p ? a : scratch,
            p ? map + ((y + plus) * w + start) * channels + first : zeros,
            p ? channels : some,
            q ? a : scratch,
            q ? map + ((y + minus) * w + start) * channels + first : zeros,
            q ? channels : some,
            u + i == 1,
            end - start,
            some,
            scratch,
            i * step + (start + left) * some);
        columns(
            scratch, i * step, some, v, SIDE * i * plane + (row - from) * columns * some, plane);
      }
    }
  }

  /** z = d ± e over some pixels. */
  private static void combine(
      float[] a,
      int d,
      int stepD,
      float[] b,
      int e,
      int stepE,
      boolean add,
      int pixels,
      int some,
      float[] z,
      int to) {
    boolean whole = stepD == some && stepE == some;
    int length = whole ? pixels * some : some;
    for (int j = 0; j < (whole ? 1 : pixels); j++) {
      int p = d + j * stepD;
      int q = e + j * stepE;
      int r = to + j * some;
      if (add) {
        for (int c = 0; c < length; c += L) {
          FloatVector.fromArray(Simd.WIDE, a, p + c)
              .add(FloatVector.fromArray(Simd.WIDE, b, q + c))
              .intoArray(z, r + c);
        }
      } else {
        for (int c = 0; c < length; c += L) {
          FloatVector.fromArray(Simd.WIDE, a, p + c)
              .sub(FloatVector.fromArray(Simd.WIDE, b, q + c))
              .intoArray(z, r + c);
        }
      }
    }
  }

  /** The other factor B, along the row; tiles share two columns with the one before. */
  private void columns(float[] z, int at, int some, float[] v, int out, int plane) {
    for (int c = 0; c < some; c += L) {
      int p = at + c;
      int q = out + c;
      FloatVector d0 = FloatVector.fromArray(Simd.WIDE, z, p);
      FloatVector d1 = FloatVector.fromArray(Simd.WIDE, z, p + some);
      for (int j = 0; j < columns; j++, q += some) {
        p += 2 * some;
        FloatVector d2 = FloatVector.fromArray(Simd.WIDE, z, p);
        FloatVector d3 = FloatVector.fromArray(Simd.WIDE, z, p + some);
        d0.sub(d2).intoArray(v, q);
        d1.add(d2).intoArray(v, q + plane);
        d2.sub(d1).intoArray(v, q + 2 * plane);
        d1.sub(d3).intoArray(v, q + 3 * plane);
        d0 = d2;
        d1 = d3;
      }
    }
  }
}
