package org.netloom.tensor.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.ShapeException;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/** What the arena promises: nothing is lost when it grows, and a limit has a message. */
class ArenaDeviceTest {

  static Stream<OpenClBackend> backends() {
    List<OpenClBackend> all = new ArrayList<>(List.of(TestDevices.java()));
    TestDevices.opencl().ifPresent(all::add);
    return all.stream();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("backends")
  void variablesAndInputsOutliveTheGrowthOfTheArena(OpenClBackend backend) {
    Variable variable = new Variable("v", Shape.of(3));
    Workspace workspace = backend.workspace(List.of(variable));
    workspace.write(variable, new float[] {1, 2, 3});
    Program program = new Program();
    Value x = program.input("x", Shape.of(3));
    Value y = program.apply(new Elementwise.Add(), x, program.variable(variable));
    program.output(y);
    Execution small = workspace.prepare(program);
    small.write(x, new float[] {10, 20, 30}, 0);
    long before = backend.arenaBytes();
    int size = (int) (before / Float.BYTES);
    Execution large = workspace.prepare(doubled(size));
    assertThat(backend.arenaBytes()).isGreaterThan(before);
    large.run();
    float[] kept = new float[3];
    workspace.read(variable, kept);
    assertThat(kept).containsExactly(1, 2, 3);
    small.write(x, new float[] {10, 20, 30}, 0);
    small.run();
    small.read(y, kept, 0);
    assertThat(kept).containsExactly(11, 22, 33);
  }

  private static Program doubled(int size) {
    Program program = new Program();
    Value x = program.input("x", Shape.of(size));
    program.output(program.apply(new Elementwise.Scale(2f), x));
    return program;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("backends")
  void aNeedBeyondTheDevicesBuffersIsNamedWithTheLimit(OpenClBackend backend) {
    Workspace workspace = backend.workspace(List.of());
    assertThatThrownBy(() -> workspace.prepare(doubled(600_000_000)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("A tensor of (2288) MB is larger than a buffer can be: ")
        .hasMessageContaining("here at most (4) buffers of (")
        .hasMessageContaining("--backend cpu");
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPlanAboveTheLimitIsRefusedWithBothFiguresAndTheWorkspaceGoesOn(DeviceModel model) {
    try (OpenClBackend backend = new OpenClBackend(model).within(4 << 20)) {
      Variable variable = new Variable("v", Shape.of(3));
      Workspace workspace = backend.workspace(List.of(variable));
      workspace.write(variable, new float[] {1, 2, 3});
      long before = backend.arenaBytes();
      assertThatThrownBy(() -> workspace.prepare(doubled(1 << 20)))
          .isInstanceOf(MemoryException.class)
          .hasMessageStartingWith("The plan needs (8.0 MB) of memory; the limit is (4.0 MB).");
      assertThatThrownBy(
              () -> backend.workspace(List.of(new Variable("w", Shape.of((1 << 20) + 1)))))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("the limit is (4.0 MB)");
      assertThat(backend.arenaBytes()).isEqualTo(before);
      Execution small = workspace.prepare(doubled(1 << 18));
      small.run();
      float[] kept = new float[3];
      workspace.read(variable, kept);
      assertThat(kept).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aNeedBeyondAllArenasIsNamedAndTheWorkspaceGoesOn() {
    try (OpenClBackend backend = new OpenClBackend(DeviceModel.java(1, 1).limited(4096))) {
      Variable variable = new Variable("v", Shape.of(3));
      Workspace workspace = backend.workspace(List.of(variable));
      workspace.write(variable, new float[] {1, 2, 3});
      assertThatThrownBy(() -> workspace.prepare(sums(5, 4000)))
          .isInstanceOf(ShapeException.class)
          .hasMessageStartingWith("The program needs (0) MB. Java threads has (256) MB")
          .hasMessageContaining("--backend cpu");
      workspace.prepare(sums(3, 4000)).run();
      float[] kept = new float[3];
      workspace.read(variable, kept);
      assertThat(kept).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aWorkspaceThatFillsTheDeviceMovesByWayOfTheHost() {
    try (OpenClBackend backend = new OpenClBackend(DeviceModel.java(1, 1).limited(4096))) {
      Variable variable = new Variable("v", Shape.of(4000));
      Workspace workspace = backend.workspace(List.of(variable));
      float[] values = new float[4000];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      workspace.write(variable, values);
      workspace.prepare(sums(1, 4000)).run();
      workspace.prepare(sums(2, 4000)).run();
      float[] kept = new float[4000];
      workspace.read(variable, kept);
      assertThat(kept).isEqualTo(values);
      assertThat(backend.arenas()).isEqualTo(4);
    }
  }

  /** A program of so many inputs, whose sum is its output. */
  private static Program sums(int inputs, int size) {
    Program program = new Program();
    Value[] all = new Value[inputs];
    for (int i = 0; i < inputs; i++) {
      all[i] = program.input("x" + i, Shape.of(size));
    }
    program.output(program.apply(new Elementwise.Add(), all));
    return program;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("backends")
  void twoWorkspacesDoNotTouchEachOther(OpenClBackend backend) {
    Variable one = new Variable("one", Shape.of(2000));
    Variable two = new Variable("two", Shape.of(2000));
    Workspace first = backend.workspace(List.of(one));
    Workspace second = backend.workspace(List.of(two));
    float[] ones = new float[2000];
    Arrays.fill(ones, 1f);
    first.write(one, ones);
    float[] read = new float[2000];
    second.read(two, read);
    assertThat(read).containsOnly(0f);
    first.read(one, read);
    assertThat(read).isEqualTo(ones);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("backends")
  void tensorsOutliveAGarbageCollection(OpenClBackend backend) {
    assertThat(backend.selfCheck()).contains("outlive");
  }

  private static ArenaDevice started(DeviceModel model) {
    ArenaDevice device = new ArenaDevice(model, new ArenaKernel());
    device.start();
    return device;
  }

  static Stream<DeviceModel> models() {
    return Stream.concat(Stream.of(DeviceModel.java(1, 1)), OpenClDevices.find().first().stream());
  }

  @ParameterizedTest
  @MethodSource("models")
  void lostTensorsAreAnErrorAndNeverNumbers(DeviceModel model) {
    try (ArenaDevice device = started(model)) {
      device.upload(new float[1], 0, 1, 0); // as when the arena is made again from the host's copy
      assertThatThrownBy(() -> device.download(64, new float[2], 0, 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("are lost");
      assertThatThrownBy(() -> device.download(64, new float[2], 0, 2))
          .hasMessageContaining("has failed before");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aClosedDeviceSaysSoAndClosesTwice(DeviceModel model) {
    ArenaDevice device = started(model);
    device.close();
    device.close();
    assertThatThrownBy(() -> device.download(64, new float[2], 0, 2))
        .hasMessageContaining("is closed");
  }
}
