package org.netloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.Export;
import org.netloom.exchange.ExportFormat;
import org.netloom.training.FineTuner;
import org.netloom.training.RunIdentity;

/**
 * The folder of one fine-tuning. While it runs it holds a checkpoint, once it is done the network's
 * files and {@code metrics.json}, which is written last; both say which run they are of.
 */
final class TuningFolder {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String RUN = "run";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final @Nullable JsonNode result;

  private TuningFolder(Path folder, @Nullable JsonNode result) {
    this.folder = folder;
    this.result = result;
  }

  /**
   * Opens a folder that is empty or missing, or that holds this very run.
   *
   * @param tuned whether the choice of a rate came before, which leaves its own files
   * @param force whether to start anew in a folder that holds something else
   * @throws InputException if the folder holds something else, saying what differs
   */
  static TuningFolder open(String argument, RunIdentity identity, boolean tuned, boolean force) {
    Path folder = Path.of(argument);
    Path checkpoint = folder.resolve(CHECKPOINT);
    Path metrics = folder.resolve(Export.METRICS_FILE);
    try {
      if (Files.isRegularFile(checkpoint)) {
        Optional<String> difference = identity.difference(FineTuner.identityOf(checkpoint).facts());
        if (difference.isEmpty()) {
          return new TuningFolder(folder, null);
        }
        refuseUnless(force, folder, difference.get());
        Files.delete(checkpoint);
      } else if (Files.isRegularFile(metrics)) {
        JsonNode result = JSON.readTree(metrics.toFile());
        Optional<String> difference = identity.difference(facts(result));
        if (difference.isEmpty()) {
          return new TuningFolder(folder, result);
        }
        refuseUnless(force, folder, difference.get());
        Files.delete(metrics);
      } else if (tuned && RateChoice.isGoingOnIn(folder)) {
        return new TuningFolder(folder, null);
      }
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
    return new TuningFolder(OutputFolder.check(argument, force), null);
  }

  private static void refuseUnless(boolean force, Path folder, String difference) {
    if (!force) {
      throw new InputException(
          "%s: holds another run: %s.%n  Maybe another --out, or --force to start anew in it?"
              .formatted(folder, difference));
    }
  }

  private static Map<String, String> facts(JsonNode result) {
    Map<String, String> facts = new LinkedHashMap<>();
    result
        .path(RUN)
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return facts;
  }

  /** Where the training keeps its state. */
  Path checkpoint() {
    return folder.resolve(CHECKPOINT);
  }

  /** What a finished run found; null if there is still something to do. */
  @Nullable JsonNode result() {
    return result;
  }

  /** Writes the network and what was found, and takes the checkpoint away. */
  void finish(Export export) {
    export.write(folder, EnumSet.of(ExportFormat.SAFETENSORS, ExportFormat.ONNX));
    try {
      Files.deleteIfExists(checkpoint());
    } catch (IOException e) {
      throw FileProblem.writing(checkpoint(), e);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
