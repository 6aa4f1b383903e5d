package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * Depthwise convolution of stride 1 over whole vectors of channels, one vector at a time on the
 * maps as they lie ({@link SlidingRows}): nothing is padded. A dilated convolution is several ones
 * over every so-manieth column.
 */
final class SlidingDepthwise {
  /**
   * Channels are a multiple of this: of a vector's lanes on any machine, for the same bits on all.
   */
  static final int UNIT = 16;

  /** Vectors that the gradient needs: sums of four rows of three taps. */
  static final int ROOM = 12;

  private final int h;
  private final int w;
  private final int rows;
  private final int columns;
  private final int top;
  private final int left;
  private final int dilationH;
  private final int dilationW;
  private final int c;
  private final int r;
  private final int s;
  private final SlidingRows.Columns[] residues;

  private SlidingDepthwise(
      ConvolutionGeometry g, int h, int w, int rows, int columns, int top, int left) {
    this.h = h;
    this.w = w;
    this.rows = rows;
    this.columns = columns;
    this.top = top;
    this.left = left;
    this.dilationH = g.dilationH();
    this.dilationW = g.dilationW();
    this.c = g.c();
    this.r = g.r();
    this.s = g.s();
    this.residues = new SlidingRows.Columns[Math.min(dilationW, columns)];
    for (int i = 0; i < residues.length; i++) {
      int start = i - left;
      residues[i] =
          new SlidingRows.Columns(
              dilationW * c,
              Math.max(0, Math.ceilDiv(-start, dilationW)),
              Math.max(0, Math.ceilDiv(w - start, dilationW)),
              Math.ceilDiv(columns - i, dilationW));
    }
  }

  /** Whether a depthwise convolution can be computed so. */
  static boolean fits(ConvolutionGeometry g) {
    return g.strideH() == 1
        && g.strideW() == 1
        && g.c() % UNIT == 0
        && g.r() == g.s()
        && (g.r() == 3 || g.r() == 5);
  }

  /** The convolution. */
  static SlidingDepthwise forward(ConvolutionGeometry g) {
    return new SlidingDepthwise(g, g.h(), g.w(), g.oh(), g.ow(), g.top(), g.left());
  }

  /** The gradient of its input: a convolution over ∂y with turned taps. */
  static SlidingDepthwise inputGradient(ConvolutionGeometry g) {
    int top = (g.r() - 1) * g.dilationH() - g.top();
    int left = (g.s() - 1) * g.dilationW() - g.left();
    return new SlidingDepthwise(g, g.oh(), g.ow(), g.h(), g.w(), top, left);
  }

  /** Rows of outputs of one map. */
  int rows() {
    return rows;
  }

  /** Floats of the weights, with a row of zeros after the last one. */
  int weights() {
    return (r + 1) * s * c;
  }

  /** Weights [c][taps] to [tap][c]. */
  void weights(float[] a, int from, boolean turned, float[] to) {
    int taps = r * s;
    Arrays.fill(to, taps * c, weights(), 0f);
    for (int t = 0; t < taps; t++) {
      int at = from + (turned ? taps - 1 - t : t);
      for (int q = 0; q < c; q++) {
        to[t * c + q] = a[at + q * taps];
      }
    }
  }

  /** Some rows of outputs of one map. */
  void correlate(float[] a, int x, float[] weights, int y, int from, int to) {
    for (int i = from; i < to; i++) {
      for (int q = 0; q < c; q += Simd.WIDE_LANES) {
        row(a, x + q - left * c, weights, q, y + i * columns * c + q, i);
      }
    }
  }

  /**
   * One vector of channels of row i. Rows of taps that see no row of the map are read as zeros, and
   * read some row that another one sees, or any.
   */
  private void row(float[] a, int map, float[] weights, int q, int out, int i) {
    int other = 0;
    for (int u = 0; u < r; u++) {
      other = Math.max(other, row(i, u));
    }
    int x0 = map + place(i, 0, other);
    int x1 = map + place(i, 1, other);
    int x2 = map + place(i, 2, other);
    int w0 = q + taps(i, 0);
    int w1 = q + taps(i, 1);
    int w2 = q + taps(i, 2);
    for (int k = 0; k < residues.length; k++) {
      SlidingRows.Columns at = residues[k];
      int j = k * c;
      if (r == 3) {
        SlidingRows.three(a, x0 + j, x1 + j, x2 + j, weights, w0, w1, w2, c, at, out + j);
      } else {
        SlidingRows.five(
            a,
            x0 + j,
            x1 + j,
            x2 + j,
            map + place(i, 3, other) + j,
            map + place(i, 4, other) + j,
            weights,
            w0,
            w1,
            w2,
            q + taps(i, 3),
            q + taps(i, 4),
            c,
            at,
            out + j);
      }
    }
  }

  private int place(int i, int u, int other) {
    int y = row(i, u);
    return (y < 0 ? other : y) * w * c;
  }

  /** Where a row of taps lies: after the last one there are zeros. */
  private int taps(int i, int u) {
    return (row(i, u) < 0 ? r : u) * s * c;
  }

  /** The row of the map that a row of taps sees from an output; −1 outside. */
  private int row(int i, int u) {
    int y = i - top + u * dilationH;
    return y >= 0 && y < h ? y : -1;
  }

  /**
   * Sums of ∂w of one map, for 3×3 taps.
   *
   * @param sums receives taps × c sums from {@code at}
   * @param room for {@link #ROOM} times c floats; of each vector of channels the last three sums
   *     receive what no row of the map adds to
   */
  void gradient(float[] a, int x, int y, float[] sums, int at, float[] room) {
    int lanes = Simd.WIDE_LANES;
    Arrays.fill(room, 0, ROOM * c, 0f);
    for (int i = 0; i < rows; i++) {
      int y0 = row(i, 0);
      int y1 = row(i, 1);
      int y2 = row(i, 2);
      for (int q = 0; q < c; q += lanes) {
        int own = ROOM * q;
        for (int k = 0; k < residues.length; k++) {
          int start = x + q + (k - left) * c;
          SlidingRows.gradient(
              a,
              start + Math.max(0, y0) * w * c,
              start + Math.max(0, y1) * w * c,
              start + Math.max(0, y2) * w * c,
              residues[k],
              y + (i * columns + k) * c + q,
              room,
              own + (y0 < 0 ? 3 : 0) * 3 * lanes,
              own + (y1 < 0 ? 3 : 1) * 3 * lanes,
              own + (y2 < 0 ? 3 : 2) * 3 * lanes);
        }
      }
    }
    for (int q = 0; q < c; q += lanes) {
      for (int t = 0; t < r * s; t++) {
        System.arraycopy(room, ROOM * q + t * lanes, sums, at + t * c + q, lanes);
      }
    }
  }
}
