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
   * Slices and tiles a decoded block into parameter tensors: x has rows (position p) of at least
   * outs×ins columns; each tensor is cut from it by its {@link Tile}.
   */
  record Tiles(List<Tile> tiles) implements Layout {
    public Tiles {
      tiles = List.copyOf(tiles);
    }

    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      for (Tile tile : tiles) {
        Shapes.check(
            tile.fits(inputs.getFirst()),
            this,
            "rows %d.. of %dx%d do not make (%s)"
                .formatted(tile.row(), tile.outs(), tile.ins(), tile.shape()),
            inputs);
      }
      return tiles.stream().map(Tile::shape).toList();
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Tile> reached = new ArrayList<>();
      List<Value> of = new ArrayList<>();
      for (int t = 0; t < tiles.size(); t++) {
        Value gy = gradients.of(at.out(t));
        if (gy != null) {
          reached.add(tiles.get(t));
          of.add(gy);
        }
      }
      TilesGradient gradient = new TilesGradient(reached, at.in(0).shape());
      gradients.add(at.in(0), gradients.program().apply(gradient, of.toArray(Value[]::new)));
    }
  }

  /** ∂y of each tensor → ∂x of {@link Tiles}: sums over the repetitions; zero in other rows. */
  record TilesGradient(List<Tile> tiles, Shape input) implements Layout {
    public TilesGradient {
      tiles = List.copyOf(tiles);
    }

    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, tiles.size());
      for (int t = 0; t < tiles.size(); t++) {
        Shapes.require(this, "gradient", tiles.get(t).shape(), inputs.get(t));
      }
      return List.of(input);
    }
  }

  /**
   * Sums along one side: y[.., j, ..] = Σ x[.., c, ..] over the places c that are listed for j. Its
   * gradient is of the same kind.
   */
  record SumAlong(int side, Sums sums) implements Layout {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(
          side < x.rank() && x.side(side) == sums.from(),
          this,
          "side %d must be (%d)".formatted(side, sums.from()),
          inputs);
      return List.of(x.with(side, sums.to()));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      SumAlong gradient = new SumAlong(side, sums.transposed());
      gradients.add(at.in(0), gradients.program().apply(gradient, gradients.ofOutput(at)));
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
