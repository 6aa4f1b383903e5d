package org.netloom.tensor;

import java.util.List;

/**
 * 2-D convolution (cross-correlation) over NHWC maps with weights [k, c/groups, r, s].
 *
 * <p>y[n,i,j,o] = Σ_{q,u,v} x[n, i·strideH − top + u·dilationH, j·strideW − left + v·dilationW, q]
 * · w[o,q,u,v], q over the group's channels, x zero outside the map.
 */
public sealed interface Convolution extends Operation {
  ConvolutionGeometry geometry();

  /** (x, w) → y. */
  record Forward(ConvolutionGeometry geometry) implements Convolution {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.require(this, "input", geometry.input(), inputs.get(0));
      Shapes.require(this, "weight", geometry.weight(), inputs.get(1));
      return List.of(geometry.output());
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      Value gy = gradients.ofOutput(at);
      Program program = gradients.program();
      if (gradients.needs(at.in(0))) {
        gradients.add(at.in(0), program.apply(new InputGradient(geometry), gy, at.in(1)));
      }
      if (gradients.needs(at.in(1))) {
        gradients.add(at.in(1), program.apply(new WeightGradient(geometry), gy, at.in(0)));
      }
    }
  }

  /** (∂y, w) → ∂x. */
  record InputGradient(ConvolutionGeometry geometry) implements Convolution {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.require(this, "output gradient", geometry.output(), inputs.get(0));
      Shapes.require(this, "weight", geometry.weight(), inputs.get(1));
      return List.of(geometry.input());
    }
  }

  /** (∂y, x) → ∂w. */
  record WeightGradient(ConvolutionGeometry geometry) implements Convolution {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 2);
      Shapes.require(this, "output gradient", geometry.output(), inputs.get(0));
      Shapes.require(this, "input", geometry.input(), inputs.get(1));
      return List.of(geometry.weight());
    }
  }
}
