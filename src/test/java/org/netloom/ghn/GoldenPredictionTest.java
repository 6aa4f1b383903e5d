package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.GoldenGraph;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/** Predictions fed from graph files against the reference in float64; see golden/README.md. */
final class GoldenPredictionTest {

  @ParameterizedTest
  @CsvSource({
    "tiny_ghn2,small_cnn,cpu",
    "tiny_ghn2,small_cnn,scalar",
    "tiny_ghn1,small_cnn,cpu",
    "tiny_mlp,small_cnn,cpu",
    "tiny_ghn2,deepnet_a,cpu",
    "tiny_ghn2,deepnet_b,cpu"
  })
  void statesAndTensorsAreTheReferences(String ghnName, String net, String backendName) {
    Path folder = GoldenGraph.FOLDER;
    Ghn ghn = GhnFile.read(folder.resolve("weights_" + ghnName + ".safetensors"));
    Path expected = folder.resolve("expect_" + ghnName + "__" + net + ".safetensors");
    try (Backend backend = backendName.equals("cpu") ? CpuBackend.of(2) : CpuBackend.scalar()) {
      Predictor.Encoded encoded =
          Predictor.encode(ghn.config(), GoldenGraph.read(net).primitives());
      Ghn.Prediction prediction = Predictor.predict(ghn, backend, encoded);
      close("x0", prediction.encoding(), expected, 1e-6);
      if (ghn.config().messagePassing()) {
        close("h_fwd", prediction.forward(), expected, 1e-4);
      }
      close("h_bwd", prediction.backward(), expected, 1e-4);
      close("h", prediction.states(), expected, 1e-4);
      Map<String, Tensor> file = SafetensorsFile.read(expected).tensors();
      List<String> compared = new ArrayList<>();
      for (Map.Entry<String, Tensor> tensor : prediction.parameters().tensors().entrySet()) {
        if (file.containsKey("param:" + tensor.getKey())) {
          close("param:" + tensor.getKey(), tensor.getValue(), expected, 1e-5);
          compared.add(tensor.getKey());
        }
      }
      List<String> targets = new ArrayList<>();
      for (PrimitiveNode node : encoded.graph().nodes()) {
        targets.addAll(node.parameters().stream().map(ParameterSpec::name).toList());
      }
      assertThat(prediction.parameters().tensors().keySet()).containsExactlyElementsOf(targets);
      if (net.equals("small_cnn")) {
        assertThat(compared).hasSameElementsAs(targets);
      }
    }
  }

  /** Largest difference relative to the largest expected value. */
  private static void close(String name, Tensor actual, Path file, double tolerance) {
    SafetensorsFile.Doubles expected = SafetensorsFile.readDoubles(file, name);
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    double scale = 1e-30;
    double worst = 0;
    for (int i = 0; i < expected.values().length; i++) {
      scale = Math.max(scale, Math.abs(expected.values()[i]));
      worst = Math.max(worst, Math.abs(actual.data()[i] - expected.values()[i]));
    }
    assertThat(worst / scale).as(name).isLessThan(tolerance);
  }
}
