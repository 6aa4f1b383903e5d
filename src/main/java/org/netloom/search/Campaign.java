package org.netloom.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.ConstrainedEvaluator;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.evaluation.Evaluator;
import org.netloom.ranking.Hypervolume;
import org.netloom.ranking.ReferenceBox;

/**
 * The books of one search: what was proposed, what it gave, what of the budget is left. A candidate
 * costs one evaluation the first time it is measured; rejected and repeated ones are free.
 */
final class Campaign {
  /** Generations in a row without anything new to measure, after which a search ends. */
  private static final int MOST_IDLE = 10;

  private final SearchSettings.Budget budget;
  private final SearchListener listener;
  private final Evaluator evaluator;
  private final ReferenceBox box;
  private final Map<DeepNetsArchitecture, EvaluationResult> known = new LinkedHashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Progress> progress = new ArrayList<>();
  private final List<Scored> scored = new ArrayList<>();
  private int evaluations;
  private int told;
  private int evaluationsBefore;
  private int idle;

  Campaign(SearchProblem problem, SearchListener listener) {
    this.budget = problem.settings().budget();
    this.listener = listener;
    this.evaluator = new ConstrainedEvaluator(problem.constraints(), problem.evaluator());
    this.box = ReferenceBoxes.of(problem.space(), problem.constraints());
  }

  /** Whether the architecture was proposed before. */
  boolean knows(DeepNetsArchitecture architecture) {
    return known.containsKey(architecture);
  }

  /** The number of the current generation. */
  int generation() {
    return progress.size();
  }

  /** Evaluations of the current generation. */
  int evaluationsOfGeneration() {
    return evaluations - evaluationsBefore;
  }

  /** Evaluations that are left. */
  int remaining() {
    return budget.evaluations() - evaluations;
  }

  /** Whether the search is to end after the generations told so far. */
  boolean isOver() {
    return remaining() == 0
        || (budget.generations() > 0 && generation() >= budget.generations())
        || idle >= MOST_IDLE;
  }

  /**
   * Measures what is new, in order, until the budget is spent.
   *
   * @return one result for each proposal, or for fewer from the first on if the budget ended
   */
  List<EvaluationResult> attempt(List<DeepNetsArchitecture> proposals) throws InterruptedException {
    List<EvaluationResult> results = new ArrayList<>();
    while (results.size() < proposals.size() && remaining() > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted between candidates.");
      }
      int from = results.size();
      int to = Math.min(proposals.size(), from + remaining());
      results.addAll(record(proposals.subList(from, to)));
    }
    return results;
  }

  private List<EvaluationResult> record(List<DeepNetsArchitecture> proposals)
      throws InterruptedException {
    List<DeepNetsArchitecture> fresh =
        proposals.stream().filter(a -> !known.containsKey(a)).distinct().toList();
    List<EvaluationResult> measured = fresh.isEmpty() ? List.of() : evaluator.evaluate(fresh);
    Map<DeepNetsArchitecture, EvaluationResult> news = new LinkedHashMap<>();
    for (int i = 0; i < fresh.size(); i++) {
      news.put(fresh.get(i), measured.get(i));
    }
    List<EvaluationResult> results = new ArrayList<>();
    for (DeepNetsArchitecture proposal : proposals) {
      EvaluationResult before = known.get(proposal);
      EvaluationResult result = before == null ? news.get(proposal) : before;
      if (result == null) {
        throw new IllegalStateException(
            "The evaluator gave no result for (%s).".formatted(proposal.canonical()));
      }
      if (before == null) {
        known.put(proposal, result);
        evaluations += result instanceof Rejected ? 0 : 1;
        if (result instanceof Scored score) {
          scored.add(score);
        }
      }
      attempts.add(new Attempt(attempts.size(), generation(), proposal, result, before != null));
      results.add(result);
    }
    return results;
  }

  /** Closes the current generation and tells the listener. */
  void endGeneration() {
    idle = evaluationsOfGeneration() == 0 ? idle + 1 : 0;
    evaluationsBefore = evaluations;
    Progress now =
        new Progress(
            generation(),
            evaluations,
            scored.stream().mapToDouble(Scored::accuracy).max().orElse(Double.NaN),
            Hypervolume.of(box, scored));
    progress.add(now);
    listener.generationFinished(now, List.copyOf(attempts.subList(told, attempts.size())));
    told = attempts.size();
  }

  SearchResult result() {
    return new SearchResult(attempts, progress, box);
  }
}
