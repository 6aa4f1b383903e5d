package org.netloom.search;

import java.util.List;
import org.netloom.evaluation.Evaluator;
import org.netloom.space.Constraint;
import org.netloom.space.SearchSpace;

/**
 * What is searched.
 *
 * @param constraints candidates that break one are rejected before the evaluator sees them
 * @param evaluator measures candidates
 */
public record SearchProblem(
    SearchSpace space, List<Constraint> constraints, SearchSettings settings, Evaluator evaluator) {
  public SearchProblem {
    constraints = List.copyOf(constraints);
  }
}
