package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** What a plan needs is known, and refused where it is too much, before it runs. */
final class MemoryTest {
  private static final Shape LARGE = Shape.of(1 << 18);

  /** Two tensors of 1 MB at a time. */
  private static Program program() {
    Program program = new Program();
    Value x = program.input("x", LARGE);
    program.output(program.apply(new Elementwise.Scale(2f), x));
    return program;
  }

  @Test
  void aPlanWithinTheLimitRunsAndOneAboveIsRefusedWithBothFigures() {
    try (CpuBackend enough = CpuBackend.of(1, 2 << 20);
        CpuBackend little = CpuBackend.of(1, (2 << 20) - 1)) {
      Execution execution = enough.workspace(List.of()).prepare(program());
      execution.run();
      assertThat(execution.plan().bytes()).isEqualTo(2 << 20);
      Workspace workspace = little.workspace(List.of());
      assertThatThrownBy(() -> workspace.prepare(program()))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("(2.0 MB)")
          .hasMessageContaining("smaller batch");
    }
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
