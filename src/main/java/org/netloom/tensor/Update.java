package org.netloom.tensor;

import java.util.List;

/**
 * Operations that change variables in place. Their first operand is the variable they write; they
 * have no output and run in the order they were recorded.
 */
public sealed interface Update extends Operation {

  /** target = keep·target + factor·x. */
  record Blend(float keep, float factor) implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.check(inputs.get(0).size() == inputs.get(1).size(), this, "sizes differ", inputs);
      return List.of();
    }
  }

  /** target = value everywhere. */
  record Fill(float value) implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1);
      return List.of();
    }
  }

  /**
   * (norm [1], g₁, g₂, ..): norm = √Σ g², summed in double precision in the order given (global L2
   * norm for clipping).
   */
  record GlobalNorm() implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.check(!inputs.isEmpty(), this, "needs a target", inputs);
      return List.of();
    }
  }

  /**
   * Adam (Kingma and Ba 2015) with L2 decay added to the gradient: (w, g, m, v, norm [1],
   * hyperparameters [2] = learning rate, step count t from 1). The gradient is first scaled by
   * min(1, clip/(norm + 1e-6)).
   */
  record Adam(float beta1, float beta2, float epsilon, float decay, float clip) implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 6);
      return List.of();
    }
  }

  /**
   * Adam with decoupled decay (Loshchilov and Hutter 2019): operands as of {@link Adam}; first w is
   * multiplied by 1 − learning rate·decay, then Adam takes a step without decay.
   */
  record AdamW(float beta1, float beta2, float epsilon, float decay, float clip) implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 6);
      return List.of();
    }
  }

  /**
   * SGD with momentum and L2 decay: (w, g, u, norm [1], learning rate [1..]): u = μ·u + (g + λ·w),
   * w −= rate·u, g scaled as in {@link Adam} where clip is positive.
   */
  record Sgd(float momentum, float decay, float clip) implements Update {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 5);
      return List.of();
    }
  }
}
