package org.netloom.cli;

import java.util.Locale;
import org.netloom.ghn.TrainingRun;

/** Steps and smoothed loss of a hypernetwork's training, for a progress bar. */
final class GhnTrainingProgress implements TrainingRun.Listener {
  private static final double KEPT = 0.98;

  private final Steps steps;
  private double mean = Double.NaN;

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
  public void step(int step, double loss) {
    if (Double.isFinite(loss)) {
      mean = Double.isNaN(mean) ? loss : KEPT * mean + (1 - KEPT) * loss;
    }
    steps.step(1, String.format(Locale.ROOT, "loss %.3f", mean));
  }
}
