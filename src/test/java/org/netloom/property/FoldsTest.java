package org.netloom.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  @Test
  void everyRowIsInOneFoldAndFoldsDifferByOneRowAtMost() {
    for (int rows : new int[] {10, 13, 500}) {
      Folds folds = Folds.draw(rows, new SplittableRandom(1));
      int[] all = Arrays.stream(folds.members()).flatMapToInt(Arrays::stream).sorted().toArray();
      assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
      assertThat(folds.members().length).isEqualTo(5);
      for (int[] fold : folds.members()) {
        assertThat(fold.length).isBetween(rows / 5, (rows + 4) / 5);
      }
    }
  }

  @Test
  void theOthersOfAFoldAreAllRowsOutsideIt() {
    Folds folds = Folds.draw(11, new SplittableRandom(2));
    for (int f = 0; f < 5; f++) {
      assertThat(folds.others(f)).hasSize(11 - folds.members()[f].length);
      assertThat(folds.others(f)).doesNotContain(folds.members()[f]);
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    int[][] members = Folds.draw(50, new SplittableRandom(3)).members();
    assertThat(Folds.draw(50, new SplittableRandom(3)).members()).isDeepEqualTo(members);
    assertThat(Folds.draw(50, new SplittableRandom(4)).members()[0]).isNotEqualTo(members[0]);
  }
}
