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
    code.pass(
        Op.SCORES,
        a.scores(),
        a.t(),
        a.heads(),
        a.size(),
        qkv,
        qkv + a.inner(),
        p,
        code.number((float) (1 / Math.sqrt(a.size()))),
        a.row(),
        a.row(),
        biased ? code.at(s.in()[1]) : 0,
        biased ? s.inShape(1).side(0) : 0);
    code.pass(Op.SOFTMAX, a.rows(), a.t(), p);
    mix(a, code, p, qkv + 2 * a.inner(), a.row(), y, a.inner(), false);
  }

  /** Gradient of the scores as a temporary value, times a factor; its place. */
  private static int scoresGradient(Sizes a, Plan.Step s, Code code, float factor) {
    int scores = code.temporary(a.scores());
    code.pass(
        Op.SCORES,
        a.scores(),
        a.t(),
        a.heads(),
        a.size(),
        code.at(s.in()[0]),
        code.at(s.in()[1]) + 2 * a.inner(),
        scores,
        code.number(1),
        a.inner(),
        a.row(),
        0,
        0);
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

  private static void mix(
      Sizes a, Code code, int weights, int x, int row, int to, int toRow, boolean turned) {
    code.pass(
        Op.MIX,
        a.n() * a.t() * a.inner(),
        a.t(),
        a.heads(),
        a.size(),
        weights,
        x,
        row,
        to,
        toRow,
        turned ? 1 : 0);
  }
}
