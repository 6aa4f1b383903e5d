package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tile;

/** Operations that move values. */
final class ScalarLayout {
  private ScalarLayout() {}

  static void run(Layout op, Plan.Step s, float[] a) {
    int y = s.out()[0];
    Shape to = s.outShape(0);
    if (op instanceof Layout.Constant constant) {
      Arrays.fill(a, y, y + to.size(), constant.value());
      return;
    }
    int x = s.in()[0];
    Shape from = s.inShape(0);
    switch (op) {
      case Layout.Constant r -> throw new AssertionError("handled above");
      case Layout.Reshape r -> System.arraycopy(a, x, a, y, to.size());
      case Layout.Concat r -> {
        int at = 0;
        for (int i = 0; i < s.in().length; i++) {
          int length = s.inShape(i).side(-1);
          columns(a, s.in()[i], length, y + at, to.side(-1), length, to.rows());
          at += length;
        }
      }
      case Layout.Slice r ->
          columns(a, x + r.from(), from.side(-1), y, r.length(), r.length(), to.rows());
      case Layout.Embed r -> {
        Arrays.fill(a, y, y + to.size(), 0f);
        columns(a, x, from.side(-1), y + r.from(), r.last(), from.side(-1), to.rows());
      }
      case Layout.Subsample r -> subsample(r.stride(), from, a, x, y, false);
      case Layout.SubsampleGradient r -> {
        Arrays.fill(a, y, y + to.size(), 0f);
        subsample(r.stride(), to, a, y, x, true);
      }
      case Layout.Transpose r -> transpose(from, a, x, y);
      case Layout.Tiles r -> {
        for (int i = 0; i < r.tiles().size(); i++) {
          tile(r.tiles().get(i), from.side(-1), a, x, a, s.out()[i]);
        }
      }
      case Layout.TilesGradient r -> {
        Arrays.fill(a, y, y + to.size(), 0f);
        for (int i = 0; i < r.tiles().size(); i++) {
          tileGradient(r.tiles().get(i), to.side(-1), a, s.in()[i], y);
        }
      }
      case Layout.SumAlong r -> sumAlong(r, from, a, x, y);
      case Layout.Stack r -> {
        int at = y;
        for (int i = 0; i < s.in().length; i++) {
          System.arraycopy(a, s.in()[i], a, at, s.inShape(i).size());
          at += s.inShape(i).size();
        }
      }
      case Layout.Rows r -> System.arraycopy(a, x + r.from() * from.side(-1), a, y, to.size());
    }
  }

  private static void columns(
      float[] a, int from, int fromRow, int to, int toRow, int length, int rows) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, from + i * fromRow, a, to + i * toRow, length);
    }
  }

  private static void sumAlong(Layout.SumAlong op, Shape shape, float[] a, int x, int y) {
    int inner = 1;
    for (int i = op.side() + 1; i < shape.rank(); i++) {
      inner *= shape.side(i);
    }
    int[] starts = op.sums().starts();
    int[] sources = op.sums().sources();
    int rows = shape.size() / (op.sums().from() * inner);
    int at = y;
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < op.sums().to(); j++) {
        for (int q = 0; q < inner; q++) {
          double sum = 0;
          for (int t = starts[j]; t < starts[j + 1]; t++) {
            sum += a[x + (row * op.sums().from() + sources[t]) * inner + q];
          }
          a[at++] = (float) sum;
        }
      }
    }
  }

  private static void subsample(int stride, Shape full, float[] a, int x, int y, boolean backward) {
    int c = full.side(3);
    int at = y;
    for (int n = 0; n < full.side(0); n++) {
      for (int i = 0; i < full.side(1); i += stride) {
        for (int j = 0; j < full.side(2); j += stride) {
          int from = x + ((n * full.side(1) + i) * full.side(2) + j) * c;
          System.arraycopy(a, backward ? at : from, a, backward ? from : at, c);
          at += c;
        }
      }
    }
  }

  private static void transpose(Shape shape, float[] a, int x, int y) {
    int rows = shape.side(1);
    int columns = shape.side(2);
    for (int n = 0; n < shape.side(0); n++) {
      int base = n * rows * columns;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          a[y + base + j * rows + i] = a[x + base + i * columns + j];
        }
      }
    }
  }

  static void tile(Tile t, int row, float[] a, int x, float[] b, int y) {
    int at = y;
    for (int o = 0; o < t.o(); o++) {
      for (int i = 0; i < t.i(); i++) {
        int from = x + t.row() * row + o % t.outs() * t.ins() + i % t.ins();
        for (int p = 0; p < t.positions(); p++) {
          b[at++] = t.factor() * a[from + p * row];
        }
      }
    }
  }

  private static void tileGradient(Tile t, int row, float[] a, int gy, int gx) {
    int at = gy;
    for (int o = 0; o < t.o(); o++) {
      for (int i = 0; i < t.i(); i++) {
        int to = gx + t.row() * row + o % t.outs() * t.ins() + i % t.ins();
        for (int p = 0; p < t.positions(); p++) {
          a[to + p * row] += t.factor() * a[at++];
        }
      }
    }
  }
}
