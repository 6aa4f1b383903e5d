package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GoldenGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * One step of the published training protocol: meta-batch {deepnet_a, deepnet_b}, 8 images, against
 * the reference in float64 (golden/train_step_tiny_ghn2, origin in golden/README.md).
 */
final class GoldenTrainingStepTest {
  private static final Path FILE = GoldenGraph.FOLDER.resolve("train_step_tiny_ghn2.safetensors");

  @Test
  void lossesGradientsAndTheAdamStepAreTheReferences() throws InterruptedException {
    try (Backend backend = CpuBackend.of(2)) {
      GhnTrainer trainer =
          new GhnTrainer(
              backend,
              GhnFile.read(GoldenGraph.FOLDER.resolve("weights_tiny_ghn2.safetensors")),
              GhnTrainer.Settings.PUBLISHED);
      List<ComputationalGraph> networks = List.of(network("deepnet_a"), network("deepnet_b"));
      float[] losses =
          trainer.accumulate(networks, images(), new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8, 0);
      assertThat((double) losses[0]).isCloseTo(3.3237710325153547, within(3e-5));
      assertThat((double) losses[1]).isCloseTo(2.297595693877062, within(2e-5));
      trainer
          .gradients()
          .forEach(
              (name, tensor) -> {
                double[] expected = SafetensorsFile.readDoubles(FILE, "grad:" + name).values();
                assertThat(deviation(tensor.data(), expected)).as(name).isLessThan(1e-4);
              });
      checkAdam(trainer);
    }
  }

  /** Adam on the golden gradients; weights whose clipped gradient is tiny are not comparable. */
  private static void checkAdam(GhnTrainer trainer) {
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
    trainer
        .ghn()
        .tensors()
        .forEach(
            (name, tensor) -> {
              double[] expected = SafetensorsFile.readDoubles(FILE, AFTER + name).values();
              for (int i = 0; i < expected.length; i++) {
                double gradient =
                    clip * golden.get(name).data()[i] + 1e-5 * before.get(name).data()[i];
                if (Math.abs(gradient) > 1e-5) {
                  assertThat((double) tensor.data()[i])
                      .as(name)
                      .isCloseTo(expected[i], within(2e-6));
                }
              }
            });
  }

  private static final String AFTER = "after:";

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
    return GraphBuilder.build(GoldenGraph.read(name).architecture());
  }

  /** Eight images, from NCHW to NHWC. */
  private static float[] images() {
    double[] x =
        SafetensorsFile.readDoubles(
                GoldenGraph.FOLDER.resolve("inputs.safetensors"), "x_train_8x3x32x32")
            .values();
    float[] y = new float[x.length];
    for (int n = 0; n < 8; n++) {
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < 1024; p++) {
          y[(n * 1024 + p) * 3 + c] = (float) x[(n * 3 + c) * 1024 + p];
        }
      }
    }
    return y;
  }
}
