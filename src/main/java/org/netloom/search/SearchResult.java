package org.netloom.search;

import java.util.List;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.ranking.ReferenceBox;

/**
 * What a search found.
 *
 * @param attempts all of them, in order
 * @param progress one entry for each generation
 * @param box what the hypervolume is a fraction of
 */
public record SearchResult(List<Attempt> attempts, List<Progress> progress, ReferenceBox box) {
  public SearchResult {
    attempts = List.copyOf(attempts);
    progress = List.copyOf(progress);
  }

  /** Scored attempts, each architecture once, in the order of the search. */
  public List<Attempt> scored() {
    return attempts.stream()
        .filter(a -> !a.cached() && a.result() instanceof EvaluationResult.Scored)
        .toList();
  }

  /** Whether any candidate was scored. */
  public boolean foundAny() {
    return !scored().isEmpty();
  }
}
