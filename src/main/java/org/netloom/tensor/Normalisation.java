package org.netloom.tensor;

import java.util.List;

/** Batch norm (statistics per channel) and layer norm (statistics per row), both affine. */
public sealed interface Normalisation extends Operation {

  /**
   * (x, γ, β) → (y, mean, rstd): y = (x − mean)·rstd·γ + β per channel (last side), with the
   * batch's mean and biased variance, rstd = 1/√(var + ε).
   */
  record BatchNorm(float epsilon) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape channels = affine(this, inputs);
      return List.of(inputs.getFirst(), channels, channels);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Value> g =
          gradients
              .program()
              .applyAll(
                  new BatchNormGradient(),
                  gradients.ofOutput(at),
                  at.in(0),
                  at.in(1),
                  at.out(1),
                  at.out(2));
      addNeeded(at, gradients, g);
    }
  }

  /** (∂y, x, γ, mean, rstd) → (∂x, ∂γ, ∂β). */
  record BatchNormGradient() implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 5);
      return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
    }
  }

  /** (x, γ, β) → (y, mean, rstd): a ReLU of {@link BatchNorm}, with the statistics of x. */
  record BatchNormRelu(float epsilon) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape channels = affine(this, inputs);
      return List.of(inputs.getFirst(), channels, channels);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Value> g =
          gradients
              .program()
              .applyAll(
                  new BatchNormReluGradient(),
                  gradients.ofOutput(at),
                  at.in(0),
                  at.in(1),
                  at.in(2),
                  at.out(1),
                  at.out(2));
      addNeeded(at, gradients, g);
    }
  }

  /** (∂y, x, γ, β, mean, rstd) → (∂x, ∂γ, ∂β); what the ReLU stopped is found again from x. */
  record BatchNormReluGradient() implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 6);
      return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
    }
  }

  /**
   * (x, γ, β) → (y, mean, rstd): a {@link Pooling.Max} of {@link BatchNorm}, with the statistics of
   * x. The normalised map, mostly the largest one of a network, is never written.
   */
  record BatchNormMax(float epsilon, Pooling.Window window) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape channels = affine(this, inputs);
      return List.of(window.output(this, inputs), channels, channels);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Value> g =
          gradients
              .program()
              .applyAll(
                  new BatchNormMaxGradient(window),
                  gradients.ofOutput(at),
                  at.in(0),
                  at.in(1),
                  at.in(2),
                  at.out(1),
                  at.out(2));
      addNeeded(at, gradients, g);
    }
  }

  /** (∂y, x, γ, β, mean, rstd) → (∂x, ∂γ, ∂β); the maxima are found again from x. */
  record BatchNormMaxGradient(Pooling.Window window) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 6);
      return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
    }
  }

  /** (x, γ, β, mean, variance) → y with the given statistics, per channel. */
  record FixedNorm(float epsilon) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 5);
      affine(this, inputs.subList(0, 3));
      Shapes.require(this, "mean", inputs.get(1), inputs.get(3));
      Shapes.require(this, "variance", inputs.get(1), inputs.get(4));
      return List.of(inputs.getFirst());
    }
  }

  /** (x, γ, β) → (y, mean, rstd) with the statistics of each row (last side). */
  record LayerNorm(float epsilon) implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      affine(this, inputs);
      Shape rows = Shape.of(inputs.getFirst().rows());
      return List.of(inputs.getFirst(), rows, rows);
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Value> g =
          gradients
              .program()
              .applyAll(
                  new LayerNormGradient(),
                  gradients.ofOutput(at),
                  at.in(0),
                  at.in(1),
                  at.out(1),
                  at.out(2));
      addNeeded(at, gradients, g);
    }
  }

  /** (∂y, x, γ, mean, rstd) → (∂x, ∂γ, ∂β). */
  record LayerNormGradient() implements Normalisation {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 5);
      return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
    }
  }

  private static Shape affine(Operation operation, List<Shape> inputs) {
    Shapes.count(operation, inputs, 3);
    Shape channels = Shape.of(inputs.getFirst().side(-1));
    Shapes.require(operation, "gain", channels, inputs.get(1));
    Shapes.require(operation, "offset", channels, inputs.get(2));
    return channels;
  }

  private static void addNeeded(Application at, Gradients gradients, List<Value> g) {
    for (int i = 0; i < 3; i++) {
      if (gradients.needs(at.in(i))) {
        gradients.add(at.in(i), g.get(i));
      }
    }
  }
}
