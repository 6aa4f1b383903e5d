package org.netloom.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  /** Greiner's relation: τ of a bivariate normal sample is (2/π)·arcsin ρ. */
  @Test
  void intervalsHoldTheTrueCorrelationAboutAsOftenAsTheyClaim() {
    double rho = 0.6;
    double truth = 2 / Math.PI * Math.asin(rho);
    RandomGenerator random = new SplittableRandom(7);
    int trials = 300;
    int held = 0;
    for (int t = 0; t < trials; t++) {
      double[][] sample = normal(40, rho, random);
      RankCorrelation found = RankCorrelation.of("τ", KendallTau::of, sample[0], sample[1], 400, t);
      held += found.low() <= truth && truth <= found.high() ? 1 : 0;
    }
    // 95 % less what a percentile interval of 40 pairs and 300 trials may miss (2.5 σ = 3.1 %)
    assertThat(held / (double) trials).isBetween(0.90, 0.985);
  }

  @Test
  void theSameSeedGivesTheSameIntervalAndAnotherSeedNearlyTheSame() {
    double[][] sample = normal(60, 0.5, new SplittableRandom(1));
    RankCorrelation one = RankCorrelation.kendall(sample[0], sample[1], 5);
    assertThat(RankCorrelation.kendall(sample[0], sample[1], 5)).isEqualTo(one);
    RankCorrelation other = RankCorrelation.kendall(sample[0], sample[1], 6);
    assertThat(other.value()).isEqualTo(one.value());
    assertThat(other.low()).isCloseTo(one.low(), within(0.02));
    assertThat(other.high()).isCloseTo(one.high(), within(0.02));
    assertThat(one.low()).isLessThan(one.value());
    assertThat(one.high()).isGreaterThan(one.value());
  }

  @Test
  void moreConfidenceComesFromMorePairs() {
    double[][] few = normal(20, 0.5, new SplittableRandom(2));
    double[][] many = normal(320, 0.5, new SplittableRandom(2));
    // Width goes with 1/√n: a quarter for sixteen times the pairs.
    assertThat(width(RankCorrelation.kendall(many[0], many[1], 1)))
        .isBetween(
            0.15 * width(RankCorrelation.kendall(few[0], few[1], 1)),
            0.40 * width(RankCorrelation.kendall(few[0], few[1], 1)));
  }

  @Test
  void smallSamplesGiveWhatTheirPairsCanTell() {
    double[] x = {1, 2, 3};
    RankCorrelation agreeing = RankCorrelation.kendall(x, new double[] {4, 5, 6}, 1);
    assertThat(agreeing.low()).isEqualTo(1);
    assertThat(agreeing.high()).isEqualTo(1);
    RankCorrelation mixed = RankCorrelation.kendall(x, new double[] {4, 6, 5}, 1);
    assertThat(mixed.value()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(mixed.low()).isEqualTo(-1);
    assertThat(mixed.high()).isEqualTo(1);
    RankCorrelation constant = RankCorrelation.kendall(x, new double[] {4, 4, 4}, 1);
    assertThat(constant.value()).isNaN();
    assertThat(constant.low()).isNaN();
  }

  @Test
  void spearmanSharesMeanRanksAmongTies() {
    assertThat(SpearmanRho.ranks(new double[] {3, 1, 3, 2})).containsExactly(3.5, 1, 3.5, 2);
    assertThat(SpearmanRho.of(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1}))
        .isCloseTo(-1, within(1e-15));
    // 1 − 6·Σd²/(n(n² − 1)) with d = (1, 1, 1, 1, 0)
    assertThat(SpearmanRho.of(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}))
        .isCloseTo(1 - 6.0 * 4 / 120, within(1e-15));
  }

  @Test
  void saysItsIntervalInOneLine() {
    assertThat(new RankCorrelation("Kendall τ-b", 0.4123, 0.2, 0.59, 0.95, 40).describe())
        .isEqualTo("Kendall τ-b 0.412 (95 % interval 0.200 to 0.590, 40 pairs)");
  }

  private static double width(RankCorrelation correlation) {
    return correlation.high() - correlation.low();
  }

  private static double[][] normal(int n, double rho, RandomGenerator random) {
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextGaussian();
      y[i] = rho * x[i] + Math.sqrt(1 - rho * rho) * random.nextGaussian();
    }
    return new double[][] {x, y};
  }
}
