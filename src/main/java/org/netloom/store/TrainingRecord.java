package org.netloom.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;

/**
 * One finished training. Architecture, start and epochs name it.
 *
 * @param epochs epochs that were asked for
 * @param curve validation after each epoch, epoch 0 being before training; diverged values are NaN
 * @param validation after the last epoch
 * @param test after the last epoch; null if it was not looked at
 * @param protocol for example {@code fine-tuned 5 epochs}
 * @param timingSeconds seconds that it took
 */
public record TrainingRecord(
    Architecture architecture,
    Start start,
    int epochs,
    List<Epoch> curve,
    Measured validation,
    @Nullable Measured test,
    String protocol,
    double timingSeconds) {
  public TrainingRecord {
    curve = List.copyOf(curve);
    if (epochs < 0) {
      throw new IllegalArgumentException("Epochs (%d) must be 0 or more.".formatted(epochs));
    }
  }

  /** The weights a training starts from. */
  public enum Start {
    PREDICTED,
    RANDOM
  }

  /** State after an epoch: accuracy as a fraction and mean loss in nats, on validation images. */
  public record Epoch(int epoch, double accuracy, double loss) {}

  /** Whether both say the same, whatever time it took. */
  boolean agreesWith(TrainingRecord other) {
    return untimed().equals(other.untimed());
  }

  private TrainingRecord untimed() {
    return new TrainingRecord(architecture, start, epochs, curve, validation, test, protocol, 0);
  }
}
