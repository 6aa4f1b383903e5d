package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GoldenGraph;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.network.NetworkRunner;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.TestDevices;

/** A whole candidate and a whole training step of a hypernetwork on a device against the CPU. */
final class OpenClTrainingStepTest {
  private static final double LIMIT = 1e-4;

  /** So short (in floats) that a training step needs several. */
  private static final long ARENA = 2_000_000;

  @Test
  void aCandidatesLogitsAreTheCpus() {
    try (CpuBackend cpu = CpuBackend.of(2)) {
      assertThat(deviation(logits(device()), logits(cpu))).isLessThan(LIMIT);
    }
  }

  private static float[] logits(Backend backend) {
    ComputationalGraph network = GoldenGraph.read("deepnet_a").network();
    Tensor images = new Tensor(Shape.of(8, 3, 32, 32), GoldenInputs.training());
    return new NetworkRunner(
            backend, network, Initialisation.random(network, 3), BatchNormMode.BATCH)
        .run(images, 8)
        .data();
  }

  @Test
  void aTrainingStepIsTheCpus() throws Exception {
    OpenClBackend device = device();
    try (CpuBackend cpu = CpuBackend.of(2);
        GhnTrainer expected = trainer(cpu);
        GhnTrainer actual = trainer(device)) {
      long launches = device.launches();
      long passes = device.passes();
      float[] losses = step(expected);
      float[] onDevice = step(actual);
      String line =
          String.format(
              Locale.ROOT,
              "%d launches, %d passes%n",
              device.launches() - launches,
              device.passes() - passes);
      Files.writeString(Path.of("target", "opencl-step.md"), line);
      for (int i = 0; i < losses.length; i++) {
        assertThat(onDevice[i]).isCloseTo(losses[i], within(1e-4f * losses[i]));
      }
      assertThat(actual.gradientNorm())
          .isCloseTo(expected.gradientNorm(), within(1e-4f * expected.gradientNorm()));
      Map<String, Tensor> gradients = actual.gradients();
      expected
          .gradients()
          .forEach(
              (name, tensor) ->
                  assertThat(deviation(gradients.get(name).data(), tensor.data()))
                      .as(name)
                      .isLessThan(LIMIT));
    }
  }

  @Test
  void inSeveralArenasCandidateAndTrainingStepAreTheSameToTheBit() throws Exception {
    OpenClBackend one = device();
    try (OpenClBackend several = TestDevices.limited(ARENA).orElseThrow()) {
      assertThat(logits(several)).isEqualTo(logits(one));
      try (GhnTrainer expected = trainer(one);
          GhnTrainer actual = trainer(several)) {
        assertThat(step(actual)).isEqualTo(step(expected));
        Map<String, Tensor> gradients = actual.gradients();
        expected
            .gradients()
            .forEach(
                (name, tensor) ->
                    assertThat(gradients.get(name).data()).as(name).isEqualTo(tensor.data()));
      }
      assertThat(TestDevices.arenas(several)).isGreaterThan(2);
    }
  }

  private static OpenClBackend device() {
    assumeThat(TestDevices.opencl()).as("an OpenCL device").isPresent();
    return TestDevices.opencl().orElseThrow();
  }

  private static GhnTrainer trainer(Backend backend) {
    return new GhnTrainer(backend, GoldenGhn.TINY_GHN2.ghn(), GhnTrainer.Settings.PUBLISHED);
  }

  private static float[] step(GhnTrainer trainer) throws InterruptedException {
    List<ComputationalGraph> networks =
        List.of(GoldenGraph.read("deepnet_a").network(), GoldenGraph.read("deepnet_b").network());
    float[] losses =
        trainer.accumulate(
            networks, GoldenInputs.training(), new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8, 0);
    trainer.apply(1e-3f);
    return losses;
  }

  private static double deviation(float[] actual, float[] expected) {
    double scale = 1e-30;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      double d = Math.abs((double) actual[i] - expected[i]);
      worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
    }
    return worst / scale;
  }
}
