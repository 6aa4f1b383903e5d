package org.netloom.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.MemoryException;
import org.netloom.training.Epoch;
import org.netloom.training.FineTuner;

/** Tells of a fine-tuning: a line for each epoch, progress within it on standard error. */
final class TuningLines implements FineTuner.Listener, AutoCloseable {
  private final @Nullable PrintWriter lines;
  private final PrintWriter notes;
  private final int epochs;
  private @Nullable Progress progress;

  /**
   * A listener for one run.
   *
   * @param lines receives a line for each epoch; null for none
   */
  TuningLines(@Nullable PrintWriter lines, PrintWriter notes, int epochs) {
    this.lines = lines;
    this.notes = notes;
    this.epochs = epochs;
  }

  @Override
  public void planned(int images, long bytes) {
    notes.printf(
        "A training step of %d images takes %s of memory.%n", images, MemoryException.text(bytes));
    notes.flush();
  }

  @Override
  public void resumed(List<Epoch> curve) {
    notes.printf("Going on after epoch %d of %d.%n", curve.size() - 1, epochs);
    notes.flush();
    curve.forEach(this::print);
  }

  @Override
  public void step(int epoch, int step, int steps, float loss) {
    if (progress == null) {
      progress = Progress.start("epoch %d/%d".formatted(epoch, epochs), steps);
    }
    progress.step(1, String.format(Locale.ROOT, "loss %.3f", loss));
  }

  @Override
  public void epoch(Epoch epoch) {
    close();
    print(epoch);
  }

  private void print(Epoch epoch) {
    if (lines != null) {
      lines.println(TuningReport.line(epoch, epochs));
      lines.flush();
    }
  }

  /** Takes the bar of an epoch away. */
  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }
}
