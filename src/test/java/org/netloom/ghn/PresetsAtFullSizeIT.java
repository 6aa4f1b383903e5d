package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRunner;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/** Networks of the literature at the size they were made for, with all tensors predicted. */
class PresetsAtFullSizeIT {
  private static final Path GHN =
      Path.of("src", "test", "resources", "golden", "checkpoint_zip_tiny_ghn2.pt");

  @ParameterizedTest
  @CsvSource({
    "resnet50, 224",
    "efficientnet_b0, 224",
    "regnet_y_400mf, 224",
    "shufflenet_v2_x1_0, 224",
    "googlenet, 224",
    "inception_v3, 299",
    "convnext_tiny, 224",
    "swin_t, 224",
    "vit_b_16, 224"
  })
  void everyTensorIsPredictedAndAnImageGetsFiniteLogits(String preset, int side) {
    Ghn ghn = GhnFile.read(GHN);
    ComputationalGraph graph =
        GraphBuilder.build(new PresetArchitecture(preset, 10, new InputShape(3, side, side)));
    SplittableRandom random = new SplittableRandom(side);
    float[] pixels = new float[3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-2, 2);
    }
    try (Backend backend = CpuBackend.of(2)) {
      Parameters predicted =
          Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
      assertThat(predicted.tensors().keySet())
          .containsExactlyInAnyOrderElementsOf(
              graph.parameters().stream().map(ParameterSpec::name).toList());
      Tensor image = new Tensor(Shape.of(1, 3, side, side), pixels);
      float[] logits =
          new NetworkRunner(backend, graph, predicted, BatchNormMode.BATCH).run(image, 1).data();
      Set<Float> different = new HashSet<>();
      for (float logit : logits) {
        assertThat(logit).isFinite();
        different.add(logit);
      }
      assertThat(different).hasSizeGreaterThan(1);
    }
  }
}
