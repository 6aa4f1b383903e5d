package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.cpu.CpuBackend;

class ChanceRecorderTest {
  private static final int SIZE = 24;

  /** What is kept of ones by two dropouts of one network, for a step's seed. */
  private static List<float[]> masks(float seed) {
    Program program = new Program();
    Value ones = program.input("ones", Shape.of(2, SIZE / 2));
    Value bits = program.input("seed", Shape.of(1));
    ChanceRecorder recorder = new ChanceRecorder(program, Chance.of(bits));
    List<Value> dropped = List.of(recorder.dropout(ones, 0.5f), recorder.dropout(ones, 0.5f));
    dropped.forEach(program::output);
    try (Backend backend = CpuBackend.of(1)) {
      Execution execution = backend.workspace(List.of()).prepare(program);
      float[] data = new float[SIZE];
      Arrays.fill(data, 1f);
      execution.write(ones, data, 0);
      execution.write(bits, new float[] {seed}, 0);
      execution.run();
      return dropped.stream()
          .map(
              value -> {
                float[] mask = new float[SIZE];
                execution.read(value, mask, 0);
                return mask;
              })
          .toList();
    }
  }

  /** SplitMix64's finaliser over (bits of 0.75f · golden gamma − stream · 2³² + i), in Python. */
  @Test
  void dropoutsOfOneNetworkHaveMasksOfTheirOwn() {
    List<float[]> masks = masks(0.75f);

    assertThat(masks.get(0))
        .containsExactly(0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 2, 2, 0, 2, 0, 0, 2, 2, 0, 0, 0, 0);
    assertThat(masks.get(1))
        .containsExactly(0, 2, 0, 2, 0, 2, 0, 2, 2, 0, 2, 0, 0, 0, 2, 0, 2, 2, 2, 2, 0, 0, 2, 0);
  }

  @Test
  void anotherStepHasOtherMasks() {
    assertThat(masks(0.75f).get(1)).isEqualTo(masks(0.75f).get(1));
    assertThat(masks(0.75f).get(1)).isNotEqualTo(masks(0.5f).get(1));
  }
}
