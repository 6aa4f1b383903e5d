package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.graph.GoldenGraph;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRunner;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * Predictions fed from graph files against the reference in float64 (origin: golden/README.md):
 * node encodings, states after each sweep, every tensor, logits. The largest deviations are left in
 * {@code target/golden-deviations.md}.
 */
final class GoldenCasesTest {
  private static final List<String> ROWS = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "full_ghn2_cifar10, small_cnn, cpu",
    "full_ghn2_cifar10, deepnet_a, cpu",
    "full_ghn2_cifar10, deepnet_b, cpu",
    "full_ghn2_cifar10, deepnet_c, cpu",
    "full_ghn2_cifar10, resnet50, cpu",
    "tiny_ghn2, small_cnn, cpu",
    "tiny_ghn2, small_cnn, scalar",
    "tiny_ghn2, deepnet_a, cpu",
    "tiny_ghn2, deepnet_b, cpu",
    "tiny_ghn2, deepnet_c, cpu",
    "tiny_ghn1, small_cnn, cpu",
    "tiny_ghn1, deepnet_a, cpu",
    "tiny_mlp, small_cnn, cpu",
    "tiny_mlp, deepnet_a, cpu"
  })
  void statesTensorsAndLogitsAreTheReferences(String ghnName, String net, String backendName) {
    GoldenCase golden = GoldenCase.read(ghnName, net);
    Ghn ghn = GoldenGhn.of(ghnName).ghn();
    try (Backend backend = backendName.equals("cpu") ? CpuBackend.of(2) : CpuBackend.scalar()) {
      Predictor.Encoded encoded =
          Predictor.encode(ghn.config(), GoldenGraph.read(net).primitives());
      Ghn.Prediction prediction = Predictor.predict(ghn, backend, encoded);
      SequencedMap<String, Tensor> predicted = prediction.parameters().tensors();
      List<String> targets =
          encoded.graph().nodes().stream()
              .flatMap(node -> node.parameters().stream().map(ParameterSpec::name))
              .toList();
      assertThat(predicted.keySet()).containsExactlyElementsOf(targets);
      float[] logits = logits(backend, net, prediction);

      double[] deviations = {
        golden.deviation("x0", prediction.encoding()),
        ghn.config().messagePassing() ? golden.deviation("h_fwd", prediction.forward()) : 0,
        golden.deviation("h_bwd", prediction.backward()),
        golden.deviation("h", prediction.states()),
        Math.max(golden.wholeTensors(predicted), golden.someValues(predicted)),
        golden.sums(predicted),
        golden.logits(logits),
        golden.centredLogits(logits)
      };
      report(golden, backendName, encoded, deviations);
      double[] allowed = {1e-6, 2e-6, 2e-6, 2e-6, 1e-5, 1e-5, 1e-5, 1e-3};
      for (int i = 0; i < deviations.length; i++) {
        assertThat(deviations[i]).as("deviation %d", i).isLessThan(allowed[i]);
      }
    }
  }

  private static float[] logits(Backend backend, String net, Ghn.Prediction prediction) {
    float[] logits = new float[4 * 10];
    new NetworkRunner(
            backend, GoldenGraph.read(net).network(), prediction.parameters(), BatchNormMode.BATCH)
        .run(GoldenInputs.evaluation(), 4, logits, 0);
    return logits;
  }

  @ParameterizedTest
  @EnumSource
  void theWeightsThatAreDrawnAgainAreThoseOfTheGoldenFiles(GoldenGhn golden) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Map.Entry<String, Tensor> tensor : golden.ghn().tensors().entrySet()) {
      float[] data = tensor.getValue().data();
      ByteBuffer bytes = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(data);
      digest.update(bytes);
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(golden.sha256);
  }

  private static void report(
      GoldenCase golden, String backend, Predictor.Encoded encoded, double[] deviations) {
    StringBuilder row = new StringBuilder();
    row.append(
        "| %s | %s | %s | %d |"
            .formatted(golden.ghn(), golden.net(), backend, encoded.graph().nodes().size()));
    for (double deviation : deviations) {
      row.append(deviation == 0 ? " – |" : String.format(Locale.ROOT, " %.1e |", deviation));
    }
    row.append(
        String.format(
            Locale.ROOT, " %.1e | %.1e |", golden.reference("params"), golden.reference("logits")));
    ROWS.add(row.toString());
  }

  @AfterAll
  static void writeTheTable() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Largest deviations from the reference in float64, relative to each tensor's largest");
    lines.add("value (sums: to the sum of absolute values). The last two columns are the largest");
    lines.add("absolute deviations of the reference's own float32.");
    lines.add("");
    lines.add(
        "| hypernetwork | network | backend | nodes | encoding | forward sweep | backward sweep"
            + " | states | tensors | sums | logits | logits less mean | reference: tensors"
            + " | reference: logits |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    lines.addAll(ROWS);
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "golden-deviations.md"), lines);
  }
}
