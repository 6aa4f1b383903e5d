package org.netloom.tensor;

import java.util.List;

/** Losses of a batch. */
public sealed interface Loss extends Operation {

  /**
   * (logits [n,k], labels [n]) → (mean loss [1], probabilities [n,k]): cross-entropy against the
   * target (1 − s)·onehot + s/k. Labels are class indices as floats.
   */
  record CrossEntropy(float smoothing) implements Loss {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shape logits = inputs.getFirst();
      Shapes.check(logits.rank() == 2, this, "needs logits NxK", inputs);
      Shapes.require(this, "labels", Shape.of(logits.side(0)), inputs.get(1));
      return List.of(Shape.of(1), logits);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      gradients.add(
          at.in(0),
          gradients
              .program()
              .apply(
                  new CrossEntropyGradient(smoothing),
                  gradients.ofOutput(at),
                  at.out(1),
                  at.in(1)));
    }
  }

  /** (∂loss [1], probabilities, labels) → ∂logits = ∂loss·(probabilities − target)/n. */
  record CrossEntropyGradient(float smoothing) implements Loss {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 3);
      return List.of(inputs.get(1));
    }
  }
}
