package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.cpu.CpuBackend;

/** The SIMD kernels against their scalar twins, and one thread against two. */
final class SimdAgainstScalarTest {

  @ParameterizedTest
  @MethodSource({
    "org.netloom.tensor.OperationCases#all",
    "org.netloom.tensor.OperationCases#vectorsOnly"
  })
  void valuesAndGradientsAgree(OperationCase at) {
    try (CpuBackend scalar = CpuBackend.scalar();
        CpuBackend one = CpuBackend.of(1);
        CpuBackend two = CpuBackend.of(2)) {
      assertThat(one.name()).isEqualTo("cpu");
      OperationCase.Result expected = at.run(scalar, true);
      OperationCase.Result actual = at.run(one, true);
      close(actual.outputs(), expected.outputs());
      close(actual.gradients(), expected.gradients());
      OperationCase.Result threaded = at.run(two, true);
      same(threaded.outputs(), actual.outputs());
      same(threaded.gradients(), actual.gradients());
    }
  }

  private static void close(List<float[]> actual, List<float[]> expected) {
    for (int k = 0; k < expected.size(); k++) {
      double scale = 1e-6;
      for (float v : expected.get(k)) {
        scale = Math.max(scale, Math.abs(v));
      }
      for (int i = 0; i < expected.get(k).length; i++) {
        double difference = Math.abs((double) actual.get(k)[i] - expected.get(k)[i]);
        if (!(difference <= 3e-6 * scale)) {
          assertThat((double) actual.get(k)[i])
              .as("tensor %d, value %d", k, i)
              .isCloseTo(expected.get(k)[i], within(3e-6 * scale));
        }
      }
    }
  }

  private static void same(List<float[]> actual, List<float[]> expected) {
    for (int k = 0; k < expected.size(); k++) {
      assertThat(Arrays.equals(actual.get(k), expected.get(k))).as("tensor %d", k).isTrue();
    }
  }
}
