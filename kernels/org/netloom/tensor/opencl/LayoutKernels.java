package org.netloom.tensor.opencl;

/** Values that move, and sums over values that were copied. */
abstract class LayoutKernels extends ElementRowKernels {

  /**
   * n, sides b, c, d of n = a·b·c·d, x, its four strides, y: y gets the values of x in order. With
   * {@code scatter} the strides are those of y.
   */
  void move(int q, int scatter) {
    if (spread == 0) {
      moveRows(q, scatter);
    } else {
      moveValues(q, scatter);
    }
  }

  private void moveValues(int q, int scatter) {
    int n = p[q + 1];
    int b = p[q + 2];
    int c = p[q + 3];
    int d = p[q + 4];
    float[] xs = memory(p[q + 5]);
    int x = inside(p[q + 5]);
    float[] ys = memory(p[q + 10]);
    int y = inside(p[q + 10]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = i / d;
      int plane = row / c;
      int far =
          plane / b * p[q + 6]
              + plane % b * p[q + 7]
              + row % c * p[q + 8]
              + (i - row * d) * p[q + 9];
      if (scatter != 0) {
        ys[y + far] = xs[x + i];
      } else {
        ys[y + i] = xs[x + far];
      }
    }
  }

  /** n, x, y, i, positions, outs, ins, row length of x, place of the factor. */
  void tile(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int ins = p[q + 4];
    int positions = p[q + 5];
    int outsKept = p[q + 6];
    int insKept = p[q + 7];
    int row = p[q + 8];
    float factor = f[p[q + 9]];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int filter = i / positions;
      int column = filter / ins % outsKept * insKept + filter % ins % insKept;
      ys[y + i] = factor * xs[x + (i - filter * positions) * row + column];
    }
  }

  /** n, gy, gx, i, positions, outs, ins, row length of gx, place of the factor, o: adds to gx. */
  void tileGradient(int q) {
    int n = p[q + 1];
    float[] gys = memory(p[q + 2]);
    int gy = inside(p[q + 2]);
    float[] gxs = memory(p[q + 3]);
    int gx = inside(p[q + 3]);
    int ins = p[q + 4];
    int positions = p[q + 5];
    int outsKept = p[q + 6];
    int insKept = p[q + 7];
    int row = p[q + 8];
    float factor = f[p[q + 9]];
    int outs = p[q + 10];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int position = i / row;
      int column = i % row;
      float sum = 0f;
      if (column < outsKept * insKept) {
        for (int o = column / insKept; o < outs; o += outsKept) {
          for (int j = column % insKept; j < ins; j += insKept) {
            sum += factor * gys[gy + (o * ins + j) * positions + position];
          }
        }
      }
      gxs[gx + i] = gxs[gx + i] + sum;
    }
  }

  /** n, x, y, row length, table of rows. */
  void gatherRows(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int length = p[q + 4];
    int table = p[q + 5];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = i / length;
      ys[y + i] = xs[x + p[table + row] * length + i - row * length];
    }
  }

  /**
   * n, y, x, row length, starts, rows, add: each row of x sums the rows of y that name it, and adds
   * them to what it was where add is 1.
   */
  void scatterRows(int q) {
    int n = p[q + 1];
    float[] ys = memory(p[q + 2]);
    int y = inside(p[q + 2]);
    float[] xs = memory(p[q + 3]);
    int x = inside(p[q + 3]);
    int length = p[q + 4];
    int starts = p[q + 5];
    int table = p[q + 6];
    int add = p[q + 7];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int row = i / length;
      float sum = 0f;
      if (add == 1) {
        sum = xs[x + i];
      }
      for (int k = p[starts + row]; k < p[starts + row + 1]; k++) {
        sum += ys[y + p[table + k] * length + i - row * length];
      }
      xs[x + i] = sum;
    }
  }

  /** n, x, y, values behind the side, places of x and of y, starts, places: sums along a side. */
  void sumAlong(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    int inner = p[q + 4];
    int places = p[q + 5];
    int sums = p[q + 6];
    int starts = p[q + 7];
    int table = p[q + 8];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      int place = i / inner;
      int row = place / sums;
      int one = starts + place - row * sums;
      float sum = 0f;
      for (int k = p[one]; k < p[one + 1]; k++) {
        sum += xs[x + (row * places + p[table + k]) * inner + i - place * inner];
      }
      ys[y + i] = sum;
    }
  }
}
