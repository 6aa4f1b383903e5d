package org.netloom.ghn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.netloom.config.InputException;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.tensor.Tensor;

/**
 * All that the next step depends on, as a safetensors file: the hypernetwork's tensors under their
 * own names, so that it can be used as a hypernetwork, and Adam's moments under {@code
 * first_moment/NAME} and {@code second_moment/NAME}.
 *
 * @param state weights, moments and the number of updates
 * @param step steps that were run, skipped ones included
 * @param position where the next step goes on among the networks
 */
record TrainingCheckpoint(GhnTrainer.Checkpoint state, int step, TrainingSteps.Position position) {
  private static final String FIRST = "first_moment/";
  private static final String SECOND = "second_moment/";
  private static final String STEP = "step";
  private static final String PLACE = "place";
  private static final String FAILURES = "failures";
  private static final String UPDATES = "updates";
  private static final String TRAINING = "training";

  /**
   * Writes the checkpoint, through a temporary file.
   *
   * @param training the effective configuration that it belongs to
   */
  void write(Path file, String training) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(state.ghn().tensors());
    state.first().forEach((name, tensor) -> tensors.put(FIRST + name, tensor));
    state.second().forEach((name, tensor) -> tensors.put(SECOND + name, tensor));
    SequencedMap<String, String> metadata = GhnFile.metadata(state.ghn().config());
    metadata.put(STEP, Integer.toString(step));
    metadata.put(PLACE, Long.toString(position.place()));
    metadata.put(FAILURES, Integer.toString(position.failures()));
    metadata.put(UPDATES, Long.toString(state.step()));
    metadata.put(TRAINING, training);
    new SafetensorsFile(tensors, metadata).write(file);
  }

  /**
   * Reads a checkpoint of this training.
   *
   * @throws InputException if the file is damaged, something else, or of another training
   */
  static TrainingCheckpoint read(Path file, String training) {
    SafetensorsFile content = SafetensorsFile.read(file);
    String other = content.metadata().get(TRAINING);
    if (!training.equals(other)) {
      throw new InputException(
          "%s: belongs to another training.%n  Its configuration:%n%s%n  This one:%n%s"
              .formatted(file, other, training));
    }
    SequencedMap<String, Tensor> own = new LinkedHashMap<>();
    SequencedMap<String, Tensor> first = new LinkedHashMap<>();
    SequencedMap<String, Tensor> second = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(FIRST)) {
                first.put(name.substring(FIRST.length()), tensor);
              } else if (name.startsWith(SECOND)) {
                second.put(name.substring(SECOND.length()), tensor);
              } else {
                own.put(name, tensor);
              }
            });
    try {
      Ghn ghn = new Ghn(GhnFile.read(file).config(), own);
      long updates = Long.parseLong(content.metadata().getOrDefault(UPDATES, ""));
      String step = content.metadata().getOrDefault(STEP, "");
      return new TrainingCheckpoint(
          new GhnTrainer.Checkpoint(ghn, first, second, updates),
          Integer.parseInt(step),
          new TrainingSteps.Position(
              Long.parseLong(content.metadata().getOrDefault(PLACE, step)),
              Integer.parseInt(content.metadata().getOrDefault(FAILURES, "0"))));
    } catch (NumberFormatException e) {
      throw new InputException("%s: its step is damaged.".formatted(file), e);
    }
  }
}
