package org.netloom.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.InputShape;
import org.netloom.evaluation.CachingEvaluator;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.evaluation.Evaluator;
import org.netloom.ranking.Hypervolume;
import org.netloom.ranking.ReferenceBox;
import org.netloom.search.SearchSettings.Strategy;
import org.netloom.space.Constraint;
import org.netloom.space.SearchSpace;

class SearchStrategyTest {
  private static final List<Objective> ONE = List.of(Objective.ACCURACY);
  private static final List<Objective> TWO = List.of(Objective.ACCURACY, Objective.MACS);
  private static final ReferenceBox BOX = new ReferenceBox(0.1, 72 * 16);

  @Test
  void nsga2ComesCloseToTheKnownFrontAndBeatsRandomSearchWithEverySeed() {
    double best = Hypervolume.of(BOX, Synthetic.bestTradeOffs());
    double evolved = 0;
    double random = 0;
    int seeds = 4;
    for (long seed = 1; seed <= seeds; seed++) {
      double found = volume(Strategy.EVOLUTION, seed);
      double baseline = volume(Strategy.RANDOM, seed);
      assertThat(found).isBetween(0.85 * best, best).isGreaterThan(baseline);
      evolved += found / seeds;
      random += baseline / seeds;
    }
    // On average it closes more than half of the gap that random search leaves.
    assertThat(best - evolved).isLessThan(0.5 * (best - random));
  }

  private static double volume(Strategy strategy, long seed) {
    SearchResult found =
        Synthetic.run(
            Synthetic.settings(strategy, TWO, 500, seed),
            Synthetic.SPACE,
            new Synthetic.Counting());
    return Hypervolume.of(BOX, found.scored().stream().map(a -> (Scored) a.result()).toList());
  }

  @ParameterizedTest
  @EnumSource(
      value = Objective.class,
      names = {"ACCURACY", "LOSS"})
  void evolutionForOneScoreBeatsRandomSearchWithEverySeed(Objective objective) {
    double gain = 0;
    int seeds = 4;
    for (long seed = 1; seed <= seeds; seed++) {
      double found = best(Strategy.EVOLUTION, objective, seed);
      double baseline = best(Strategy.RANDOM, objective, seed);
      assertThat(found).isGreaterThan(baseline);
      gain += (found - baseline) / seeds;
    }
    assertThat(gain).isGreaterThan(0.1);
  }

  private static double best(Strategy strategy, Objective objective, long seed) {
    SearchResult found =
        Synthetic.run(
            Synthetic.settings(strategy, List.of(objective), 300, seed),
            Synthetic.SPACE,
            new Synthetic.Counting());
    return found.progress().getLast().bestAccuracy();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theBudgetIsSpentToTheLastEvaluationOnDistinctCandidates(Strategy strategy) {
    Synthetic.Counting evaluator = new Synthetic.Counting();
    SearchResult found =
        Synthetic.run(Synthetic.settings(strategy, TWO, 73, 1), Synthetic.SPACE, evaluator);
    assertThat(evaluator.measured).isEqualTo(73);
    assertThat(found.scored()).hasSize(73);
    assertThat(found.progress().getLast().evaluations()).isEqualTo(73);
    Set<Architecture> distinct = new HashSet<>();
    found.scored().forEach(a -> distinct.add(a.architecture()));
    assertThat(distinct).hasSize(73);
    for (int i = 0; i < found.attempts().size(); i++) {
      assertThat(found.attempts().get(i).index()).isEqualTo(i);
    }
  }

  @Test
  void generationsEndASearchToo() {
    SearchSettings settings =
        new SearchSettings(
            Strategy.EVOLUTION,
            TWO,
            new SearchSettings.Budget(10, 3, 1000),
            SearchSettings.Variation.USUAL,
            new SearchSettings.Measurement(1, 0),
            false,
            1);
    SearchResult found = Synthetic.run(settings, Synthetic.SPACE, new Synthetic.Counting());
    assertThat(found.progress()).hasSize(3);
    assertThat(found.progress().getLast().evaluations()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theSameSeedGivesTheSameAttemptsAndAnotherSeedOthers(Strategy strategy) {
    SearchResult one = withSeed(strategy, 4);
    assertThat(withSeed(strategy, 4)).isEqualTo(one);
    assertThat(withSeed(strategy, 5).attempts()).isNotEqualTo(one.attempts());
  }

  @Test
  void bothStrategiesBeginWithTheSameSample() {
    assertThat(withSeed(Strategy.RANDOM, 4).attempts().subList(0, 20))
        .isEqualTo(withSeed(Strategy.EVOLUTION, 4).attempts().subList(0, 20));
  }

  private static SearchResult withSeed(Strategy strategy, long seed) {
    return Synthetic.run(
        Synthetic.settings(strategy, TWO, 120, seed), Synthetic.SPACE, new Synthetic.Counting());
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void anInterruptedSearchThatResumesEndsLikeAnUninterruptedOne(Strategy strategy)
      throws InterruptedException {
    SearchSettings settings = Synthetic.settings(strategy, TWO, 120, 9);
    SearchResult whole = Synthetic.run(settings, Synthetic.SPACE, new Synthetic.Counting());
    Map<String, EvaluationResult> stored = new LinkedHashMap<>();
    List<Progress> told = new ArrayList<>();
    Synthetic.Counting first = new Synthetic.Counting();
    Evaluator interrupting =
        batch -> {
          if (first.measured >= 60) {
            Thread.currentThread().interrupt();
          }
          return first.evaluate(batch);
        };
    SearchListener store =
        (progress, attempts) -> {
          told.add(progress);
          attempts.forEach(a -> stored.put(a.architecture().id(), a.result()));
        };
    assertThatThrownBy(
            () ->
                SearchStrategy.of(settings)
                    .run(
                        new SearchProblem(Synthetic.SPACE, List.of(), settings, interrupting),
                        store))
        .isInstanceOf(InterruptedException.class);
    assertThat(told).isNotEmpty().isEqualTo(whole.progress().subList(0, told.size()));
    Synthetic.Counting second = new Synthetic.Counting();
    SearchResult resumed =
        Synthetic.run(settings, Synthetic.SPACE, new CachingEvaluator(second, stored));
    assertThat(resumed).isEqualTo(whole);
    assertThat(second.measured).isEqualTo(120 - stored.size());
  }

  @Test
  void listenersHearEveryAttemptOnceInOrder() throws InterruptedException {
    SearchSettings settings = Synthetic.settings(Strategy.EVOLUTION, TWO, 100, 2);
    List<Attempt> heard = new ArrayList<>();
    List<Progress> generations = new ArrayList<>();
    SearchResult found =
        SearchStrategy.of(settings)
            .run(
                new SearchProblem(Synthetic.SPACE, List.of(), settings, new Synthetic.Counting()),
                (progress, attempts) -> {
                  assertThat(attempts).allMatch(a -> a.generation() == progress.generation());
                  heard.addAll(attempts);
                  generations.add(progress);
                });
    assertThat(heard).isEqualTo(found.attempts());
    assertThat(generations).isEqualTo(found.progress());
  }

  @Test
  void evolutionFindsTheWayToNetworksThatATightConstraintAllows() throws InterruptedException {
    // Three architectures of a thousand have as few MACs.
    List<Constraint> tight = List.of(new Constraint(Constraint.Quantity.MACS, null, 960_000L));
    int fewerInFirstSample = 0;
    for (long seed = 1; seed <= 3; seed++) {
      SearchSettings settings =
          new SearchSettings(
              Strategy.EVOLUTION,
              ONE,
              new SearchSettings.Budget(4, 0, 8),
              SearchSettings.Variation.USUAL,
              new SearchSettings.Measurement(1, 0),
              false,
              seed);
      Synthetic.Counting evaluator = new Synthetic.Counting();
      SearchResult found =
          SearchStrategy.of(settings)
              .run(
                  new SearchProblem(Synthetic.SPACE, tight, settings, evaluator),
                  SearchListener.NONE);
      assertThat(evaluator.measured).isEqualTo(8);
      assertThat(found.box().macs()).isEqualTo(960_000);
      assertThat(found.attempts().stream().filter(SearchStrategyTest::isRejected)).isNotEmpty();
      fewerInFirstSample += found.progress().getFirst().evaluations() < 4 ? 1 : 0;
    }
    assertThat(fewerInFirstSample).isEqualTo(3);
  }

  private static boolean isRejected(Attempt attempt) {
    return attempt.result() instanceof Rejected;
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aSearchThatFindsNothingValidEndsAndSaysSo(Strategy strategy) throws InterruptedException {
    List<Constraint> impossible =
        List.of(new Constraint(Constraint.Quantity.PARAMETERS, null, 10L));
    SearchSettings settings =
        new SearchSettings(
            strategy,
            TWO,
            new SearchSettings.Budget(2, 0, 10),
            SearchSettings.Variation.USUAL,
            new SearchSettings.Measurement(1, 0),
            false,
            1);
    SearchResult found =
        SearchStrategy.of(settings)
            .run(
                new SearchProblem(Synthetic.SPACE, impossible, settings, new Synthetic.Counting()),
                SearchListener.NONE);
    assertThat(found.foundAny()).isFalse();
    assertThat(found.attempts()).isNotEmpty().allMatch(SearchStrategyTest::isRejected);
    assertThat(found.progress().getLast().bestAccuracy()).isNaN();
  }

  @Test
  void failedCandidatesAreRecordedAndTheSearchGoesOnWithTheOthers() {
    Evaluator moody =
        batch ->
            batch.stream()
                .map(
                    a ->
                        a.id().charAt(0) < '8'
                            ? (EvaluationResult) new Failed("moody")
                            : Synthetic.score((org.netloom.architecture.DeepNetsArchitecture) a))
                .toList();
    SearchResult found =
        Synthetic.run(Synthetic.settings(Strategy.EVOLUTION, TWO, 100, 6), Synthetic.SPACE, moody);
    assertThat(found.progress().getLast().evaluations()).isEqualTo(100);
    assertThat(found.scored().size()).isBetween(20, 80);
    assertThat(
            Synthetic.run(
                    Synthetic.settings(Strategy.EVOLUTION, TWO, 100, 6),
                    Synthetic.SPACE,
                    batch -> batch.stream().map(a -> (EvaluationResult) new Failed("all")).toList())
                .foundAny())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aSpaceSmallerThanTheBudgetIsSearchedWholeAndTheSearchEnds(Strategy strategy) {
    for (int channels = 1; channels <= 3; channels += 2) {
      SearchResult found =
          Synthetic.run(
              Synthetic.settings(strategy, TWO, 100, 1),
              smallSpace(channels),
              new Synthetic.Counting());
      assertThat(found.scored()).hasSize(channels);
    }
  }

  private static SearchSpace smallSpace(int channels) {
    return new SearchSpace(
        List.of(8, 12, 16).subList(0, channels),
        List.of(3),
        List.of(1),
        List.of(CellOperation.CONV_1X1),
        List.of(CellOperation.CONV_1X1),
        new SearchSpace.Stem(List.of(0), List.of(3), List.of(true)),
        List.of(2),
        List.of(Norm.BATCH_NORM),
        List.of(true),
        SearchSpace.Concat.ALL,
        new SearchSpace.Head(List.of(1), List.of(64), List.of(true)),
        10,
        InputShape.CIFAR);
  }

  @Test
  void offspringSeldomRepeatWhatIsKnown() {
    SearchResult found = withSeed(Strategy.EVOLUTION, 11);
    assertThat(found.attempts().stream().filter(Attempt::cached).count()).isLessThan(5);
  }
}
