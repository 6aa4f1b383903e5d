package org.netloom.report;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.store.TrainingRecord;
import org.netloom.store.TrainingRecord.Start;

/** Which of an architecture's trainings the report compares: the longest, and its counterpart. */
final class Tunings {
  private final List<TrainingRecord> all;

  Tunings(List<TrainingRecord> all) {
    this.all = all;
  }

  /** The longest training from predicted weights. */
  @Nullable TrainingRecord fromPrediction(String id) {
    return longest(id, Start.PREDICTED);
  }

  /**
   * The training from random weights of as many epochs as the one from predicted weights: only that
   * one compares. The longest if there is none from predicted weights.
   */
  @Nullable TrainingRecord fromRandom(String id) {
    TrainingRecord tuned = fromPrediction(id);
    if (tuned == null) {
      return longest(id, Start.RANDOM);
    }
    return all.stream()
        .filter(t -> is(t, id, Start.RANDOM) && t.epochs() == tuned.epochs())
        .findFirst()
        .orElse(null);
  }

  private @Nullable TrainingRecord longest(String id, Start start) {
    return all.stream()
        .filter(t -> is(t, id, start))
        .max(Comparator.comparingInt(TrainingRecord::epochs))
        .orElse(null);
  }

  private static boolean is(TrainingRecord training, String id, Start start) {
    return training.start() == start && training.architecture().id().equals(id);
  }
}
