package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * The mlp decoder, for which the reference has left no figures, against its formulas in float64
 * over the reference's states (origin: golden/README.md).
 */
class GoldenMlpDecoderTest {
  private static final GhnConfig CONFIG =
      new GhnConfig(8, 16, 16, 11, 10, true, Decoder.MLP, true, true, true);

  /** Layers that are drawn by formula, in this order: weight, then bias. */
  private static final List<String> DRAWN =
      List.of("decoder.mlp.fc.0", "decoder.mlp.fc.2", "decoder.class_layer_predictor.1");

  private static Ghn ghn() {
    SequencedMap<String, Shape> shapes = GhnTensors.of(CONFIG);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Tensor> kept = GoldenGhn.TINY_GHN2.ghn().tensors();
    shapes.forEach(
        (name, shape) -> {
          String layer = name.substring(0, name.lastIndexOf('.'));
          int fanIn = DRAWN.contains(layer) ? shapes.get(layer + ".weight").side(1) : 0;
          int number = 2 * DRAWN.indexOf(layer) + (name.endsWith(".bias") ? 1 : 0);
          tensors.put(name, fanIn == 0 ? kept.get(name) : drawn(1000 * number, shape, fanIn));
        });
    return new Ghn(CONFIG, tensors);
  }

  private static Tensor drawn(int seed, Shape shape, int fanIn) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int v = (i + seed) * 1664525 + 1013904223;
      v = (v ^ (v >>> 15)) * (int) 2246822519L;
      values[i] = (float) ((Integer.toUnsignedLong(v) * 0x1p-32 * 2 - 1) / Math.sqrt(fanIn));
    }
    return new Tensor(shape, values);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyTensorIsThatOfTheFormulas(boolean fast) {
    GoldenCase golden = GoldenCase.read("tiny_ghn2_mlp_decoder", "small_cnn");
    try (Backend backend = fast ? CpuBackend.of(2) : CpuBackend.scalar()) {
      Map<String, Tensor> predicted =
          Predictor.predict(
                  ghn(),
                  backend,
                  Predictor.encode(CONFIG, GoldenGraph.read("small_cnn").primitives()))
              .parameters()
              .tensors();
      assertThat(golden.someValues(predicted)).isLessThan(1e-5);
      assertThat(golden.sums(predicted)).isLessThan(1e-5);
    }
  }
}
