package org.netloom.run;

import org.jspecify.annotations.Nullable;
import org.netloom.network.Parameters;
import org.netloom.search.Attempt;
import org.netloom.store.TrainingRecord;

/**
 * A handed-over architecture after its training.
 *
 * @param attempt what the search knew of it
 * @param parameters trained from the predicted ones, with running statistics; null if training
 *     diverged
 * @param predicted training from predicted weights
 * @param random training from random weights; null if that was not asked for
 */
record Tuned(
    Attempt attempt,
    @Nullable Parameters parameters,
    TrainingRecord predicted,
    @Nullable TrainingRecord random) {

  /** Validation accuracy after training from predicted weights; NaN if it diverged. */
  double score() {
    return predicted.validation().accuracy();
  }
}
