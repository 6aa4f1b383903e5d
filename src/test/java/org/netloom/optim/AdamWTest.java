package org.netloom.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
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

class AdamWTest {
  /** Weights after three steps of torch.optim.AdamW (torch 1.13, float64) from {@code START}. */
  private static final double[] UNCLIPPED = {
    -0.8217911409912846, 1.0871831558666574, -1.1756471310137855,
    0.910255142309501, -0.5563991479573592, 1.3525751204680547
  };

  /** Likewise, with clip_grad_norm_ at 0.3. */
  private static final double[] CLIPPED = {
    -0.9271127845526052, 1.192504856737296, -1.2809686599564967,
    1.0155767858708216, -0.6617208488279982, 1.4578966494107664
  };

  private static final float[] START = {0.1f, 0.2f, -0.3f, 0f, 0.4f, 0.5f};

  @Test
  void threeStepsAreThoseOfTorch() {
    assertThat(steps(0f)).containsExactly(UNCLIPPED, within(2e-6));
    assertThat(steps(0.3f)).containsExactly(CLIPPED, within(1e-5));
  }

  /** Softmax regression on one image of class 1, rates 0.5, 0.4, 0.3 and decay 0.1. */
  private static double[] steps(float clip) {
    AdamW optimiser = new AdamW(0.1f, clip);
    Variable weight = new Variable("w", Shape.of(2, 3));
    Variable mean = new Variable("mean", weight.shape());
    Variable square = new Variable("square", weight.shape());
    Variable norm = new Variable("norm", Shape.of(1));
    Variable rate = new Variable("rate", Shape.of(2));
    try (Backend backend = CpuBackend.scalar()) {
      Workspace workspace = backend.workspace(List.of(weight, mean, square, norm, rate));
      Program program = new Program();
      Value x = program.input("x", Shape.of(1, 3));
      Value label = program.input("label", Shape.of(1));
      Value logits = program.apply(new Matrix.Product(false, true), x, program.variable(weight));
      Value loss = program.applyAll(new Loss.CrossEntropy(0f), logits, label).getFirst();
      optimiser.record(
          program, loss, List.of(new Optimiser.Slot(weight, List.of(mean, square))), norm, rate);
      Execution execution = workspace.prepare(program);
      execution.write(x, new float[] {1f, -2f, 0.5f}, 0);
      execution.write(label, new float[] {1f}, 0);
      workspace.write(weight, START);
      for (int t = 0; t < 3; t++) {
        workspace.write(rate, new float[] {0.5f - 0.1f * t, t + 1});
        execution.run();
      }
      float[] w = new float[6];
      workspace.read(weight, w);
      double[] result = new double[6];
      for (int i = 0; i < 6; i++) {
        result[i] = w[i];
      }
      return result;
    }
  }

  @Test
  void impossibleNumbersAreNamed() {
    assertThatThrownBy(() -> new AdamW(-1, 0)).hasMessageContaining("decay (-1.0)");
    assertThatThrownBy(() -> new AdamW(0, Float.NaN)).hasMessageContaining("clip (NaN)");
  }
}
