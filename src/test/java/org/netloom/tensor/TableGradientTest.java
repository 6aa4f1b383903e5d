package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** The gradient of a table of which whole and parts are read. */
final class TableGradientTest {
  @Test
  void aTableThatIsReadInSeveralWaysGetsTheirGradientsInOnePass() {
    Program program = new Program();
    Value table = program.input("table", Shape.of(3, 2));
    Value factors = program.input("factors", Shape.of(3, 2));
    Value seed = program.input("seed", Shape.of(6, 2));
    Value some = program.apply(new Matrix.GatherRows(new int[] {2, 2}), table);
    Value one = program.apply(new Matrix.GatherRows(new int[] {0}), table);
    Value whole = program.apply(new Elementwise.Add(), table, factors);
    Value all = program.apply(new Layout.Stack(), some, one, whole);
    Value gradient =
        Objects.requireNonNull(Gradients.record(program, all, seed, List.of(table)).getFirst());
    program.output(gradient);

    assertThat(program.applications())
        .filteredOn(at -> at.operation() instanceof Matrix.ScatterRows)
        .singleElement()
        .satisfies(at -> assertThat(at.inputs()).hasSize(3));
    try (CpuBackend backend = CpuBackend.of(2)) {
      Execution execution = backend.workspace(List.of()).prepare(program);
      execution.write(seed, new float[] {1, 2, 10, 20, 3, 4, 100, 200, 300, 400, 500, 600}, 0);
      execution.run();
      float[] read = new float[6];
      execution.read(gradient, read, 0);
      assertThat(read).containsExactly(103, 204, 300, 400, 511, 622);
    }
  }
}
