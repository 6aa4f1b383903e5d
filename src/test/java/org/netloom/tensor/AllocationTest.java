package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * A plan that has run often enough allocates nothing more: neither for its steps, nor to share work
 * with other threads, nor for vectors that the compiler should have kept in registers.
 */
final class AllocationTest {
  @ParameterizedTest(name = "training {0}, threads {1}")
  @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
  void aWarmPlanAllocatesNothing(boolean training, int threads) throws Exception {
    assertThat(Allocations.told(AllocationTest.class, training, threads)).isEqualTo("0 bytes");
  }

  /** Tells what a warm run allocates: arguments are whether it is a training, and the threads. */
  public static void main(String[] arguments) {
    try (CpuBackend backend = CpuBackend.of(Integer.parseInt(arguments[1]))) {
      Allocations.tell(new Network(Boolean.parseBoolean(arguments[0])).prepare(backend));
    }
  }

  /** What networks are made of, with channels that fill vectors and channels that do not. */
  private static final class Network {
    private static final int IMAGES = 8;
    private static final int SIDE = 12;

    private final Program program = new Program();
    private final List<Value> inputs = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Value> weights = new ArrayList<>();
    private final Value labels = input("labels", Shape.of(IMAGES));

    Network(boolean training) {
      Value x = input("images", Shape.of(IMAGES, SIDE, SIDE, 3));
      Value stem = norm(convolution(x, 16, 3, 1, 1));
      Value wide = relu(norm(convolution(stem, 16, 3, 1, 1)));
      Value depthwise = convolution(wide, 16, 3, 1, 16);
      Value thin = relu(norm(convolution(depthwise, 12, 1, 1, 1)));
      Value odd = norm(convolution(thin, 12, 5, 1, 12));
      Value max = pool(new Pooling.Max(new Pooling.Window(3, 1, 1)), odd);
      Value mean = pool(new Pooling.Average(new Pooling.Window(3, 1, 1)), thin);
      Value sum = program.apply(new Elementwise.Add(), max, mean, odd);
      Value all = program.apply(new Layout.Concat(), sum, wide);
      Value half = pool(new Pooling.Max(new Pooling.Window(3, 2, 1)), relu(all));
      Value strided = norm(convolution(half, 20, 3, 2, 1));
      Value pooled = program.apply(new Pooling.Adaptive(1, 1), strided);
      Value rows = program.apply(new Layout.Reshape(Shape.of(IMAGES, 20)), pooled);
      Value logits =
          program.apply(new Matrix.Product(false, true), rows, variable(Shape.of(10, 20)));
      if (training) {
        train(logits);
      } else {
        program.output(logits);
      }
    }

    private void train(Value logits) {
      Value loss = program.applyAll(new Loss.CrossEntropy(0.1f), logits, labels).getFirst();
      program.output(loss);
      Value seed = input("seed", Shape.of(1));
      Value rate = input("rate", Shape.of(1));
      List<Value> gradients = Gradients.record(program, loss, seed, weights);
      Value norm = variable(Shape.of(1));
      List<Value> operands = new ArrayList<>(List.of(norm));
      operands.addAll(gradients);
      program.applyAll(new Update.GlobalNorm(), operands.toArray(Value[]::new));
      for (int i = 0; i < gradients.size(); i++) {
        Value momentum = variable(weights.get(i).shape());
        program.applyAll(
            new Update.Sgd(0.9f, 1e-4f, 5f),
            weights.get(i),
            gradients.get(i),
            momentum,
            norm,
            rate);
      }
    }

    private Value input(String name, Shape shape) {
      Value value = program.input(name, shape);
      inputs.add(value);
      return value;
    }

    private Value variable(Shape shape) {
      Variable variable = new Variable("v" + variables.size(), shape);
      variables.add(variable);
      return program.variable(variable);
    }

    private Value weight(Shape shape) {
      Value value = variable(shape);
      weights.add(value);
      return value;
    }

    private Value convolution(Value x, int outputs, int kernel, int stride, int groups) {
      Shape in = x.shape();
      int side = Math.ceilDiv(in.side(1), stride);
      ConvolutionGeometry g =
          new ConvolutionGeometry(
              IMAGES,
              in.side(1),
              in.side(2),
              in.side(3),
              outputs,
              kernel,
              kernel,
              stride,
              stride,
              kernel / 2,
              kernel / 2,
              1,
              1,
              groups,
              side,
              side);
      return program.apply(new Convolution.Forward(g), x, weight(g.weight()));
    }

    private Value norm(Value x) {
      Shape channels = Shape.of(x.shape().side(-1));
      return program
          .applyAll(new Normalisation.BatchNorm(1e-5f), x, weight(channels), weight(channels))
          .getFirst();
    }

    private Value relu(Value x) {
      return program.apply(new Elementwise.Apply(Elementwise.Function.RELU), x);
    }

    private Value pool(Pooling pooling, Value x) {
      return program.apply(pooling, x);
    }

    Execution prepare(CpuBackend backend) {
      Workspace workspace = backend.workspace(variables);
      SplittableRandom random = new SplittableRandom(3);
      for (Variable variable : variables) {
        workspace.write(variable, noise(variable.shape(), random));
      }
      Execution execution = workspace.prepare(program);
      for (Value input : inputs) {
        float[] values = noise(input.shape(), random);
        if (input == labels) {
          for (int i = 0; i < values.length; i++) {
            values[i] = i;
          }
        }
        execution.write(input, values, 0);
      }
      return execution;
    }

    private static float[] noise(Shape shape, SplittableRandom random) {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.1f * (float) random.nextGaussian();
      }
      return values;
    }
  }
}
