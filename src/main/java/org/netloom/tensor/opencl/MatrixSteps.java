package org.netloom.tensor.opencl;

import java.util.Arrays;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Matrix products and row selections. */
final class MatrixSteps {
  private MatrixSteps() {}

  static void write(Matrix op, Plan.Step s, Code code) {
    int x = code.at(s.in()[0]);
    int y = code.at(s.out()[0]);
    switch (op) {
      case Matrix.Product p -> product(p, s, code, x, y);
      case Matrix.GatherRows g ->
          code.pass(
              Op.GATHER_ROWS,
              s.outShape(0).size(),
              x,
              y,
              s.outShape(0).side(-1),
              code.table(g.rows()));
      case Matrix.ScatterRows g -> scatter(g, s, code, y);
    }
  }

  private static void product(Matrix.Product p, Plan.Step s, Code code, int x, int y) {
    Shape a = s.inShape(0);
    Shape b = s.inShape(1);
    int lda = a.side(-1);
    int ldb = b.side(-1);
    int m = p.transposeA() ? lda : a.rows();
    int k = p.transposeA() ? a.rows() : lda;
    int n = p.transposeB() ? b.rows() : ldb;
    Products.Left left =
        Products.Left.matrix(code, x, p.transposeA() ? 1 : lda, p.transposeA() ? lda : 1, k);
    Products.Right right =
        p.transposeB()
            ? Products.Right.transposed(code, code.at(s.in()[1]), n, k)
            : new Products.Right(code.at(s.in()[1]), 0, ldb);
    Products.product(code, m, n, k, 1, left, right, y, 0, n);
  }

  /** Operand by operand, each after the first added to what is there. */
  private static void scatter(Matrix.ScatterRows op, Plan.Step s, Code code, int to) {
    int at = 0;
    for (int k = 0; k < s.in().length; k++) {
      int end = at + s.inShape(k).rows();
      int[] rows = Arrays.copyOfRange(op.rows(), at, end);
      scatter(rows, op.shape(), code, code.at(s.in()[k]), to, k > 0);
      at = end;
    }
  }

  /** Lists the rows that go to each target, so that a target sums its own in order. */
  private static void scatter(int[] rows, Shape shape, Code code, int from, int to, boolean add) {
    int targets = shape.rows();
    int[] starts = new int[targets + 1];
    for (int row : rows) {
      starts[row + 1]++;
    }
    for (int i = 0; i < targets; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] sources = new int[rows.length];
    for (int i = 0; i < sources.length; i++) {
      sources[next[rows[i]]++] = i;
    }
    code.pass(
        Op.SCATTER_ROWS,
        shape.size(),
        from,
        to,
        shape.side(-1),
        code.table(starts),
        code.table(sources),
        add ? 1 : 0);
  }
}
