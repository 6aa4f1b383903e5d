package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** What a plan needs is known, and refused where it is too much, before it runs. */
final class MemoryTest {
  private static final Shape LARGE = Shape.of(1 << 18);

  /** What lies before the first value of an arena. */
  private static final int LEAD = 48;

  private static final int NEEDED = (2 << 20) + LEAD;

  /** Two tensors of 1 MB at a time. */
  private static Program program() {
    Program program = new Program();
    Value x = program.input("x", LARGE);
    program.output(program.apply(new Elementwise.Scale(2f), x));
    return program;
  }

  @Test
  void aPlanWithinTheLimitRunsAndOneAboveIsRefusedWithBothFigures() {
    try (CpuBackend enough = CpuBackend.of(1, NEEDED);
        CpuBackend little = CpuBackend.of(1, NEEDED - 1)) {
      Execution execution = enough.workspace(List.of()).prepare(program());
      execution.run();
      assertThat(execution.plan().bytes()).isEqualTo(NEEDED);
      Workspace workspace = little.workspace(List.of());
      assertThatThrownBy(() -> workspace.prepare(program()))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("(2.0 MB)")
          .hasMessageContaining("smaller batch");
    }
  }

  @Test
  void valuesOfAnArenaLieAtWholeLinesOfTheCacheBehindAnArraysHead() {
    Variable odd = new Variable("odd", Shape.of(5));
    Map<Variable, Integer> offsets = new IdentityHashMap<>();
    Program program = program();
    Value sum = program.apply(new Elementwise.Scale(3f), program.variable(odd));
    program.output(sum);
    Plan plan = Workspaces.plan(program, offsets, Workspaces.place(List.of(odd), offsets));
    assertThat(program.values())
        .hasSize(4)
        .allSatisfy(v -> assertThat((16 + plan.offset(v) * Float.BYTES) % 64).isZero());
  }

  @Test
  void variablesCountAndSoDoTheLanesOfABackend() {
    try (CpuBackend little = CpuBackend.of(2, 1 << 19)) {
      for (Backend lane : little.lanes(2)) {
        assertThatThrownBy(() -> lane.workspace(List.of(new Variable("v", LARGE))))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining("(1.0 MB)")
            .hasMessageContaining("(0.5 MB)");
      }
    }
  }
}
