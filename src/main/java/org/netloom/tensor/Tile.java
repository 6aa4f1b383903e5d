package org.netloom.tensor;

/**
 * How a parameter tensor is cut from a decoded block x, whose rows are kernel positions and whose
 * columns are channel pairs: y[o, i, p] = factor · x[row + p, (o mod outs)·ins + (i mod ins)]
 * (slicing and tiling of Knyazev et al. 2021, section 3.3).
 *
 * @param row first row of x that belongs to this tensor
 * @param positions kernel positions (kh·kw), row-major, consecutive rows of x
 * @param outs output channels that are read from the block, at most o
 * @param ins input channels that are read from the block, at most i
 * @param o output channels of the tensor
 * @param i input channels of the tensor
 * @param shape the tensor's full shape, of size o·i·positions
 */
public record Tile(
    int row, int positions, int outs, int ins, int o, int i, float factor, Shape shape) {

  /** Values of one output channel. */
  public int filter() {
    return i * positions;
  }

  /**
   * The same tensor without repetitions, [outs, ins, ..] or [outs]; itself where its sides are no
   * channels, as those of a tensor of three sides.
   */
  Tile distinct() {
    if (shape.rank() == 0 || shape.rank() == 3 || shape.side(0) != o) {
      return this;
    }
    Shape part = shape.with(0, outs);
    if (shape.rank() > 1) {
      part = part.with(1, ins);
    }
    return new Tile(row, positions, outs, ins, outs, ins, factor, part);
  }

  boolean fits(Shape x) {
    return x.side(-1) >= outs * ins
        && row + positions <= x.rows()
        && shape.size() == o * i * positions;
  }

  /**
   * Writes filters first..last−1 of those below {@code outs}, and all that repeat them.
   *
   * @param from offset in x of its row 0
   * @param pitch values from one row of x to the next
   * @param to offset in y of the tensor
   */
  public void write(int first, int last, float[] x, int from, int pitch, float[] y, int to) {
    int filter = filter();
    for (int f = first; f < last; f++) {
      int at = to + f * filter;
      first(f, x, from, pitch, y, at);
      for (int have = ins * positions; have < filter; have *= 2) {
        System.arraycopy(y, at, y, at + have, Math.min(have, filter - have));
      }
    }
    int chosen = (last - first) * filter;
    for (int f = first + outs; f < o; f += outs) {
      int length = Math.min(chosen, (o - f) * filter);
      System.arraycopy(y, to + first * filter, y, to + f * filter, length);
    }
  }

  /** One filter's values that repeat, for o below outs: [ins, positions] at {@code to}. */
  private void first(int filter, float[] x, int from, int pitch, float[] y, int to) {
    int block = from + row * pitch + filter * ins;
    for (int p = 0; p < positions; p++, block += pitch) {
      for (int c = 0, at = to + p; c < ins; c++, at += positions) {
        y[at] = factor * x[block + c];
      }
    }
  }
}
