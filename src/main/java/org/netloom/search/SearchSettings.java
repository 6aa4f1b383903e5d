package org.netloom.search;

import java.util.List;

/**
 * How to search.
 *
 * @param objectives a score ({@link Objective#ACCURACY} or {@link Objective#LOSS}); MACS may follow
 * @param baseline whether random search with the same budget runs beside the strategy
 * @param seed of every random decision of the search
 */
public record SearchSettings(
    Strategy strategy,
    List<Objective> objectives,
    Budget budget,
    Variation variation,
    Measurement measurement,
    boolean baseline,
    long seed) {

  /** How candidates are proposed. */
  public enum Strategy {
    EVOLUTION,
    RANDOM
  }

  /**
   * When a search ends. Cached and rejected candidates cost nothing.
   *
   * @param population candidates per generation
   * @param generations at most, the first sample included; 0 sets no limit
   * @param evaluations distinct candidates to measure, at most
   */
  public record Budget(int population, int generations, int evaluations) {
    public Budget {
      if (population < 2 || generations < 0 || evaluations < 1) {
        throw new IllegalArgumentException(
            "A budget needs a population (%d) of 2 or more, generations (%d) of 0 or more and"
                    .formatted(population, generations)
                + " evaluations (%d) of 1 or more.".formatted(evaluations));
      }
    }
  }

  /**
   * How an evolution varies its parents.
   *
   * @param crossover probability that an offspring exchanges parts with another one
   * @param mutation probability that one decision of an offspring is changed
   * @param tournament parents compete in groups of this size; with two objectives always 2
   */
  public record Variation(double crossover, double mutation, int tournament) {
    /** The usual numbers. */
    public static final Variation USUAL = new Variation(0.3, 0.5, 3);

    public Variation {
      if (!(crossover >= 0 && crossover <= 1 && mutation >= 0 && mutation <= 1) || tournament < 1) {
        throw new IllegalArgumentException(
            "Probabilities of crossover (%s) and mutation (%s) must be 0 to 1, a tournament (%d)"
                    .formatted(crossover, mutation, tournament)
                + " has 1 or more members.");
      }
    }
  }

  /**
   * How a candidate is measured.
   *
   * @param images first images of the validation split, at most
   * @param timeoutSeconds for one candidate; 0 sets no limit. With a limit the same seed may give
   *     other results on another machine.
   */
  public record Measurement(int images, int timeoutSeconds) {
    public Measurement {
      if (images < 1 || timeoutSeconds < 0) {
        throw new IllegalArgumentException(
            "Images (%d) must be 1 or more and the time-out (%d) 0 or more."
                .formatted(images, timeoutSeconds));
      }
    }
  }

  public SearchSettings {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()
        || objectives.size() > 2
        || objectives.getFirst() == Objective.MACS
        || (objectives.size() == 2 && objectives.get(1) != Objective.MACS)) {
      throw new IllegalArgumentException(
          "Objectives (%s) must be accuracy or loss, alone or followed by macs."
              .formatted(objectives));
    }
  }

  /** The score: accuracy or loss. */
  public Objective score() {
    return objectives.getFirst();
  }

  /** Whether MACs count beside the score. */
  public boolean multiObjective() {
    return objectives.size() > 1;
  }

  /** These settings with another seed. */
  public SearchSettings withSeed(long other) {
    return new SearchSettings(
        strategy, objectives, budget, variation, measurement, baseline, other);
  }

  /** These settings with another strategy, for example for a baseline. */
  public SearchSettings withStrategy(Strategy other) {
    return new SearchSettings(other, objectives, budget, variation, measurement, baseline, seed);
  }
}
