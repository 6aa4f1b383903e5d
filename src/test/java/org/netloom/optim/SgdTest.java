package org.netloom.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

class SgdTest {
  private static final float[] X = {1f, -2f, 0.5f};

  /** Three steps of softmax regression on one image, against the formula of {@link Sgd}. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0.9, 0, 0", "0.9, 0.01, 0", "0.9, 0.01, 0.3", "0, 0.1, 100"})
  void stepsFollowTheFormula(float momentum, float decay, float clip) {
    Variable weight = new Variable("w", Shape.of(2, 3));
    Variable untouched = new Variable("unused", Shape.of(4));
    Variable u = new Variable("u", weight.shape());
    Variable v = new Variable("v", untouched.shape());
    Variable norm = new Variable("norm", Shape.of(1));
    Variable rate = new Variable("rate", Shape.of(2));
    try (Backend backend = CpuBackend.scalar()) {
      Workspace workspace = backend.workspace(List.of(weight, untouched, u, v, norm, rate));
      Program program = new Program();
      Value x = program.input("x", Shape.of(1, 3));
      Value label = program.input("label", Shape.of(1));
      Value logits = program.apply(new Matrix.Product(false, true), x, program.variable(weight));
      Value loss = program.applyAll(new Loss.CrossEntropy(0f), logits, label).getFirst();
      new Sgd(momentum, decay, clip)
          .record(
              program,
              loss,
              List.of(
                  new Optimiser.Slot(weight, List.of(u)),
                  new Optimiser.Slot(untouched, List.of(v))),
              norm,
              rate);
      Execution execution = workspace.prepare(program);
      execution.write(x, X, 0);
      execution.write(label, new float[] {1f}, 0);
      float[] w = {0.1f, 0.2f, -0.3f, 0f, 0.4f, 0.5f};
      workspace.write(weight, w);
      workspace.write(untouched, new float[] {1, 2, 3, 4});
      double[] expected = {0.1f, 0.2f, -0.3f, 0f, 0.4f, 0.5f};
      double[] velocity = new double[6];
      for (int step = 0; step < 3; step++) {
        float r = 0.5f - 0.1f * step;
        workspace.write(rate, new float[] {r, step + 1});
        execution.run();
        double expectedNorm = step(expected, velocity, r, momentum, decay, clip);
        float[] actualNorm = new float[1];
        workspace.read(norm, actualNorm);
        assertThat((double) actualNorm[0]).isCloseTo(expectedNorm, within(1e-5));
      }
      workspace.read(weight, w);
      for (int i = 0; i < 6; i++) {
        assertThat((double) w[i]).isCloseTo(expected[i], within(1e-5));
      }
      float[] rest = new float[4];
      workspace.read(untouched, rest);
      assertThat(rest).containsExactly(1, 2, 3, 4);
    }
  }

  /** Gradient (softmax(Wx) − (0, 1)) xᵀ in double precision; its norm before clipping. */
  private static double step(
      double[] w, double[] u, double rate, double momentum, double decay, double clip) {
    double a = w[0] * X[0] + w[1] * X[1] + w[2] * X[2];
    double b = w[3] * X[0] + w[4] * X[1] + w[5] * X[2];
    double p = 1 / (1 + Math.exp(b - a));
    double[] gradient = new double[6];
    double squares = 0;
    for (int i = 0; i < 6; i++) {
      gradient[i] = (i < 3 ? p : -p) * X[i % 3];
      squares += gradient[i] * gradient[i];
    }
    double norm = Math.sqrt(squares);
    double scale = clip > 0 ? Math.min(1, clip / (norm + 1e-6)) : 1;
    for (int i = 0; i < 6; i++) {
      u[i] = momentum * u[i] + scale * gradient[i] + decay * w[i];
      w[i] -= rate * u[i];
    }
    return norm;
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, momentum (1.0)", "0.9, -1, 0, decay (-1.0)", "0, 0, -2, clip (-2.0)"})
  void impossibleNumbersAreNamed(float momentum, float decay, float clip, String message) {
    assertThatThrownBy(() -> new Sgd(momentum, decay, clip)).hasMessageContaining(message);
  }
}
