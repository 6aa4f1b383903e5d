package org.netloom.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.netloom.RandomSeeds;
import org.netloom.evaluation.EvaluationResult.Scored;

class ParetoFrontTest {
  private static final ReferenceBox BOX = new ReferenceBox(0.1, 1000);

  @ParameterizedTest
  @RandomSeeds(500)
  void holdsExactlyWhatNothingDominates(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(21);
    List<Scored> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(scored(random.nextInt(10) / 10.0, 1 + random.nextInt(10)));
    }
    List<Scored> front = ParetoFront.of(all);
    for (Scored one : all) {
      boolean dominated = all.stream().anyMatch(other -> dominates(other, one));
      assertThat(front.contains(one)).isEqualTo(!dominated);
    }
    assertThat(front).doesNotHaveDuplicates();
    assertThat(front).isSortedAccordingTo(Comparator.comparingLong(Scored::macs));
  }

  private static boolean dominates(Scored a, Scored b) {
    return a.accuracy() >= b.accuracy()
        && a.macs() <= b.macs()
        && (a.accuracy() > b.accuracy() || a.macs() < b.macs());
  }

  @Test
  void hypervolumeIsTheAreaOfTheStaircase() {
    assertThat(Hypervolume.of(BOX, List.of())).isZero();
    assertThat(Hypervolume.of(BOX, List.of(scored(0.55, 500)))).isCloseTo(0.25, within(1e-12));
    // 0.9 wide up to accuracy 0.55, then 0.5 wide up to 1; the third point is dominated.
    assertThat(Hypervolume.of(BOX, List.of(scored(1.0, 500), scored(0.55, 100), scored(0.5, 400))))
        .isCloseTo(0.9 * 0.5 + 0.5 * 0.5, within(1e-12));
  }

  @Test
  void pointsOutsideTheBoxAddNothing() {
    assertThat(Hypervolume.of(BOX, List.of(scored(0.05, 10), scored(0.9, 1000)))).isZero();
  }

  @Test
  void rankingIsTheSameForEveryOrderOfItsInput() {
    record Item(double score, long macs, String id) {}
    List<Item> expected =
        List.of(
            new Item(0.9, 5, "d"),
            new Item(0.8, 3, "c"),
            new Item(0.8, 4, "a"),
            new Item(0.8, 4, "b"),
            new Item(Double.NaN, 1, "e"));
    Comparator<Item> order = Ranking.order(Item::score, Item::macs, Item::id);
    for (int seed = 0; seed < 10; seed++) {
      List<Item> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(order);
      assertThat(shuffled).isEqualTo(expected);
    }
  }

  private static Scored scored(double accuracy, long macs) {
    return new Scored(accuracy, 1, macs, 1, "test");
  }
}
