package org.netloom.tensor.opencl;

import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Element-wise operations. */
final class ElementSteps {
  /** Where a dropout's block has the bits of its seed. */
  private static final int SEED = 4;

  private ElementSteps() {}

  static void write(Elementwise op, Plan.Step s, Code code) {
    Shape shape = s.inShape(0);
    int n = shape.size();
    int x = code.at(s.in()[0]);
    int y = code.at(s.out()[0]);
    switch (op) {
      case Elementwise.Apply f -> code.pass(Op.APPLY, n, f.function().ordinal(), x, y);
      case Elementwise.ApplyGradient f ->
          code.pass(Op.APPLY_GRADIENT, n, f.function().ordinal(), x, code.at(s.in()[1]), y);
      case Elementwise.Add f -> add(s, code, n, y);
      case Elementwise.Scale f -> code.pass(Op.SCALE, n, x, y, code.number(f.factor()));
      case Elementwise.AddRepeated f ->
          code.pass(Op.ADD_REPEATED, n, x, code.at(s.in()[1]), y, s.inShape(1).size());
      case Elementwise.SumRepeated f -> {
        int period = f.shape().size();
        Columns.sum(code, n / period, period, x, period, y);
      }
      case Elementwise.ChannelScale f ->
          code.pass(
              Op.CHANNEL_SCALE,
              n,
              x,
              code.at(s.in()[1]),
              y,
              shape.side(-1),
              n / Math.max(1, shape.side(0)));
      case Elementwise.ChannelScaleGradient f -> gateGradient(s, code, shape);
      case Elementwise.Dropout f ->
          code.seed(
              s.application().in(1),
              SEED
                  + code.pass(
                      Op.DROPOUT,
                      n,
                      x,
                      y,
                      0,
                      code.number(f.probability(), 1 / (1 - f.probability())),
                      f.stream()));
      case Elementwise.DropPath f ->
          code.seed(
              s.application().in(1),
              SEED
                  + code.pass(
                      Op.DROP_PATH,
                      n,
                      x,
                      y,
                      0,
                      code.number(f.probability()),
                      code.at(s.in()[2]),
                      f.stream(),
                      n / Math.max(1, shape.side(0))));
    }
  }

  private static void add(Plan.Step s, Code code, int n, int y) {
    int[] block = new int[3 + s.in().length];
    block[0] = n;
    block[1] = y;
    block[2] = s.in().length;
    for (int i = 0; i < s.in().length; i++) {
      block[3 + i] = code.at(s.in()[i]);
    }
    code.pass(Op.ADD, block);
  }

  /** Sums over the positions of each image: an image is one block of a column reduction. */
  private static void gateGradient(Plan.Step s, Code code, Shape shape) {
    int images = shape.side(0);
    int c = shape.side(-1);
    int positions = shape.size() / c / images;
    code.pass(
        Op.IMAGE_DOTS,
        images * c,
        code.at(s.in()[0]),
        code.at(s.in()[1]),
        code.at(s.out()[0]),
        c,
        positions);
  }
}
