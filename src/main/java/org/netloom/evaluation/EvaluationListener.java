package org.netloom.evaluation;

import java.time.Duration;
import org.netloom.architecture.Architecture;

/** Hears of candidates as they are finished. */
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener NONE = (architecture, result, time) -> {};

  /**
   * A candidate is finished. Calls come one at a time, but from any thread and in no fixed order:
   * good for progress, not for results.
   *
   * @param time spent on this candidate alone
   */
  void finished(Architecture architecture, EvaluationResult result, Duration time);
}
