package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.TestDevices;

/** The vector kernels of updates against their scalar twins, and one thread against two. */
final class UpdateTest {

  /** One update over variables of given sizes. */
  record Case(Update update, int... sizes) {}

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (int n : new int[] {1, 7, 37, 300_001}) {
      all.add(new Case(new Update.Blend(0.9f, -2f), n, n));
      all.add(new Case(new Update.Fill(3f), n));
      all.add(new Case(new Update.GlobalNorm(), 1, n, 5000, 3));
      all.add(new Case(new Update.Adam(0.9f, 0.999f, 1e-8f, 1e-2f, 5f), n, n, n, n, 1, 2));
      all.add(new Case(new Update.AdamW(0.9f, 0.999f, 1e-8f, 1e-2f, 5f), n, n, n, n, 1, 2));
      all.add(new Case(new Update.Sgd(0.9f, 1e-2f, 5f), n, n, n, 1, 1));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAgree(Case at) {
    try (CpuBackend scalar = CpuBackend.scalar();
        CpuBackend one = CpuBackend.of(1);
        CpuBackend two = CpuBackend.of(2)) {
      List<float[]> expected = run(at, scalar);
      List<float[]> actual = run(at, one);
      List<float[]> threaded = run(at, two);
      for (int k = 0; k < expected.size(); k++) {
        float worst = 0;
        for (int i = 0; i < expected.get(k).length; i++) {
          float e = expected.get(k)[i];
          worst = Math.max(worst, Math.abs(actual.get(k)[i] - e) / Math.max(1, Math.abs(e)));
        }
        assertThat(worst).as("operand %d", k).isLessThanOrEqualTo(1e-6f);
        assertThat(threaded.get(k)).isEqualTo(actual.get(k));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAgreeOnAnOpenClDevice(Case at) {
    assumeThat(TestDevices.opencl()).as("an OpenCL device").isPresent();
    try (CpuBackend scalar = CpuBackend.scalar()) {
      List<float[]> expected = run(at, scalar);
      List<float[]> actual = run(at, TestDevices.opencl().orElseThrow());
      for (int k = 0; k < expected.size(); k++) {
        for (int i = 0; i < expected.get(k).length; i++) {
          float e = expected.get(k)[i];
          float difference = Math.abs(actual.get(k)[i] - e) / Math.max(1, Math.abs(e));
          if (!(difference <= 1e-5f)) {
            assertThat(actual.get(k)[i]).as("operand %d, value %d", k, i).isEqualTo(e);
          }
        }
      }
    }
  }

  /** Positive random values, so that they serve as second moments, rates and step counts too. */
  private static List<float[]> run(Case at, Backend backend) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < at.sizes().length; i++) {
      variables.add(new Variable("v" + i, Shape.of(at.sizes()[i])));
    }
    Workspace workspace = backend.workspace(variables);
    SplittableRandom random = new SplittableRandom(3);
    for (Variable variable : variables) {
      float[] data = new float[variable.shape().size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) (0.1 + random.nextDouble());
      }
      workspace.write(variable, data);
    }
    Program program = new Program();
    program.applyAll(at.update(), variables.stream().map(program::variable).toArray(Value[]::new));
    workspace.prepare(program).run();
    List<float[]> all = new ArrayList<>();
    for (Variable variable : variables) {
      float[] data = new float[variable.shape().size()];
      workspace.read(variable, data);
      all.add(data);
    }
    return all;
  }
}
