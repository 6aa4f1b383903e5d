package org.netloom.search;

import java.util.List;
import org.netloom.evaluation.EvaluationResult;

/**
 * What a candidate is worth to selection, by constraint domination (Deb, Pratap, Agarwal and
 * Meyarivan 2002, section VI): any scored candidate before any rejected one, rejected ones by how
 * far they are off, failed ones last. Scored ones compare by score alone, or, with two objectives,
 * by {@link #dominance}.
 *
 * @param rank 2 scored, 1 rejected, 0 failed
 * @param gains of scored candidates, more is better; MACs count by their logarithm, so that
 *     crowding spreads a front evenly over ratios; zeros for all others
 * @param excess by which constraints are broken; 0 unless rejected
 */
record Fitness(int rank, List<Double> gains, double excess) implements Comparable<Fitness> {
  private static final int SCORED = 2;
  private static final int REJECTED = 1;
  private static final int FAILED = 0;

  Fitness {
    gains = List.copyOf(gains);
  }

  static Fitness of(EvaluationResult result, List<Objective> objectives) {
    List<Double> none = objectives.stream().map(o -> 0.0).toList();
    return switch (result) {
      case EvaluationResult.Scored scored ->
          new Fitness(SCORED, objectives.stream().map(o -> gain(o, scored)).toList(), 0);
      case EvaluationResult.Rejected rejected -> new Fitness(REJECTED, none, rejected.excess());
      case EvaluationResult.Failed failed -> worst(objectives);
    };
  }

  /** Of candidates that could not be measured. */
  static Fitness worst(List<Objective> objectives) {
    return new Fitness(FAILED, objectives.stream().map(o -> 0.0).toList(), 0);
  }

  private static double gain(Objective objective, EvaluationResult.Scored scored) {
    return objective == Objective.MACS
        ? -StrictMath.log(Math.max(1, scored.macs()))
        : objective.gain(scored);
  }

  @Override
  public int compareTo(Fitness other) {
    if (rank != other.rank) {
      return Integer.compare(rank, other.rank);
    }
    return rank == SCORED
        ? Double.compare(gains.getFirst(), other.gains.getFirst())
        : Double.compare(other.excess, excess);
  }

  /** 1 if a dominates b, −1 if b dominates a, 0 if neither does. */
  static int dominance(Fitness a, Fitness b) {
    if (a.rank != SCORED || b.rank != SCORED) {
      return a.compareTo(b);
    }
    boolean better = false;
    boolean worse = false;
    for (int i = 0; i < a.gains.size(); i++) {
      better |= a.gains.get(i) > b.gains.get(i);
      worse |= a.gains.get(i) < b.gains.get(i);
    }
    return better == worse ? 0 : better ? 1 : -1;
  }

  /** Compares one objective. */
  static int compare(Fitness a, Fitness b, int objective) {
    return Double.compare(a.gains.get(objective), b.gains.get(objective));
  }

  /** By how much a is better than b in one objective. */
  static double distance(Fitness a, Fitness b, int objective) {
    return a.gains.get(objective) - b.gains.get(objective);
  }
}
