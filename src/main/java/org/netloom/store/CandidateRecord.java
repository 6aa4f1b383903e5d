package org.netloom.store;

import org.netloom.architecture.Architecture;
import org.netloom.evaluation.EvaluationResult;

/**
 * One attempt as it is kept.
 *
 * @param index place among all attempts of its source, from 0, without gaps
 * @param generation the generation it belongs to, from 0
 * @param cached whether an earlier attempt of the same architecture answered it
 * @param timingSeconds seconds that the measurement took; the only value that may differ between
 *     two runs of one seed
 */
public record CandidateRecord(
    int index,
    int generation,
    Architecture architecture,
    EvaluationResult result,
    boolean cached,
    double timingSeconds) {
  public CandidateRecord {
    if (index < 0 || generation < 0) {
      throw new IllegalArgumentException(
          "An attempt's index (%d) and generation (%d) must be 0 or more."
              .formatted(index, generation));
    }
  }

  /** Whether both say the same, whatever time it took. */
  boolean agreesWith(CandidateRecord other) {
    return untimed().equals(other.untimed());
  }

  private CandidateRecord untimed() {
    return new CandidateRecord(index, generation, architecture, result, cached, 0);
  }
}
