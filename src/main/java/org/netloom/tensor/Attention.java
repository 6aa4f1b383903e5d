package org.netloom.tensor;

import java.util.List;

/**
 * Multi-head self-attention product (Vaswani et al. 2017). The input [n, t, 3·heads·size] holds
 * queries, keys and values as thirds, heads contiguous in each; the scale is 1/√size.
 */
public sealed interface Attention extends Operation {

  /** qkv → (y [n, t, heads·size], probabilities [n, heads, t, t]). */
  record Forward(int heads, int size) implements Attention {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      Shape x = inputs.getFirst();
      Shapes.check(
          x.rank() == 3 && x.side(2) == 3 * heads * size,
          this,
          "needs NxTx(3*%d*%d)".formatted(heads, size),
          inputs);
      return List.of(x.withLast(heads * size), Shape.of(x.side(0), heads, x.side(1), x.side(1)));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(new Gradient(heads, size), gradients.ofOutput(at), at.in(0), at.out(1)));
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
}
