package org.netloom.tensor;

import java.util.ArrayList;
import java.util.List;

/** Operations that move values without changing them. */
public sealed interface Layout extends Operation {

  /** The same values under another shape; costs nothing when run. */
  record Reshape(Shape shape) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shapes.check(inputs.getFirst().size() == shape.size(), this, "sizes differ", inputs);
      return List.of(shape);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      gradients.add(at.in(0), gradients.program().apply(new Reshape(at.in(0).shape()), gy));
    }
  }

  /** Concatenation along the last side, in order. */
  record Concat() implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.check(!inputs.isEmpty(), this, "needs an operand", inputs);
      int last = 0;
      for (Shape shape : inputs) {
        Shapes.require(this, "an operand", inputs.getFirst().withLast(shape.side(-1)), shape);
        last += shape.side(-1);
      }
      return List.of(inputs.getFirst().withLast(last));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      int from = 0;
      for (Value in : at.inputs()) {
        int length = in.shape().side(-1);
        if (gradients.needs(in)) {
          gradients.add(in, gradients.program().apply(new Slice(from, length), gy));
        }
        from += length;
      }
    }
  }

  /** Columns from..from+length−1 of the last side. */
  record Slice(int from, int length) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(
          from >= 0 && length >= 1 && from + length <= x.side(-1),
          this,
          "columns %d to %d are missing".formatted(from, from + length - 1),
          inputs);
      return List.of(x.withLast(length));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(new Embed(from, at.in(0).shape().side(-1)), gradients.ofOutput(at)));
    }
  }

  /** Zeros of the given last side with x in columns from..: the gradient of {@link Slice}. */
  record Embed(int from, int last) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(inputs.getFirst().withLast(last));
    }
  }

  /** Every stride-th row and column of a map [n,h,w,c], from the first. */
  record Subsample(int stride) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(x.rank() == 4, this, "needs a map NxHxWxC", inputs);
      return List.of(
          Shape.of(
              x.side(0),
              Math.ceilDiv(x.side(1), stride),
              Math.ceilDiv(x.side(2), stride),
              x.side(3)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(new SubsampleGradient(stride, at.in(0).shape()), gradients.ofOutput(at)));
    }
  }

  /** ∂y → ∂x of {@link Subsample}: zeros where nothing was read. */
  record SubsampleGradient(int stride, Shape shape) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of(shape);
    }
  }

  /** [n, a, b] → [n, b, a] for x of shape [n, .., last] seen as n blocks of rows × last. */
  record Transpose() implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(x.rank() == 3, this, "needs three sides", inputs);
      return List.of(Shape.of(x.side(0), x.side(2), x.side(1)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(at.in(0), gradients.program().apply(this, gradients.ofOutput(at)));
    }
  }

  /**
   * Slices and tiles a decoded block into a parameter tensor: x has rows (position p) of at least
   * {@code outs}×{@code ins} columns; y[o, i, p] = factor · x[p, (o mod outs)·ins + (i mod ins)].
   *
   * @param row first row of x that belongs to this tensor
   * @param positions kernel positions (kh·kw), row-major, consecutive rows of x
   * @param shape the tensor's full shape, of size o·i·positions
   */
  record Tile(int row, int positions, int outs, int ins, int o, int i, float factor, Shape shape)
      implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shapes.check(
          inputs.getFirst().side(-1) >= outs * ins
              && row + positions <= inputs.getFirst().rows()
              && shape.size() == o * i * positions,
          this,
          "rows %d.. of %dx%d do not make (%s)".formatted(row, outs, ins, shape),
          inputs);
      return List.of(shape);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(new TileGradient(this, at.in(0).shape()), gradients.ofOutput(at)));
    }
  }

  /** ∂y → ∂x of {@link Tile}: sums over the repetitions; zero in the other rows. */
  record TileGradient(Tile tile, Shape input) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shapes.require(this, "gradient", tile.shape(), inputs.getFirst());
      return List.of(input);
    }
  }

  /** A tensor of one value everywhere; it reads nothing. */
  record Constant(Shape shape, float value) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 0);
      return List.of(shape);
    }
  }

  /** Stacks the rows of tensors with one last side, in order. */
  record Stack() implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      int rows = 0;
      for (Shape shape : inputs) {
        Shapes.check(
            shape.side(-1) == inputs.getFirst().side(-1), this, "row lengths differ", inputs);
        rows += shape.rows();
      }
      return List.of(Shape.of(rows, inputs.getFirst().side(-1)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      int from = 0;
      for (Value in : new ArrayList<>(at.inputs())) {
        if (gradients.needs(in)) {
          Value rows = gradients.program().apply(new Rows(from, in.shape().rows()), gy);
          gradients.add(in, gradients.program().apply(new Reshape(in.shape()), rows));
        }
        from += in.shape().rows();
      }
    }
  }

  /** Rows from..from+count−1. */
  record Rows(int from, int count) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shapes.check(
          from >= 0 && from + count <= inputs.getFirst().rows(), this, "rows are missing", inputs);
      return List.of(Shape.of(count, inputs.getFirst().side(-1)));
    }
  }
}
