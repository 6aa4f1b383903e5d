package org.netloom.cli;

import java.util.Locale;
import java.util.OptionalLong;
import org.netloom.ghn.TrainingRun;

/** Steps and smoothed loss of a hypernetwork's training, for a progress bar, and its memory. */
final class GhnTrainingProgress implements TrainingRun.Listener {
  private static final double KEPT = 0.98;

  private final Steps steps;
  private double mean = Double.NaN;
  private OptionalLong plannedBytes = OptionalLong.empty();

  /** Takes progress. */
  @FunctionalInterface
  interface Steps {
    void step(long units, String extra);
  }

  GhnTrainingProgress(Steps steps) {
    this.steps = steps;
  }

  @Override
  public void resumed(long done) {
    steps.step(done, "resumed");
  }

  @Override
  public void finished(long bytes) {
    plannedBytes = OptionalLong.of(bytes);
  }

  /** Bytes of the largest plan of a step; empty until all steps are done. */
  OptionalLong plannedBytes() {
    return plannedBytes;
  }

  @Override
  public void step(int step, double loss) {
    if (Double.isFinite(loss)) {
      mean = Double.isNaN(mean) ? loss : KEPT * mean + (1 - KEPT) * loss;
    }
    steps.step(1, String.format(Locale.ROOT, "loss %.3f", mean));
  }
}
