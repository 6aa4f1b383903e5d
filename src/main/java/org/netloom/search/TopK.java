package org.netloom.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.ranking.ParetoFront;
import org.netloom.ranking.Ranking;
import org.netloom.space.ArchitectureDistance;

/** A diverse choice of what a search found, for whoever spends more on each of them. */
public final class TopK {
  private TopK() {}

  /**
   * The best k that keep a distance from each other, best first. Greedily: with two objectives
   * first up to half of the places go to the front of score and MACs: its best scorer, then members
   * whose MACs are nearest to equal ratios between its cheapest and its dearest member; the other
   * places go by score. A candidate nearer than the minimum distance to a chosen one is passed
   * over. If places are left, the distance is halved and the candidates are gone through again, and
   * at last it is dropped.
   *
   * @param attempts of a search; those that were not scored and repeated ones are ignored
   * @param k places, at least 1
   * @param minimumDistance by {@link ArchitectureDistance}, 0 to 1
   * @return k attempts, or all if there are fewer
   */
  public static List<Attempt> select(
      List<Attempt> attempts, int k, double minimumDistance, List<Objective> objectives) {
    if (k < 1 || !(minimumDistance >= 0 && minimumDistance <= 1)) {
      throw new IllegalArgumentException(
          "Places (%d) must be 1 or more and the distance (%s) 0 to 1."
              .formatted(k, minimumDistance));
    }
    Objective score = objectives.getFirst();
    Comparator<Attempt> order =
        Ranking.order(
            a -> score.gain(scored(a)), a -> scored(a).macs(), a -> a.architecture().id());
    List<Attempt> candidates =
        attempts.stream()
            .filter(a -> !a.cached() && a.result() instanceof Scored)
            .sorted(order)
            .toList();
    List<Attempt> chosen = new ArrayList<>();
    if (objectives.contains(Objective.MACS)) {
      List<Attempt> front =
          ParetoFront.of(candidates, a -> score.gain(scored(a)), a -> scored(a).macs());
      addAll(chosen, spread(front, (k + 1) / 2), (k + 1) / 2, minimumDistance);
    }
    double distance = minimumDistance;
    while (chosen.size() < Math.min(k, candidates.size())) {
      addAll(chosen, candidates, k, distance);
      distance = distance < 0.01 ? 0 : distance / 2;
    }
    return chosen.stream().sorted(order).toList();
  }

  private static void addAll(
      List<Attempt> chosen, List<Attempt> candidates, int places, double distance) {
    for (Attempt candidate : candidates) {
      if (chosen.size() < places
          && !chosen.contains(candidate)
          && chosen.stream().allMatch(c -> distance(c, candidate) >= distance)) {
        chosen.add(candidate);
      }
    }
  }

  /** Members of a front, cheapest first, in the order in which places are offered to them. */
  private static List<Attempt> spread(List<Attempt> front, int places) {
    List<Attempt> offered = new ArrayList<>();
    if (front.isEmpty()) {
      return offered;
    }
    // On a front the dearest is the best scorer.
    offered.add(front.getLast());
    double low = logMacs(front.getFirst());
    double high = logMacs(front.getLast());
    for (int i = 1; i < places; i++) {
      double target = high - i * (high - low) / places;
      front.stream()
          .filter(a -> !offered.contains(a))
          .min(Comparator.comparingDouble(a -> Math.abs(logMacs(a) - target)))
          .ifPresent(offered::add);
    }
    return offered;
  }

  private static double logMacs(Attempt attempt) {
    return StrictMath.log(Math.max(1, scored(attempt).macs()));
  }

  private static double distance(Attempt a, Attempt b) {
    return ArchitectureDistance.between(a.architecture(), b.architecture());
  }

  private static Scored scored(Attempt attempt) {
    if (attempt.result() instanceof Scored scored) {
      return scored;
    }
    throw new IllegalStateException("Attempt (%d) has no score.".formatted(attempt.index()));
  }
}
