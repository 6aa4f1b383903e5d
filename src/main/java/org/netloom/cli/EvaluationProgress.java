package org.netloom.cli;

import org.netloom.training.Measurer;

/** Images done, for a progress bar, and the memory of a batch. */
final class EvaluationProgress implements Measurer.Progress {
  private final Progress progress;
  private int before;
  private long plannedBytes;

  EvaluationProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void planned(long bytes) {
    plannedBytes = bytes;
  }

  @Override
  public void images(int done) {
    progress.step(done - before, "");
    before = done;
  }

  /** Bytes that a batch needs; 0 until that is known. */
  long plannedBytes() {
    return plannedBytes;
  }
}
