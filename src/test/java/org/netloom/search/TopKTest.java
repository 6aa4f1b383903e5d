package org.netloom.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.ranking.ParetoFront;
import org.netloom.search.SearchSettings.Strategy;
import org.netloom.space.ArchitectureDistance;

class TopKTest {
  private static final List<Objective> ONE = List.of(Objective.ACCURACY);
  private static final List<Objective> TWO = List.of(Objective.ACCURACY, Objective.MACS);
  private static final List<Attempt> FOUND =
      Synthetic.run(
              Synthetic.settings(Strategy.EVOLUTION, TWO, 200, 1),
              Synthetic.SPACE,
              new Synthetic.Counting())
          .attempts();

  @Test
  void withoutADistanceTheBestScoresAreChosenBestFirst() {
    List<Double> best =
        FOUND.stream()
            .filter(a -> !a.cached())
            .map(TopKTest::accuracy)
            .sorted(Comparator.reverseOrder())
            .limit(7)
            .toList();
    assertThat(TopK.select(FOUND, 7, 0, ONE).stream().map(TopKTest::accuracy).toList())
        .isEqualTo(best);
  }

  @Test
  void theChosenKeepTheirDistanceAndTheBestIsAmongThem() {
    double distance = 0.3;
    List<Attempt> chosen = TopK.select(FOUND, 5, distance, ONE);
    assertThat(chosen).hasSize(5);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(
                ArchitectureDistance.between(
                    chosen.get(i).architecture(), chosen.get(j).architecture()))
            .isGreaterThanOrEqualTo(distance);
      }
    }
    assertThat(accuracy(chosen.getFirst()))
        .isEqualTo(FOUND.stream().mapToDouble(TopKTest::accuracy).max().orElseThrow());
  }

  @Test
  void aDistanceThatLeavesTooFewGivesWay() {
    assertThat(TopK.select(FOUND, 50, 1, ONE)).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void withTwoObjectivesHalfOfThemSpreadOverTheFront() {
    List<Attempt> front =
        ParetoFront.of(FOUND.stream().filter(a -> !a.cached()).toList(), a -> (Scored) a.result());
    List<Attempt> chosen = TopK.select(FOUND, 8, 0, TWO);
    List<Attempt> onFront = chosen.stream().filter(front::contains).toList();
    assertThat(chosen).hasSize(8);
    assertThat(onFront.size()).isGreaterThanOrEqualTo(4);
    // The cheapest of them costs less than half of the dearest; the best scores never do.
    long cheapest = onFront.stream().mapToLong(TopKTest::macs).min().orElseThrow();
    long dearest = onFront.stream().mapToLong(TopKTest::macs).max().orElseThrow();
    assertThat(cheapest).isLessThan(dearest / 2);
    assertThat(onFront).contains(front.getLast());
  }

  @Test
  void failedAndRepeatedAttemptsAreNeverChosenAndFewAreAllChosen() {
    List<Attempt> few = new ArrayList<>(FOUND.subList(0, 3));
    Attempt last = FOUND.get(3);
    few.add(new Attempt(3, 0, last.architecture(), new Failed("no"), false));
    few.add(new Attempt(4, 0, FOUND.getFirst().architecture(), FOUND.getFirst().result(), true));
    assertThat(TopK.select(few, 10, 0.2, TWO))
        .containsExactlyInAnyOrderElementsOf(FOUND.subList(0, 3));
    assertThat(TopK.select(List.of(), 10, 0.2, TWO)).isEmpty();
  }

  private static double accuracy(Attempt attempt) {
    return ((Scored) attempt.result()).accuracy();
  }

  private static long macs(Attempt attempt) {
    return ((Scored) attempt.result()).macs();
  }
}
