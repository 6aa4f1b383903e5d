package org.netloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.graph.Cost;
import org.netloom.tensor.MemoryException;
import org.netloom.training.Epoch;
import org.netloom.training.FineTuner.Tuned;
import org.netloom.training.Measurement;
import org.netloom.training.RunIdentity;

/** What a fine-tuning found: as {@code metrics.json} and, read from there, as lines for people. */
final class TuningReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TuningReport() {}

  /**
   * The content of {@code metrics.json}.
   *
   * @param start what the initial parameters were, for example {@code random, seed 42}
   * @param protocol how the network was trained and measured
   * @param named the training protocol that the settings started from
   */
  static SequencedMap<String, Object> metrics(
      Architecture architecture,
      Cost cost,
      String data,
      String start,
      String protocol,
      String named,
      Tuned tuned,
      Measurement test,
      RunIdentity identity) {
    SequencedMap<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("id", architecture.id());
    metrics.put("architecture", architecture.canonical());
    metrics.put("parameters", cost.parameters());
    metrics.put("macs", cost.macs());
    metrics.put("memory", tuned.plannedBytes());
    metrics.put("data", data);
    metrics.put("initial", start);
    metrics.put("protocol", protocol);
    metrics.put("training_protocol", named);
    metrics.put("test_accuracy", test.accuracy());
    metrics.put("test_loss", finite(test.loss()));
    metrics.put("test_images", test.images());
    metrics.put("validation_accuracy", tuned.curve().getLast().validationAccuracy());
    metrics.put("validation_loss", tuned.curve().getLast().validationLoss());
    List<Map<String, Object>> curve = new ArrayList<>();
    for (Epoch epoch : tuned.curve()) {
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("epoch", epoch.epoch());
      point.put("training_loss", finite(epoch.trainingLoss()));
      point.put("validation_accuracy", epoch.validationAccuracy());
      point.put("validation_loss", epoch.validationLoss());
      curve.add(point);
    }
    metrics.put("curve", curve);
    metrics.put("run", identity.facts());
    return metrics;
  }

  /** JSON has no word for what is not a number. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Metrics as what their file holds. */
  static JsonNode tree(SequencedMap<String, Object> metrics) {
    return JSON.valueToTree(metrics);
  }

  /** The epochs that metrics tell of. */
  static List<Epoch> curve(JsonNode metrics) {
    List<Epoch> curve = new ArrayList<>();
    for (JsonNode point : metrics.path("curve")) {
      curve.add(
          new Epoch(
              point.path("epoch").asInt(),
              point.path("training_loss").asDouble(Double.NaN),
              point.path("validation_accuracy").asDouble(),
              point.path("validation_loss").asDouble()));
    }
    return curve;
  }

  /** The line of one epoch. */
  static String line(Epoch epoch, int epochs) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d: %svalidation accuracy %.2f %%, loss %.4f",
        epoch.epoch(),
        epochs,
        Double.isNaN(epoch.trainingLoss())
            ? ""
            : String.format(Locale.ROOT, "training loss %.4f, ", epoch.trainingLoss()),
        100 * epoch.validationAccuracy(),
        epoch.validationLoss());
  }

  /** The memory that metrics tell of, as a line; empty where older ones do not. */
  static Optional<String> memory(JsonNode metrics) {
    return metrics.has("memory")
        ? Optional.of(
            "training step: %s of memory"
                .formatted(MemoryException.text(metrics.path("memory").asLong())))
        : Optional.empty();
  }

  /** The final test that metrics tell of. */
  static Measurement test(JsonNode metrics) {
    return new Measurement(
        metrics.path("test_accuracy").asDouble(),
        metrics.path("test_loss").asDouble(Double.NaN),
        metrics.path("test_images").asInt(),
        metrics.path("protocol").asText());
  }
}
