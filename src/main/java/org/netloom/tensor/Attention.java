package org.netloom.tensor;

import java.util.List;

/**
 * Multi-head self-attention product (Vaswani et al. 2017). The input [n, t, 3·heads·size] holds
 * queries, keys and values as thirds, heads contiguous in each; the scale is 1/√size.
 */
public sealed interface Attention extends Operation {

  /**
   * qkv → (y [n, t, heads·size], probabilities [n, heads, t, t]). A second operand b [w, heads, t,
   * t], where w divides n, is added to the scaled scores: sequence i takes b[i mod w].
   */
  record Forward(int heads, int size) implements Attention {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape x = inputs.getFirst();
      Shapes.check(
          x.rank() == 3 && x.side(2) == 3 * heads * size,
          this,
          "needs NxTx(3*%d*%d)".formatted(heads, size),
          inputs);
      if (inputs.size() > 1) {
        Shapes.count(this, inputs, 2);
        Shape bias = inputs.get(1);
        Shapes.check(
            bias.rank() == 4 && x.side(0) % bias.side(0) == 0,
            this,
            "patterns of the bias do not divide the sequences",
            inputs);
        Shapes.require(this, "bias", Shape.of(bias.side(0), heads, x.side(1), x.side(1)), bias);
      }
      return List.of(x.withLast(heads * size), Shape.of(x.side(0), heads, x.side(1), x.side(1)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      Program program = gradients.program();
      if (gradients.needs(at.in(0))) {
        gradients.add(at.in(0), program.apply(new Gradient(heads, size), gy, at.in(0), at.out(1)));
      }
      if (at.inputs().size() > 1 && gradients.needs(at.in(1))) {
        BiasGradient operation = new BiasGradient(heads, size, at.in(1).shape());
        gradients.add(at.in(1), program.apply(operation, gy, at.in(0), at.out(1)));
      }
    }
  }

  /** (∂y, qkv, probabilities) → ∂qkv. */
  record Gradient(int heads, int size) implements Attention {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 3);
      return List.of(inputs.get(1));
    }
  }

  /** (∂y, qkv, probabilities) → ∂b: sums over the sequences of each pattern. */
  record BiasGradient(int heads, int size, Shape shape) implements Attention {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 3);
      return List.of(shape);
    }
  }
}
