package org.netloom.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.netloom.config.InputException;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.network.Parameters;
import org.netloom.tensor.Tensor;

/**
 * All that the next epoch depends on, as a safetensors file: weights and running statistics under
 * their own names, the optimiser's moments under {@code MOMENT/NAME}, an auxiliary head's weights
 * under {@code head/NAME}; in the metadata the curve and, under {@code run.NAME}, the facts of the
 * run that it belongs to.
 *
 * @param parameters weights with running statistics
 * @param state what else the next step depends on, under names with a slash
 * @param curve all epochs so far, 0 included
 */
record Checkpoint(Parameters parameters, Parameters state, List<Epoch> curve) {
  private static final String FORMAT = "format";
  private static final String VERSION = "netloom fine-tuning 1";
  private static final String CURVE = "curve";
  private static final String RUN = "run.";

  Checkpoint {
    curve = List.copyOf(curve);
  }

  void write(Path file, RunIdentity identity) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
    tensors.putAll(state.tensors());
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, VERSION);
    identity.facts().forEach((name, fact) -> metadata.put(RUN + name, fact));
    metadata.put(CURVE, curve.stream().map(Checkpoint::text).collect(Collectors.joining(";")));
    new SafetensorsFile(tensors, metadata).write(file);
  }

  private static String text(Epoch e) {
    return "%d %s %s %s"
        .formatted(e.epoch(), e.trainingLoss(), e.validationAccuracy(), e.validationLoss());
  }

  /**
   * Reads a checkpoint of this run.
   *
   * @throws InputException if the file is damaged, something else, or of another run
   */
  static Checkpoint read(Path file, RunIdentity identity) {
    SafetensorsFile content = SafetensorsFile.read(file);
    identity
        .difference(identity(file, content).facts())
        .ifPresent(
            difference -> {
              throw new InputException(
                  "%s: is the checkpoint of another run: %s.".formatted(file, difference));
            });
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    content
        .tensors()
        .forEach((name, tensor) -> (name.contains("/") ? state : parameters).put(name, tensor));
    return new Checkpoint(
        new Parameters(parameters),
        new Parameters(state),
        curve(file, content.metadata().getOrDefault(CURVE, "")));
  }

  /**
   * The run that a checkpoint belongs to.
   *
   * @throws InputException if the content is something else
   */
  static RunIdentity identity(Path file, SafetensorsFile content) {
    Map<String, String> metadata = content.metadata();
    if (!VERSION.equals(metadata.get(FORMAT))) {
      throw new InputException(
          "%s: is not a checkpoint of fine-tuning: 'format' is (%s), not (%s)."
              .formatted(file, metadata.getOrDefault(FORMAT, "not given"), VERSION));
    }
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(RUN)) {
            facts.put(key.substring(RUN.length()), value);
          }
        });
    return new RunIdentity(facts);
  }

  private static List<Epoch> curve(Path file, String text) {
    List<Epoch> curve = new ArrayList<>();
    try {
      for (String line : text.split(";", -1)) {
        String[] parts = line.split(" ", -1);
        curve.add(
            new Epoch(
                Integer.parseInt(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3])));
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new InputException("%s: its curve (%s) is damaged.".formatted(file, text), e);
    }
    return curve;
  }
}
