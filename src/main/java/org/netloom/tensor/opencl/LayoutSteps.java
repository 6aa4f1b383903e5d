package org.netloom.tensor.opencl;

import org.netloom.tensor.Layout;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tile;

/** Operations that move values. */
final class LayoutSteps {
  private LayoutSteps() {}

  static void write(Layout op, Plan.Step s, Code code) {
    int y = code.at(s.out()[0]);
    Shape to = s.outShape(0);
    if (op instanceof Layout.Constant constant) {
      fill(code, y, to.size(), constant.value());
      return;
    }
    int x = code.at(s.in()[0]);
    Shape from = s.inShape(0);
    switch (op) {
      case Layout.Constant r -> throw new AssertionError("handled above");
      case Layout.Reshape r -> copy(code, x, y, to.size());
      case Layout.Concat r -> {
        int at = 0;
        for (int i = 0; i < s.in().length; i++) {
          int length = s.inShape(i).side(-1);
          into(code, code.at(s.in()[i]), y + at, to.rows(), length, to.side(-1));
          at += length;
        }
      }
      case Layout.Slice r ->
          code.pass(
              Op.GATHER, to.size(), 1, 1, r.length(), x + r.from(), from.side(-1), 0, 0, 1, y);
      case Layout.Embed r -> {
        fill(code, y, to.size(), 0);
        into(code, x, y + r.from(), to.rows(), from.side(-1), r.last());
      }
      case Layout.Subsample r -> subsample(code, Op.GATHER, r.stride(), from, to, x, y);
      case Layout.SubsampleGradient r -> {
        fill(code, y, to.size(), 0);
        subsample(code, Op.SCATTER, r.stride(), to, from, x, y);
      }
      case Layout.Transpose r ->
          code.pass(
              Op.GATHER,
              to.size(),
              1,
              to.side(1),
              to.side(2),
              x,
              to.side(1) * to.side(2),
              0,
              1,
              from.side(2),
              y);
      case Layout.Tiles r -> {
        for (int i = 0; i < r.tiles().size(); i++) {
          tile(code, r.tiles().get(i), from.side(-1), x, code.at(s.out()[i]));
        }
      }
      case Layout.TilesGradient r -> {
        fill(code, y, to.size(), 0);
        for (int i = 0; i < r.tiles().size(); i++) {
          tileGradient(code, r.tiles().get(i), to.side(-1), code.at(s.in()[i]), y);
        }
      }
      case Layout.SumAlong r -> {
        int inner = 1;
        for (int i = r.side() + 1; i < from.rank(); i++) {
          inner *= from.side(i);
        }
        code.pass(
            Op.SUM_ALONG,
            to.size(),
            x,
            y,
            inner,
            r.sums().from(),
            r.sums().to(),
            code.table(r.sums().starts()),
            code.table(r.sums().sources()));
      }
      case Layout.Stack r -> {
        int at = y;
        for (int i = 0; i < s.in().length; i++) {
          copy(code, code.at(s.in()[i]), at, s.inShape(i).size());
          at += s.inShape(i).size();
        }
      }
      case Layout.Rows r -> copy(code, x + r.from() * from.side(-1), y, to.size());
    }
  }

  static void fill(Code code, int y, int size, float value) {
    code.pass(Op.FILL, size, y, code.number(value));
  }

  static void copy(Code code, int x, int y, int size) {
    code.pass(Op.GATHER, size, 1, 1, Math.max(1, size), x, 0, 0, 0, 1, y);
  }

  /** Rows of x become parts of longer rows. */
  private static void into(Code code, int x, int y, int rows, int length, int row) {
    code.pass(Op.SCATTER, rows * length, 1, 1, length, x, row, 0, 0, 1, y);
  }

  /** The full map is read (gather) or written (scatter) at every stride-th place. */
  private static void subsample(
      Code code, int op, int stride, Shape full, Shape part, int x, int y) {
    int c = full.side(3);
    int row = full.side(2) * c;
    code.pass(
        op,
        part.size(),
        part.side(1),
        part.side(2),
        c,
        x,
        full.side(1) * row,
        stride * row,
        stride * c,
        1,
        y);
  }

  private static void tile(Code code, Tile t, int row, int x, int y) {
    code.pass(
        Op.TILE,
        t.shape().size(),
        x + t.row() * row,
        y,
        t.i(),
        t.positions(),
        t.outs(),
        t.ins(),
        row,
        code.number(t.factor()));
  }

  /** Adds to the rows of the block that the tensor was cut from. */
  private static void tileGradient(Code code, Tile t, int row, int gy, int gx) {
    code.pass(
        Op.TILE_GRADIENT,
        t.positions() * row,
        gy,
        gx + t.row() * row,
        t.i(),
        t.positions(),
        t.outs(),
        t.ins(),
        row,
        code.number(t.factor()),
        t.o());
  }
}
