package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * One step of the published training protocol: meta-batch {deepnet_a, deepnet_b}, 8 images, against
 * the reference in float64 (golden/train_step_tiny_ghn2, origin in golden/README.md).
 */
final class GoldenTrainingStepTest {
  private static final String AFTER = "after:";
  private static final double LOSS_A = 3.3237710325153547;
  private static final double LOSS_B = 2.297595693877062;
  private static final Path FILE = GoldenGraph.FOLDER.resolve("train_step_tiny_ghn2.safetensors");

  @Test
  void lossesGradientsAndTheAdamStepAreTheReferences() throws Exception {
    try (Backend backend = CpuBackend.of(2)) {
      GhnTrainer trainer =
          new GhnTrainer(backend, GoldenGhn.TINY_GHN2.ghn(), GhnTrainer.Settings.PUBLISHED);
      List<ComputationalGraph> networks = List.of(network("deepnet_a"), network("deepnet_b"));
      float[] losses =
          trainer.accumulate(
              networks, GoldenInputs.training(), new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8, 0);
      assertThat((double) losses[0]).isCloseTo(LOSS_A, within(3e-5));
      assertThat((double) losses[1]).isCloseTo(LOSS_B, within(2e-5));
      double gradients = 0;
      for (Map.Entry<String, Tensor> tensor : trainer.gradients().entrySet()) {
        String name = tensor.getKey();
        double[] expected = SafetensorsFile.readDoubles(FILE, "grad:" + name).values();
        double deviation = deviation(tensor.getValue().data(), expected);
        assertThat(deviation).as(name).isLessThan(1e-4);
        gradients = Math.max(gradients, deviation);
      }
      double weights = checkAdam(trainer);
      String line =
          "losses %.1e and %.1e (absolute), gradients %.1e, weights after the step %.1e%n"
              .formatted(
                  Math.abs(losses[0] - LOSS_A), Math.abs(losses[1] - LOSS_B), gradients, weights);
      Files.createDirectories(Path.of("target"));
      Files.writeString(Path.of("target", "golden-training-step.md"), line);
    }
  }

  /**
   * Adam on the golden gradients; weights whose clipped gradient is tiny are not comparable.
   *
   * @return the largest absolute deviation of the others
   */
  private static double checkAdam(GhnTrainer trainer) {
    Map<String, Tensor> golden = new LinkedHashMap<>();
    Map<String, Tensor> before = trainer.ghn().tensors();
    before.forEach(
        (name, tensor) -> {
          double[] values = SafetensorsFile.readDoubles(FILE, "grad:" + name).values();
          float[] data = new float[values.length];
          for (int i = 0; i < data.length; i++) {
            data[i] = (float) values[i];
          }
          golden.put(name, new Tensor(tensor.shape(), data));
        });
    trainer.setGradients(golden);
    trainer.apply(1e-3f);
    assertThat((double) trainer.gradientNorm()).isCloseTo(12.993534152520336, within(1e-4));
    double clip = 5 / 12.993534152520336;
    double worst = 0;
    for (Map.Entry<String, Tensor> tensor : trainer.ghn().tensors().entrySet()) {
      String name = tensor.getKey();
      float[] actual = tensor.getValue().data();
      double[] expected = SafetensorsFile.readDoubles(FILE, AFTER + name).values();
      for (int i = 0; i < expected.length; i++) {
        double gradient = clip * golden.get(name).data()[i] + 1e-5 * before.get(name).data()[i];
        if (Math.abs(gradient) > 1e-5) {
          assertThat((double) actual[i]).as(name).isCloseTo(expected[i], within(2e-6));
          worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
      }
    }
    return worst;
  }

  private static double deviation(float[] actual, double[] expected) {
    double scale = 1e-30;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    return worst / scale;
  }

  private static ComputationalGraph network(String name) {
    return GoldenGraph.read(name).network();
  }
}
