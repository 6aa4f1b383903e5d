package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** A fused program computes what the recorded one says, in fewer steps. */
final class FusionTest {
  private static final Shape MAP = Shape.of(4, 3, 3, 5);
  private static final Shape CHANNELS = Shape.of(5);

  /** A batch norm, its ReLU and what follows, and the gradients of the three operands. */
  private static final class Recorded {
    final Program program = new Program();
    final Value x = program.input("x", MAP);
    final Value gain = program.input("gain", CHANNELS);
    final Value offset = program.input("offset", CHANNELS);
    final Value seed = program.input("seed", MAP);
    final Value norm =
        program.applyAll(new Normalisation.BatchNorm(1e-5f), x, gain, offset).getFirst();
    final List<Value> results = new ArrayList<>();

    Value relu(Value of) {
      return program.apply(new Elementwise.Apply(Elementwise.Function.RELU), of);
    }

    Recorded differentiate(Value of) {
      results.add(of);
      results.addAll(Gradients.record(program, of, seed, List.of(x, gain, offset)));
      results.forEach(program::output);
      return this;
    }

    Execution prepare(CpuBackend backend) {
      return backend.workspace(List.of()).prepare(program);
    }

    List<float[]> run(CpuBackend backend) {
      Execution execution = prepare(backend);
      SplittableRandom random = new SplittableRandom(5);
      for (Value value : List.of(x, gain, offset, seed)) {
        float[] data = new float[value.shape().size()];
        for (int i = 0; i < data.length; i++) {
          data[i] = (float) random.nextGaussian();
        }
        execution.write(value, data, 0);
      }
      execution.run();
      List<float[]> all = new ArrayList<>();
      for (Value value : results) {
        float[] data = new float[value.shape().size()];
        execution.read(value, data, 0);
        all.add(data);
      }
      return all;
    }
  }

  private static Recorded rectified() {
    Recorded recorded = new Recorded();
    return recorded.differentiate(recorded.relu(recorded.norm));
  }

  @Test
  void aRectifiedBatchNormIsOneStepForwardAndOneBackward() {
    try (CpuBackend backend = CpuBackend.scalar()) {
      List<Plan.Step> steps = rectified().prepare(backend).plan().steps();
      assertThat(steps).hasSize(2);
      assertThat(steps.get(0).operation()).isInstanceOf(Normalisation.BatchNormRelu.class);
      assertThat(steps.get(1).operation()).isInstanceOf(Normalisation.BatchNormReluGradient.class);
    }
  }

  private static Recorded pooled() {
    Recorded recorded = new Recorded();
    Pooling.Window window = new Pooling.Window(3, 1, 1);
    return recorded.differentiate(recorded.program.apply(new Pooling.Max(window), recorded.norm));
  }

  @Test
  void theMaximumOfABatchNormIsOneStepForwardAndOneBackward() {
    try (CpuBackend backend = CpuBackend.scalar()) {
      List<Plan.Step> steps = pooled().prepare(backend).plan().steps();
      assertThat(steps).hasSize(2);
      assertThat(steps.get(0).operation()).isInstanceOf(Normalisation.BatchNormMax.class);
      assertThat(steps.get(1).operation()).isInstanceOf(Normalisation.BatchNormMaxGradient.class);
    }
  }

  @Test
  void fusionDoesNotChangeWhatIsComputed() {
    same(rectified(), rectified());
    same(pooled(), pooled());
  }

  /** Compares with a twin whose batch norm somebody reads, so that it stays apart. */
  private static void same(Recorded fused, Recorded apart) {
    apart.program.output(apart.norm);
    try (CpuBackend backend = CpuBackend.scalar()) {
      assertThat(apart.prepare(backend).plan().steps()).hasSize(4);
      List<float[]> expected = apart.run(backend);
      List<float[]> actual = fused.run(backend);
      for (int k = 0; k < expected.size(); k++) {
        assertThat(actual.get(k))
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(expected.get(k));
      }
    }
  }

  @Test
  void aBatchNormWithAnotherReaderStaysApart() {
    Recorded recorded = new Recorded();
    Value relu = recorded.relu(recorded.norm);
    recorded.differentiate(recorded.program.apply(new Elementwise.Add(), relu, recorded.norm));
    try (CpuBackend backend = CpuBackend.scalar()) {
      assertThat(recorded.prepare(backend).plan().steps())
          .noneMatch(step -> step.operation() instanceof Normalisation.BatchNormRelu);
    }
  }

  @Test
  void theSameOperationOfTheSameValuesIsRecordedOnce() {
    Recorded recorded = new Recorded();
    assertThat(recorded.relu(recorded.norm)).isSameAs(recorded.relu(recorded.norm));
  }

  @Test
  void anOperationAfterAnUpdateIsRecordedAgain() {
    Program program = new Program();
    Value v = program.variable(new Variable("v", CHANNELS));
    Value before = program.apply(new Elementwise.Scale(2f), v);
    program.applyAll(new Update.Fill(1f), v);
    assertThat(program.apply(new Elementwise.Scale(2f), v)).isNotSameAs(before);
  }

  @Test
  void whatNobodyReadsIsNotComputed() {
    Recorded recorded = new Recorded();
    recorded.relu(recorded.norm);
    try (CpuBackend backend = CpuBackend.scalar()) {
      assertThat(recorded.prepare(backend).plan().steps()).isEmpty();
    }
  }
}
