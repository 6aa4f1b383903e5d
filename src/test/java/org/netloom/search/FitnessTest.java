package org.netloom.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.search.SearchSettings.Strategy;

class FitnessTest {
  private static final List<Objective> TWO = List.of(Objective.ACCURACY, Objective.MACS);
  private static final SearchSettings SETTINGS =
      Synthetic.settings(Strategy.EVOLUTION, TWO, 100, 1);

  @Test
  void anyScoreBeatsAnyRejectionAndAnyRejectionBeatsFailure() {
    Fitness poor = of(new Scored(0, 9, 1_000_000, 1, "test"));
    Fitness near = of(new Rejected("macs <= 10", "11", 0.1, 11, 1));
    Fitness far = of(new Rejected("macs <= 10", "30", 2, 30, 1));
    Fitness failed = of(new Failed("not a number"));
    assertThat(List.of(far, poor, failed, near).stream().sorted().toList())
        .containsExactly(failed, far, near, poor);
    assertThat(Fitness.dominance(poor, near)).isPositive();
    assertThat(Fitness.dominance(far, near)).isNegative();
    assertThat(Fitness.dominance(failed, far)).isNegative();
    assertThat(Fitness.dominance(failed, of(new Failed("memory")))).isZero();
  }

  @Test
  void amongScoredOnesOnlyBetterInBothDominates() {
    Fitness good = of(new Scored(0.9, 1, 100, 1, "test"));
    assertThat(Fitness.dominance(good, of(new Scored(0.8, 1, 100, 1, "test")))).isPositive();
    assertThat(Fitness.dominance(good, of(new Scored(0.9, 1, 50, 1, "test")))).isNegative();
    assertThat(Fitness.dominance(good, of(new Scored(0.8, 1, 50, 1, "test")))).isZero();
    assertThat(Fitness.dominance(good, good)).isZero();
  }

  @Test
  void survivorsAreTheFrontAndOfItTheLessCrowded() {
    List<EvaluationResult> results = new ArrayList<>();
    results.add(new Failed("x"));
    results.add(new Scored(0.5, 1, 10_000, 1, "dominated"));
    results.add(new Rejected("macs <= 1", "2", 1, 2, 1));
    results.add(new Scored(0.20, 1, 100, 1, "cheapest"));
    results.add(new Scored(0.50, 1, 1000, 1, "middle"));
    results.add(new Scored(0.51, 1, 1010, 1, "crowded"));
    results.add(new Scored(0.80, 1, 9_000, 1, "best"));
    results.add(new Scored(0.49, 1, 990, 1, "crowded too"));
    ISeq<Phenotype<IntegerGene, Fitness>> survivors =
        Selectors.survivors(SETTINGS).select(phenotypes(results), 3, Optimize.MAXIMUM);
    assertThat(survivors.stream().map(p -> p.genotype().gene().allele()).toList())
        .contains(3, 6)
        .containsAnyOf(4, 5, 7)
        .hasSize(3);
  }

  @Test
  void parentsAreFoundEvenIfAllCandidatesAreAlikeOrThereIsOnlyOne() {
    for (int size : new int[] {1, 2, 7}) {
      List<EvaluationResult> results = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        results.add(new Failed("all"));
      }
      ISeq<Phenotype<IntegerGene, Fitness>> parents =
          RandomRegistry.with(Streams.of(1, 1))
              .call(
                  () ->
                      Selectors.parents(SETTINGS).select(phenotypes(results), 9, Optimize.MAXIMUM));
      assertThat(parents.size()).isEqualTo(9);
    }
  }

  @Test
  void streamsOfNeighbouringGenerationsAndSeedsDiffer() {
    List<Long> firsts = new ArrayList<>();
    for (long seed = 0; seed < 20; seed++) {
      for (int generation = 0; generation < 20; generation++) {
        firsts.add(Streams.of(seed, generation).nextLong());
      }
    }
    assertThat(firsts).doesNotHaveDuplicates();
    assertThat(Streams.of(3, 4).nextLong()).isEqualTo(Streams.of(3, 4).nextLong());
  }

  private static ISeq<Phenotype<IntegerGene, Fitness>> phenotypes(List<EvaluationResult> results) {
    List<Phenotype<IntegerGene, Fitness>> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      all.add(
          Phenotype.of(
              Genotype.of(IntegerChromosome.of(IntegerGene.of(i, 0, 100))), 1, of(results.get(i))));
    }
    return ISeq.of(all);
  }

  private static Fitness of(EvaluationResult result) {
    return Fitness.of(result, TWO);
  }
}
