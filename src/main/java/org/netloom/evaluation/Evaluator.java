package org.netloom.evaluation;

import java.util.List;
import org.netloom.architecture.Architecture;

/** Measures architectures, a batch at a time. */
@FunctionalInterface
public interface Evaluator {
  /**
   * One result for each architecture of the batch, in the same order. An architecture that cannot
   * be measured gives {@link EvaluationResult.Failed}, never an exception. Results depend on the
   * architecture alone, not on the batch it came in.
   *
   * @throws InterruptedException if the thread was interrupted; results of this batch are lost
   */
  List<EvaluationResult> evaluate(List<? extends Architecture> batch) throws InterruptedException;
}
