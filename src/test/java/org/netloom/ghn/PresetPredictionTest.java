package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.cpu.CpuBackend;

/** Networks of the literature get all their tensors from a hypernetwork. */
class PresetPredictionTest {
  private static final GhnConfig CONFIG = GhnConfig.ghn2(8, 16, 16, 10);

  private static ComputationalGraph build(String preset) {
    return GraphBuilder.build(new PresetArchitecture(preset, 10, new InputShape(3, 96, 96)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "mobilenet_v3_small",
        "efficientnet_b3",
        "regnet_y_400mf",
        "shufflenet_v2_x1_0",
        "googlenet",
        "inception_v3",
        "convnext_tiny",
        "swin_t",
        "vit_b_16"
      })
  void everyTensorIsPredictedInItsOwnShape(String preset) {
    ComputationalGraph graph = build(preset);
    Program program = new Program();
    Map<String, Value> weights = new LinkedHashMap<>();
    GhnTensors.of(CONFIG).forEach((name, shape) -> weights.put(name, program.input(name, shape)));
    SequencedMap<String, Value> predicted =
        Predictor.record(program, CONFIG, weights::get, Predictor.encode(CONFIG, graph));
    Map<String, Shape> wanted = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      int[] sides = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      wanted.put(spec.name(), Shape.of(sides));
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    predicted.forEach((name, value) -> shapes.put(name, value.shape()));
    assertThat(shapes).isEqualTo(wanted);
  }

  @Test
  void layerScalesAreNeitherSquashedNorRepeatedBeforeAllValuesAreUsed() {
    Ghn ghn = Ghn.initialise(CONFIG, new SplittableRandom(3));
    ComputationalGraph graph = build("convnext_tiny");
    try (Backend backend = CpuBackend.of(2)) {
      Predictor.Encoded encoded = Predictor.encode(CONFIG, graph);
      float[] scale =
          Predictor.predict(ghn, backend, encoded)
              .parameters()
              .get("features.1.0.layer_scale")
              .data();
      assertThat(scale).hasSize(96).doesNotContain(0f);
      for (int i = 32; i < scale.length; i++) {
        assertThat(scale[i]).isEqualTo(scale[i % 32]);
      }
      assertThat(scale[16]).isNotEqualTo(scale[0]);
    }
  }
}
