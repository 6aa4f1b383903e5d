package org.netloom.ghn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.AtomicFile;

/** A line for every step of a training, as CSV. */
final class TrainingLog {
  private static final String HEADER = "step,loss,learning_rate,gradient_norm";

  private final List<String> lines = new ArrayList<>();

  /** Adds step t; the gradient norm is empty where the step was skipped. */
  void add(int t, TrainingSteps.Outcome outcome) {
    boolean skipped = Float.isNaN(outcome.gradientNorm());
    lines.add(
        "%d,%s,%s,%s"
            .formatted(
                t,
                (float) outcome.loss(),
                outcome.learningRate(),
                skipped ? "" : Float.toString(outcome.gradientNorm())));
  }

  /** Writes all lines, through a temporary file. */
  void write(Path file) {
    String text = HEADER + "\n" + String.join("\n", lines) + "\n";
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the lines of the first steps; later ones are dropped.
   *
   * @throws InputException if they are not there
   */
  static TrainingLog read(Path file, int steps) {
    try {
      List<String> all = Files.readAllLines(file);
      if (all.size() <= steps || !all.getFirst().equals(HEADER)) {
        throw new InputException(
            "%s: lacks the lines of the first (%d) steps.".formatted(file, steps));
      }
      TrainingLog log = new TrainingLog();
      log.lines.addAll(all.subList(1, 1 + steps));
      return log;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}
