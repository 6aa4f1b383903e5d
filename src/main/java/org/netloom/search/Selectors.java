package org.netloom.search;

import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.Selector;
import io.jenetics.TournamentSelector;
import io.jenetics.TruncationSelector;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.UFTournamentSelector;
import io.jenetics.util.ISeq;
import io.jenetics.util.Seq;

/**
 * Who survives and who becomes a parent. With one objective the best survive and parents win
 * tournaments; with two it is NSGA-II (Deb et al. 2002): fronts, then crowding, and crowded binary
 * tournaments (Fortin and Parizeau 2013).
 */
final class Selectors {
  private Selectors() {}

  /** The best of parents and offspring together. */
  static Selector<IntegerGene, Fitness> survivors(SearchSettings settings) {
    Selector<IntegerGene, Fitness> best =
        settings.multiObjective()
            ? new NSGA2Selector<>(
                Fitness::dominance,
                Fitness::compare,
                Fitness::distance,
                fitness -> fitness.gains().size())
            : new TruncationSelector<>();
    // A small space may not have as many architectures as a population has places.
    return (population, count, optimize) ->
        population.size() <= count ? ISeq.of(population) : best.select(population, count, optimize);
  }

  /** Parents, drawn from those that survive. */
  static Selector<IntegerGene, Fitness> parents(SearchSettings settings) {
    Selector<IntegerGene, Fitness> survivors = survivors(settings);
    Selector<IntegerGene, Fitness> tournament =
        settings.multiObjective()
            ? new UFTournamentSelector<>(
                Fitness::dominance,
                Fitness::compare,
                Fitness::distance,
                fitness -> fitness.gains().size())
            : new TournamentSelector<>(settings.variation().tournament());
    return (population, count, optimize) -> {
      Seq<Phenotype<IntegerGene, Fitness>> alive =
          survivors.select(population, settings.budget().population(), optimize);
      // The crowded tournament needs two that compete.
      return alive.size() < 2 ? repeated(alive, count) : tournament.select(alive, count, optimize);
    };
  }

  private static ISeq<Phenotype<IntegerGene, Fitness>> repeated(
      Seq<Phenotype<IntegerGene, Fitness>> alive, int count) {
    return ISeq.of(() -> alive.get(0), count);
  }
}
