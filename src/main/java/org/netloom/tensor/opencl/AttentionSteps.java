package org.netloom.tensor.opencl;

import org.netloom.tensor.Attention;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Multi-head self-attention and its gradients. */
final class AttentionSteps {
  private AttentionSteps() {}

  /** Sizes of one attention. */
  private record Sizes(int n, int t, int heads, int size) {
    int inner() {
      return heads * size;
    }

    int row() {
      return 3 * inner();
    }

    int scores() {
      return n * heads * t * t;
    }

    int rows() {
      return n * heads * t;
    }

    static Sizes of(Shape qkv, int heads, int size) {
      return new Sizes(qkv.side(0), qkv.side(1), heads, size);
    }
  }

  static void write(Attention op, Plan.Step s, Code code) {
    switch (op) {
      case Attention.Forward f -> forward(Sizes.of(s.inShape(0), f.heads(), f.size()), s, code);
      case Attention.Gradient f -> gradient(Sizes.of(s.inShape(1), f.heads(), f.size()), s, code);
      case Attention.BiasGradient f -> biasGradient(f, s, code);
    }
  }

  private static void forward(Sizes a, Plan.Step s, Code code) {
    int qkv = code.at(s.in()[0]);
    int y = code.at(s.out()[0]);
    int p = code.at(s.out()[1]);
    boolean biased = s.in().length > 1;
    scores(a, code, qkv, a.row(), qkv + a.inner(), p);
    code.pass(
        Op.SOFTMAX,
        a.rows(),
        a.t(),
        p,
        code.number((float) (1 / Math.sqrt(a.size()))),
        a.heads(),
        biased ? code.at(s.in()[1]) : p,
        biased ? s.inShape(1).side(0) : 0);
    mix(a, code, p, qkv + 2 * a.inner(), a.row(), y, a.inner(), false);
  }

  /**
   * to[n, h, i, j] = Σ_d x[n, i, h, d]·y[n, j, h, d].
   *
   * @param row floats between tokens of x; those of y are a part of qkv
   */
  private static void scores(Sizes a, Code code, int x, int row, int y, int to) {
    int t = a.t();
    int turned = code.temporary((long) a.n() * a.inner() * t);
    code.pass(
        Op.GATHER, a.n() * a.inner() * t, a.inner(), 1, t, y, t * a.row(), 1, 0, a.row(), turned);
    Products.Left left = Products.Left.matrices(code, x, t * row, row, 1, a.size());
    Products.Right right = new Products.Right(turned, a.inner() * t, t);
    Products.Pairs heads = new Products.Pairs(a.heads(), a.size(), a.size() * t, t * t);
    product(a, code, t, a.size(), left, right, t, to, a.heads() * t * t, heads);
  }

  /** The product of each head of each image; results have so many floats from row to row. */
  private static void product(
      Sizes a,
      Code code,
      int columns,
      int terms,
      Products.Left left,
      Products.Right right,
      int row,
      int to,
      int step,
      Products.Pairs heads) {
    int batches = a.n() * a.heads();
    int out = Products.linear(code, row);
    Products.pass(code, a.t(), columns, terms, batches, 1, left, right, out, to, step, 0, heads);
  }

  /** Gradient of the scores as a temporary value, times a factor; its place. */
  private static int scoresGradient(Sizes a, Plan.Step s, Code code, float factor) {
    int scores = code.temporary(a.scores());
    int values = code.at(s.in()[1]) + 2 * a.inner();
    scores(a, code, code.at(s.in()[0]), a.inner(), values, scores);
    code.pass(
        Op.SOFTMAX_GRADIENT, a.rows(), a.t(), code.at(s.in()[2]), scores, code.number(factor));
    return scores;
  }

  private static void gradient(Sizes a, Plan.Step s, Code code) {
    int gy = code.at(s.in()[0]);
    int qkv = code.at(s.in()[1]);
    int gx = code.at(s.out()[0]);
    int scores = scoresGradient(a, s, code, (float) (1 / Math.sqrt(a.size())));
    mix(a, code, scores, qkv + a.inner(), a.row(), gx, a.row(), false);
    mix(a, code, scores, qkv, a.row(), gx + a.inner(), a.row(), true);
    mix(a, code, code.at(s.in()[2]), gy, a.inner(), gx + 2 * a.inner(), a.row(), true);
  }

  private static void biasGradient(Attention.BiasGradient f, Plan.Step s, Code code) {
    Sizes a = Sizes.of(s.inShape(1), f.heads(), f.size());
    int scores = scoresGradient(a, s, code, 1);
    int patterns = f.shape().size();
    code.pass(
        Op.SUM_SLICES,
        patterns,
        scores,
        code.at(s.out()[0]),
        a.scores() / patterns,
        patterns,
        1,
        1,
        patterns,
        0,
        0,
        0,
        1);
  }

  /**
   * to[n, i, h, d] = Σ_j weights[n, h, i, j]·x[n, j, h, d].
   *
   * @param row floats between tokens of x
   * @param turned whether the weights are [n, h, j, i]
   */
  private static void mix(
      Sizes a, Code code, int weights, int x, int row, int to, int toRow, boolean turned) {
    int t = a.t();
    int block = t * t;
    Products.Left left =
        Products.Left.matrices(code, weights, a.heads() * block, turned ? 1 : t, turned ? t : 1, t);
    Products.Right right = new Products.Right(x, t * row, row);
    Products.Pairs heads = new Products.Pairs(a.heads(), block, a.size(), a.size());
    product(a, code, a.size(), t, left, right, toRow, to, t * toRow, heads);
  }
}
