package org.netloom.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.netloom.evaluation.EvaluationResult.Scored;

/**
 * The candidates that no other one dominates: none is at least as good in both objectives and
 * better in one. Of equals the first stays.
 */
public final class ParetoFront {
  private ParetoFront() {}

  /** The front of accuracy and MACs, cheapest first. */
  public static List<Scored> of(List<Scored> results) {
    return of(results, Function.identity());
  }

  /** The front of accuracy and MACs, cheapest first. */
  public static <T> List<T> of(List<T> all, Function<T, Scored> result) {
    return of(all, t -> result.apply(t).accuracy(), t -> result.apply(t).macs());
  }

  /**
   * The front of a gain and a cost, cheapest first.
   *
   * @param gain more is better
   * @param cost less is better
   */
  public static <T> List<T> of(List<T> all, ToDoubleFunction<T> gain, ToDoubleFunction<T> cost) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.comparingDouble(cost)
            .thenComparing(Comparator.comparingDouble(gain).reversed()));
    List<T> front = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (T candidate : sorted) {
      if (gain.applyAsDouble(candidate) > best) {
        best = gain.applyAsDouble(candidate);
        front.add(candidate);
      }
    }
    return List.copyOf(front);
  }
}
