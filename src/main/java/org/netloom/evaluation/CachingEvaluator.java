package org.netloom.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.architecture.Architecture;

/**
 * Answers what was measured before, by the architecture's id, and measures the rest. Given the
 * recorded results of an interrupted run, it replays them, so that the run goes the same way again
 * without computing anything twice. For one thread.
 */
public final class CachingEvaluator implements Evaluator {
  private final Evaluator next;
  private final Map<String, EvaluationResult> known = new LinkedHashMap<>();
  private long hits;

  /** Starts without any result. */
  public CachingEvaluator(Evaluator next) {
    this(next, Map.of());
  }

  /**
   * Starts with recorded results.
   *
   * @param recorded results by architecture id
   */
  public CachingEvaluator(Evaluator next, Map<String, EvaluationResult> recorded) {
    this.next = next;
    this.known.putAll(recorded);
  }

  @Override
  public List<EvaluationResult> evaluate(List<? extends Architecture> batch)
      throws InterruptedException {
    Map<String, Architecture> missing = new LinkedHashMap<>();
    for (Architecture architecture : batch) {
      String id = architecture.id();
      if (!known.containsKey(id)) {
        missing.put(id, architecture);
      }
    }
    hits += batch.size() - missing.size();
    if (!missing.isEmpty()) {
      List<EvaluationResult> measured = next.evaluate(List.copyOf(missing.values()));
      int at = 0;
      for (String id : missing.keySet()) {
        known.put(id, measured.get(at++));
      }
    }
    List<EvaluationResult> all = new ArrayList<>();
    for (Architecture architecture : batch) {
      EvaluationResult result = known.get(architecture.id());
      if (result == null) {
        throw new IllegalStateException(
            "The evaluator gave no result for (%s).".formatted(architecture.canonical()));
      }
      all.add(result);
    }
    return all;
  }

  /** How many answers needed no measurement. */
  public long hits() {
    return hits;
  }
}
