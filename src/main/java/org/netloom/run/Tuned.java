package org.netloom.run;

import org.jspecify.annotations.Nullable;
import org.netloom.network.Parameters;
import org.netloom.search.Attempt;
import org.netloom.store.TrainingRecord;

/**
 * A handed-over architecture after its training.
 *
 * @param attempt what the search knew of it
 * @param parameters trained from the predicted ones, with running statistics; null if there was no
 *     memory or training diverged
 * @param predicted training from predicted weights; null if there was no memory for it
 * @param random training from random weights; null if that was not asked for, or no memory for it
 * @param reason why there are no parameters; empty if there are
 */
record Tuned(
    Attempt attempt,
    @Nullable Parameters parameters,
    @Nullable TrainingRecord predicted,
    @Nullable TrainingRecord random,
    String reason) {

  /** Validation accuracy after training from predicted weights; NaN if there is none. */
  double score() {
    return predicted == null ? Double.NaN : predicted.validation().accuracy();
  }
}
