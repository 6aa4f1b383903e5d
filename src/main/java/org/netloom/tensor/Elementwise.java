package org.netloom.tensor;

import java.util.List;

/** Operations that treat every value alike. */
public sealed interface Elementwise extends Operation {

  /** Functions of one value. */
  enum Function {
    RELU,
    RELU6,
    /** x·Φ(x). */
    GELU,
    HARD_SWISH,
    HARD_SIGMOID,
    SIGMOID,
    SILU,
    TANH,
    /** 2·σ(x/2): the range of predicted norm gains (0, 2). */
    NORM_GAIN,
    /** tanh(0.2·x): the range of predicted offsets (−1, 1). */
    SMALL_TANH
  }

  /** y = f(x). */
  record Apply(Function function) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return inputs;
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients.program().apply(new ApplyGradient(function), gradients.ofOutput(at), at.in(0)));
    }
  }

  /** (∂y, x) → ∂y·f′(x). */
  record ApplyGradient(Function function) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.require(this, "input", inputs.get(0), inputs.get(1));
      return List.of(inputs.getFirst());
    }
  }

  /** Sum of one or more tensors of one shape, in order. */
  record Add() implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.check(!inputs.isEmpty(), this, "needs an operand", inputs);
      for (Shape shape : inputs) {
        Shapes.require(this, "an operand", inputs.getFirst(), shape);
      }
      return List.of(inputs.getFirst());
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      at.inputs().stream().filter(gradients::needs).forEach(in -> gradients.add(in, gy));
    }
  }

  /** y = factor·x. */
  record Scale(float factor) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return inputs;
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(at.in(0), gradients.program().apply(this, gradients.ofOutput(at)));
    }
  }

  /**
   * (x, b) → x + b, where b's values repeat: b has the size of x's trailing sides (a bias per
   * channel, a positional encoding per image).
   */
  record AddRepeated() implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      int size = inputs.get(1).size();
      Shapes.check(
          size > 0 && inputs.getFirst().size() % size == 0, this, "sizes do not fit", inputs);
      return List.of(inputs.getFirst());
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      if (gradients.needs(at.in(0))) {
        gradients.add(at.in(0), gy);
      }
      if (gradients.needs(at.in(1))) {
        gradients.add(at.in(1), gradients.program().apply(new SumRepeated(at.in(1).shape()), gy));
      }
    }
  }

  /** b[j] = Σ_i x[i·size + j], the gradient of {@link AddRepeated}. */
  record SumRepeated(Shape shape) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shapes.check(
          inputs.getFirst().size() % Math.max(1, shape.size()) == 0,
          this,
          "sizes do not fit",
          inputs);
      return List.of(shape);
    }
  }

  /** (x [n,..,c], g [n,..,c]) → y[n,p,c] = x[n,p,c]·g[n,c]: squeeze-excite's product. */
  record ChannelScale() implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shape x = inputs.getFirst();
      Shapes.check(
          inputs.get(1).size() == x.side(0) * x.side(-1), this, "gates do not fit", inputs);
      return List.of(x);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      if (gradients.needs(at.in(0))) {
        gradients.add(at.in(0), gradients.program().apply(this, gy, at.in(1)));
      }
      if (gradients.needs(at.in(1))) {
        gradients.add(
            at.in(1),
            gradients.program().apply(new ChannelScaleGradient(at.in(1).shape()), gy, at.in(0)));
      }
    }
  }

  /** (∂y, x) → ∂g[n,c] = Σ_p ∂y[n,p,c]·x[n,p,c]. */
  record ChannelScaleGradient(Shape shape) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      return List.of(shape);
    }
  }

  /**
   * (x, s) → y: each value is zeroed with the given probability, the rest scaled by 1/(1 − p). The
   * mask is a hash of (seed s[0], stream, position), so the gradient is the same operation.
   *
   * @param stream tells the masks of one seed apart
   */
  record Dropout(float probability, int stream) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.require(this, "a seed", Shape.of(1), inputs.get(1));
      return List.of(inputs.getFirst());
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(at.in(0), gradients.program().apply(this, gradients.ofOutput(at), at.in(1)));
    }
  }

  /**
   * (x [n, ..], s [1], r [1]) → y: an image's values are all zeroed with probability p·r[0] and
   * else scaled by 1/(1 − p·r[0]). The mask is a hash of (seed s[0], stream, image), so the
   * gradient is the same operation.
   *
   * @param probability p, 0 to below 1
   * @param stream tells the masks of one seed apart
   */
  record DropPath(float probability, int stream) implements Elementwise {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 3);
      Shapes.require(this, "a seed", Shape.of(1), inputs.get(1));
      Shapes.require(this, "a factor", Shape.of(1), inputs.get(2));
      return List.of(inputs.getFirst());
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0), gradients.program().apply(this, gradients.ofOutput(at), at.in(1), at.in(2)));
    }
  }
}
