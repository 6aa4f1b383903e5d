package org.netloom.tensor;

import java.util.Arrays;
import java.util.List;

/** Dense matrix products and row selections. Operands of any rank count as rows × last side. */
public sealed interface Matrix extends Operation {

  /**
   * C = op(A)·op(B), op transposing where asked. A linear layer y = x·Wᵀ is {@code Product(false,
   * true)} of x [.., in] and W [out, in]; the result keeps A's leading sides when A is not
   * transposed.
   */
  record Product(boolean transposeA, boolean transposeB) implements Matrix {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shape a = inputs.get(0);
      Shape b = inputs.get(1);
      int m = transposeA ? a.side(-1) : a.rows();
      int k = transposeA ? a.rows() : a.side(-1);
      int n = transposeB ? b.rows() : b.side(-1);
      int kb = transposeB ? b.side(-1) : b.rows();
      Shapes.check(k == kb, this, "inner sides (%d and %d) differ".formatted(k, kb), inputs);
      return List.of(transposeA ? Shape.of(m, n) : a.withLast(n));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      if (transposeA) {
        throw new UnsupportedOperationException("A transposed left factor has no gradient here.");
      }
      Value gy = gradients.ofOutput(at);
      Program program = gradients.program();
      if (gradients.needs(at.in(0))) {
        gradients.add(at.in(0), program.apply(new Product(false, !transposeB), gy, at.in(1)));
      }
      if (gradients.needs(at.in(1))) {
        Value left = transposeB ? gy : at.in(0);
        Value right = transposeB ? at.in(0) : gy;
        Value gb = program.apply(new Product(true, false), left, right);
        gradients.add(at.in(1), program.apply(new Layout.Reshape(at.in(1).shape()), gb));
      }
    }
  }

  /** y[i] = x[rows[i]] for rows of the last side's length (embedding lookup). */
  record GatherRows(int[] rows) implements Matrix {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      for (int row : rows) {
        if (row < 0 || row >= x.rows()) {
          throw new ShapeException("GatherRows: row (%d) is missing in (%s).".formatted(row, x));
        }
      }
      return List.of(Shape.of(rows.length, x.side(-1)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.addRows(at.in(0), rows, gradients.ofOutput(at));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof GatherRows that && Arrays.equals(rows, that.rows);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(rows);
    }
  }

  /**
   * x = 0, then x[rows[i]] += y[i] in order of i, where y is all operands, one below the other:
   * what was gathered from one table in several ways comes back in one pass.
   */
  record ScatterRows(int[] rows, Shape shape) implements Matrix {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      int count = 0;
      for (Shape y : inputs) {
        Shapes.check(y.side(-1) == shape.side(-1), this, "row lengths differ", inputs);
        count += y.rows();
      }
      Shapes.check(count == rows.length, this, "needs (%d) rows".formatted(rows.length), inputs);
      return List.of(shape);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ScatterRows that
          && Arrays.equals(rows, that.rows)
          && shape.equals(that.shape);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(rows);
    }
  }
}
