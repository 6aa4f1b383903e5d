package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** A plan within the limit for which the heap has no room beside what is in use. */
final class CrowdedHeapTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int KEPT = 7;

  @Test
  void aPlanThatFindsNoRoomIsRefusedWithBothFiguresAndTheArenaStaysAsItWas() throws Exception {
    OwnMachine.Ended ended =
        OwnMachine.run(List.of("-Xmx96m", "-XX:+UseG1GC"), CrowdedHeapTest.class, List.of());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines())
        .containsExactly(
            "plan: true, The plan needs (64.0 MB) of memory beside what is in use; the heap has"
                + " (96.0 MB). Maybe a smaller batch, fewer --threads, or a larger -Xmx in"
                + " JDK_JAVA_OPTIONS?",
            "variables: true, The plan needs (80.0 MB) of memory beside what is in use; the heap"
                + " has (96.0 MB). Maybe a smaller batch, fewer --threads, or a larger -Xmx in"
                + " JDK_JAVA_OPTIONS?",
            "kept: 7.0, doubled: 14.0",
            "alone: 14.0");
  }

  /** Asks for more than is left, then goes on; then frees what was in the way. */
  public static void main(String[] arguments) {
    List<byte[]> inTheWay = new ArrayList<>();
    for (int i = 0; i < 500; i++) { // not so large that the collector gives them regions
      inTheWay.add(new byte[MEGABYTE / 10]);
    }
    try (CpuBackend backend = CpuBackend.of(1)) {
      Variable variable = new Variable("v", Shape.of(16));
      Workspace workspace = backend.workspace(List.of(variable));
      float[] values = new float[16];
      Arrays.fill(values, KEPT);
      workspace.write(variable, values);
      Program small = new Program();
      Value twice = doubled(small, small.variable(variable));
      Execution execution = workspace.prepare(small);
      tell("plan", () -> workspace.prepare(large(8)));
      Variable many = new Variable("many", Shape.of(20 * MEGABYTE));
      tell("variables", () -> backend.workspace(List.of(many)));
      execution.run();
      float[] result = new float[16];
      workspace.read(variable, values);
      execution.read(twice, result, 0);
      System.out.println("kept: " + values[15] + ", doubled: " + result[15]);
      inTheWay.clear();
      workspace.prepare(large(8));
      execution.run();
      execution.read(twice, result, 0);
      System.out.println("alone: " + result[15]);
    }
  }

  private static Value doubled(Program program, Value value) {
    Value twice = program.apply(new Elementwise.Scale(2f), value);
    program.output(twice);
    return twice;
  }

  /** A program of two tensors of so many million values each. */
  private static Program large(int millions) {
    Program program = new Program();
    doubled(program, program.input("x", Shape.of(millions * MEGABYTE - 16)));
    return program;
  }

  private static void tell(String what, Runnable asks) {
    try {
      asks.run();
    } catch (MemoryException e) {
      System.out.printf("%s: %s, %s%n", what, e.isCrowded(), e.getMessage());
    }
  }
}
