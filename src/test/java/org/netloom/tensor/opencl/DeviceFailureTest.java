package org.netloom.tensor.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/** A device that does not run the kernels, and one that is opened again and again. */
class DeviceFailureTest {
  private static final int TIMES = 50;

  static Stream<Arguments> broken() {
    Supplier<ArenaKernel> untranslatable = BrokenKernels.Untranslatable::new;
    Supplier<ArenaKernel> refused = BrokenKernels.Refused::new;
    return Stream.of(
        Arguments.of(untranslatable, "don't support lookupswitch"),
        Arguments.of(refused, "the driver does not build them"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aFailedTranslationNamesDeviceAndReasonAndTheNextBackendWorks(
      Supplier<ArenaKernel> kernels, String reason) {
    DeviceModel model = device();
    OpenClBackend backend = new OpenClBackend(model, kernels);
    assertThatThrownBy(() -> backend.workspace(List.of()))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith(model.name() + " could not run the kernels (")
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> run(backend)).hasMessageContaining("has failed before");
    backend.close();
    backend.close();
    try (OpenClBackend next = new OpenClBackend(model)) {
      assertThat(run(next)).containsExactly(2, 4, 6);
    }
  }

  @Test
  void openedAndClosedManyTimesADeviceKeepsNoMemory() throws IOException {
    DeviceModel model = device();
    cycle(model);
    long heap = heap();
    long resident = resident();
    for (int i = 0; i < TIMES; i++) {
      cycle(model);
    }
    // each backend has an arena of 32 MB on the heap and one on the device
    long quarter = TIMES * model.firstFloats() * Float.BYTES / 4;
    assertThat(heap() - heap).isLessThan(quarter);
    assertThat(resident() - resident).isLessThan(quarter);
  }

  private static void cycle(DeviceModel model) {
    try (OpenClBackend backend = new OpenClBackend(model)) {
      assertThat(run(backend)).containsExactly(2, 4, 6);
    }
  }

  private static DeviceModel device() {
    assumeThat(OpenClDevices.find().first()).as("an OpenCL device").isPresent();
    return OpenClDevices.find().first().orElseThrow();
  }

  /** Twice (1, 2, 3), computed there. */
  private static float[] run(OpenClBackend backend) {
    Program program = new Program();
    Value x = program.input("x", Shape.of(3));
    Value y = program.apply(new Elementwise.Scale(2f), x);
    program.output(y);
    Execution execution = backend.workspace(List.of()).prepare(program);
    execution.write(x, new float[] {1, 2, 3}, 0);
    execution.run();
    float[] result = new float[3];
    execution.read(y, result, 0);
    return result;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Bytes of the process in memory, the heap's included; 0 where the system does not say. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/statm");
    return Files.exists(status) ? Long.parseLong(Files.readString(status).split(" ")[1]) * 4096 : 0;
  }
}
