package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.TestDevices;

/** The OpenCL kernels against the plain loops: on a device where there is one, and in Java. */
final class OpenClAgainstScalarTest {
  private static final double LIMIT = 1e-4;

  /** Multiply-adds that threads of this machine do in reasonable time. */
  private static final int SMALL = 2000;

  private static final Map<String, Double> WORST = new TreeMap<>();

  @ParameterizedTest
  @MethodSource({
    "org.netloom.tensor.OperationCases#all",
    "org.netloom.tensor.OperationCases#vectorsOnly"
  })
  void valuesAndGradientsAgreeOnTheDevice(OperationCase at) {
    assumeThat(TestDevices.opencl()).as("an OpenCL device").isPresent();
    OpenClBackend device = TestDevices.opencl().orElseThrow();
    OperationCase.Result actual = compare(at, device);
    String name = at.operation().getClass().getName().replaceFirst(".*\\.", "");
    WORST.merge(name, deviation(at, actual), Math::max);
    OperationCase.Result again = at.run(device, true);
    for (int k = 0; k < actual.outputs().size(); k++) {
      assertThat(Arrays.equals(again.outputs().get(k), actual.outputs().get(k))).isTrue();
    }
    for (int k = 0; k < actual.gradients().size(); k++) {
      assertThat(Arrays.equals(again.gradients().get(k), actual.gradients().get(k))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource({
    "org.netloom.tensor.OperationCases#all",
    "org.netloom.tensor.OperationCases#vectorsOnly"
  })
  void valuesAndGradientsAgreeWithTheLayoutOfAGpu(OperationCase at) {
    assumeThat(TestDevices.asGpu()).as("an OpenCL device").isPresent();
    compare(at, TestDevices.asGpu().orElseThrow());
  }

  static Stream<OperationCase> small() {
    return OperationCases.all()
        .filter(at -> at.operands().stream().mapToInt(x -> x.length).sum() < SMALL);
  }

  @ParameterizedTest
  @MethodSource("small")
  void valuesAndGradientsAgreeInJavaThreads(OperationCase at) {
    compare(at, TestDevices.java());
  }

  @Test
  void productsWhoseLastColumnsAreSharedComeOutTheSameEveryTime() {
    OperationCase at =
        OperationCase.of(
            "shared columns", new Matrix.Product(false, false), Shape.of(5, 40), Shape.of(40, 33));
    float[] first = at.run(TestDevices.java(), false).outputs().getFirst();
    for (int i = 0; i < 300; i++) {
      assertThat(at.run(TestDevices.java(), false).outputs().getFirst()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 12})
  void theMaximumOfAWindowWithNaNIsNaN(int channels) {
    OperationCase at =
        OperationCase.of(
            "maxima", new Pooling.Max(new Pooling.Window(3, 2, 1)), Shape.of(2, 9, 7, channels));
    float[] x = at.operands().getFirst().clone();
    for (int i = 0; i < x.length; i += 31) {
      x[i] = Float.NaN;
    }
    OperationCase odd = at.with(0, x);
    try (CpuBackend scalar = CpuBackend.scalar()) {
      float[] expected = odd.run(scalar, false).outputs().getFirst();
      assertThat(expected).contains(Float.NaN);
      assertThat(odd.run(TestDevices.java(), false).outputs().getFirst()).isEqualTo(expected);
      Stream.of(TestDevices.opencl(), TestDevices.asGpu())
          .flatMap(Optional::stream)
          .forEach(
              device ->
                  assertThat(odd.run(device, false).outputs().getFirst()).isEqualTo(expected));
    }
  }

  @Test
  void tensorsThatOnlyTheHostReadsAreCutFromTheirBlocks() {
    Tile kernels = new Tile(1, 4, 2, 3, 5, 7, 0.5f, Shape.of(5, 7, 2, 2));
    Tile vector = new Tile(0, 1, 6, 1, 4, 1, 2f, Shape.of(4));
    OperationCase at =
        OperationCase.of("cut", new Layout.Tiles(List.of(kernels, vector)), Shape.of(5, 9));
    try (CpuBackend scalar = CpuBackend.scalar()) {
      List<float[]> expected = at.run(scalar, false).outputs();
      assertThat(at.run(TestDevices.java(), false).outputs().toArray())
          .isEqualTo(expected.toArray());
      TestDevices.opencl()
          .ifPresent(
              device ->
                  assertThat(at.run(device, false).outputs().toArray())
                      .isEqualTo(expected.toArray()));
    }
  }

  private static OperationCase.Result compare(OperationCase at, Backend backend) {
    OperationCase.Result actual = at.run(backend, true);
    assertThat(deviation(at, actual)).isLessThan(LIMIT);
    return actual;
  }

  /** The largest deviation of any tensor, in units of its largest value. */
  private static double deviation(OperationCase at, OperationCase.Result actual) {
    try (CpuBackend scalar = CpuBackend.scalar()) {
      OperationCase.Result expected = at.run(scalar, true);
      return Math.max(
          deviation(actual.outputs(), expected.outputs()),
          deviation(actual.gradients(), expected.gradients()));
    }
  }

  private static double deviation(List<float[]> actual, List<float[]> expected) {
    double worst = 0;
    for (int k = 0; k < expected.size(); k++) {
      double scale = 1e-6;
      double distance = 0;
      for (int i = 0; i < expected.get(k).length; i++) {
        scale = Math.max(scale, Math.abs(expected.get(k)[i]));
        double d = Math.abs((double) actual.get(k)[i] - expected.get(k)[i]);
        distance = Double.isNaN(d) ? d : Math.max(distance, d);
      }
      worst = Math.max(worst, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance / scale);
    }
    return worst;
  }

  /** The parity table of docs/opencl.md. */
  @AfterAll
  static void writeTable() throws IOException {
    StringBuilder table = new StringBuilder();
    WORST.forEach(
        (name, worst) ->
            table.append(
                String.format(Locale.ROOT, "| %s | %.1e |%n", name.replace('$', '.'), worst)));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "opencl-parity.md"), table);
  }
}
