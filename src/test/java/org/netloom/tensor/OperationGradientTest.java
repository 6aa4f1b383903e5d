package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.cpu.CpuBackend;

/** Gradients against central finite differences of the scalar forward pass. */
final class OperationGradientTest {
  private static final float STEP = 2e-3f;

  @ParameterizedTest
  @MethodSource("org.netloom.tensor.OperationCases#all")
  void gradientsAgreeWithFiniteDifferences(OperationCase at) {
    try (CpuBackend backend = CpuBackend.scalar()) {
      List<float[]> gradients = at.run(backend, true).gradients();
      float[] cotangent = at.cotangent();
      for (int g = 0; g < gradients.size(); g++) {
        float[] x = at.operands().get(at.differentiable().get(g));
        double scale = 1;
        for (float v : gradients.get(g)) {
          scale = Math.max(scale, Math.abs(v));
        }
        for (int i = 0; i < x.length; i += Math.max(1, x.length / 11)) {
          float kept = x[i];
          x[i] = kept + STEP;
          double up = inner(at.run(backend, false).outputs().getFirst(), cotangent);
          x[i] = kept - STEP;
          double down = inner(at.run(backend, false).outputs().getFirst(), cotangent);
          x[i] = kept;
          double width = (double) (kept + STEP) - (double) (kept - STEP);
          assertThat((double) gradients.get(g)[i])
              .as("operand %d, value %d", at.differentiable().get(g), i)
              .isCloseTo((up - down) / width, within(8e-3 * scale));
        }
      }
    }
  }

  private static double inner(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }
}
