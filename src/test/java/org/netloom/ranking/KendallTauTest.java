package org.netloom.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.netloom.RandomSeeds;

class KendallTauTest {
  @Test
  void agreesWithValuesCountedByHand() {
    double[] x = {1, 2, 3, 4, 5};
    assertThat(KendallTau.of(x, new double[] {1, 2, 3, 4, 5})).isEqualTo(1);
    assertThat(KendallTau.of(x, new double[] {5, 4, 3, 2, 1})).isEqualTo(-1);
    // 8 concordant, 2 discordant of 10 pairs
    assertThat(KendallTau.of(x, new double[] {2, 1, 4, 3, 5})).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void tiesShrinkTheDenominatorAndNotTheNumerator() {
    // Pairs of (1,1) (1,2) (2,2) (3,3): one tied in x, one tied in y, four concordant of six.
    assertThat(KendallTau.of(new double[] {1, 1, 2, 3}, new double[] {1, 2, 2, 3}))
        .isCloseTo(4 / Math.sqrt(5.0 * 5.0), within(1e-15));
    // Pairs of (1,3) (2,1) (2,1) (4,2): one tied in both, two concordant, three discordant of six.
    assertThat(KendallTau.of(new double[] {1, 2, 2, 4}, new double[] {3, 1, 1, 2}))
        .isCloseTo(-1 / Math.sqrt(5.0 * 5.0), within(1e-15));
  }

  @ParameterizedTest
  @RandomSeeds(500)
  void agreesWithTheDefinitionWhateverTheTies(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[2 + random.nextInt(29)];
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      x[i] = random.nextInt(7);
      y[i] = x[i] / 2 + random.nextInt(4);
    }
    double expected = byDefinition(x, y);
    if (Double.isNaN(expected)) {
      assertThat(KendallTau.of(x, y)).isNaN();
    } else {
      assertThat(KendallTau.of(x, y)).isCloseTo(expected, within(1e-12));
    }
  }

  private static double byDefinition(double[] x, double[] y) {
    double sum = 0;
    double untiedX = 0;
    double untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double a = Math.signum(x[i] - x[j]);
        double b = Math.signum(y[i] - y[j]);
        sum += a * b;
        untiedX += a * a;
        untiedY += b * b;
      }
    }
    return sum / Math.sqrt(untiedX * untiedY);
  }

  /** Kendall 1938: over all orders the mean is 0 and the variance 2(2n + 5)/(9n(n − 1)). */
  @Test
  void hasTheExactDistributionOfIndependenceInSmallSamples() {
    for (int n = 2; n <= 6; n++) {
      double[] x = new double[n];
      List<Integer> left = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        x[i] = i;
        left.add(i);
      }
      List<Double> all = new ArrayList<>();
      permute(x, new double[n], left, all);
      double mean = all.stream().mapToDouble(t -> t).average().orElseThrow();
      double variance = all.stream().mapToDouble(t -> t * t).average().orElseThrow();
      assertThat(mean).isCloseTo(0, within(1e-12));
      assertThat(variance).isCloseTo(2.0 * (2 * n + 5) / (9.0 * n * (n - 1)), within(1e-12));
    }
  }

  private static void permute(double[] x, double[] y, List<Integer> left, List<Double> all) {
    if (left.isEmpty()) {
      all.add(KendallTau.of(x, y));
      return;
    }
    for (Integer value : left) {
      List<Integer> rest = new ArrayList<>(left);
      rest.remove(value);
      y[left.size() - 1] = value;
      permute(x, y, rest, all);
    }
  }

  @Test
  void constantSamplesHaveNoCorrelationAndNegativeZeroIsZero() {
    assertThat(KendallTau.of(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
    assertThat(KendallTau.of(new double[] {0.0, -0.0, 1}, new double[] {1, 2, 3}))
        .isEqualTo(KendallTau.of(new double[] {0, 0, 1}, new double[] {1, 2, 3}));
  }

  @Test
  void refusesSamplesThatAreNoPairsOrNoNumbers() {
    assertThatThrownBy(() -> KendallTau.of(new double[] {1, 2}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2) and (1)");
    assertThatThrownBy(() -> KendallTau.of(new double[] {1, Double.NaN}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
