package org.netloom.deepnets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.graph.Primitive;

/**
 * Generated splits have the figures of the published ones, within three standard errors of the
 * difference (Knyazev et al. 2021: figures recorded in the released notebook, and 200 training
 * networks drawn anew with the released generator). {@code docs/deepnets.md} has the full table.
 */
class DistributionTest {
  /** Drawn anew with the released generator: so many networks, from so many draws. */
  private static final int DRAWN_ANEW = 200;

  private static final double DRAWS = 237;

  /** Percentages among the nodes of those 200 networks, to one decimal. */
  private static final Map<Primitive, Double> SHARES = new EnumMap<>(Primitive.class);

  static {
    SHARES.put(Primitive.CONV, 35.8);
    SHARES.put(Primitive.BN, 24.8);
    SHARES.put(Primitive.SUM, 11.4);
    SHARES.put(Primitive.BIAS, 6.5);
    SHARES.put(Primitive.SEP_CONV, 5.7);
    SHARES.put(Primitive.CONCAT, 3.8);
    SHARES.put(Primitive.LN, 2.6);
    SHARES.put(Primitive.DIL_CONV, 2.6);
    SHARES.put(Primitive.MAX_POOL, 1.9);
    SHARES.put(Primitive.AVG_POOL, 1.6);
    SHARES.put(Primitive.MSA, 1.3);
    SHARES.put(Primitive.CSE, 0.9);
    SHARES.put(Primitive.INPUT, 0.5);
    SHARES.put(Primitive.GLOB_AVG, 0.5);
    SHARES.put(Primitive.POS_ENC, 0.2);
  }

  private static SetStatistics statistics(NetworkSplit split, int networks)
      throws InterruptedException {
    NetworkSet set = NetworkSet.open(split.label());
    return SetStatistics.of(set, networks, 2, () -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "TRAIN, 300, 192.3, 94.9, 1000",
    "VAL, 100, 190.5, 94.4, 500",
    "TEST, 100, 185.5, 91.2, 500",
    "DEEP, 60, 391.2, 176.7, 100",
    "DENSE, 60, 355.1, 182.3, 100",
    "BNFREE, 100, 135.1, 78.1, 100"
  })
  void nodeCountsAreThePublishedOnes(
      NetworkSplit split, int networks, double mean, double deviation, int published)
      throws InterruptedException {
    SetStatistics.Spread nodes = statistics(split, networks).nodes();
    double error =
        Math.sqrt(
            deviation * deviation / published + nodes.deviation() * nodes.deviation() / networks);
    assertThat(nodes.mean()).isCloseTo(mean, within(3 * error));
  }

  @Test
  void sharesOfNodeTypesAreThoseOfTheReleasedGenerator() throws InterruptedException {
    SetStatistics figures = statistics(NetworkSplit.TRAIN, 300);
    SHARES.forEach(
        (kind, percent) -> {
          double own = 100 * figures.shareErrors().getOrDefault(kind, 0.0);
          double error = own * Math.sqrt(1 + figures.networks() / (double) DRAWN_ANEW);
          assertThat(100 * figures.shares().getOrDefault(kind, 0.0))
              .as(kind.label())
              .isCloseTo(percent, within(3 * error + 0.05));
        });
    assertThat(SHARES.values().stream().mapToDouble(p -> p).sum()).isCloseTo(100, within(0.5));
  }

  @Test
  void asManyDrawsAreAcceptedAsByTheReleasedGenerator() {
    DeepNetsGenerator generator = new DeepNetsGenerator(NetworkSplit.TRAIN, 1);
    int networks = 3000;
    int draws = networks;
    int operations = 0;
    int nothing = 0;
    for (int i = 0; i < networks; i++) {
      List<String> rejected = generator.draw(i).rejected();
      draws += rejected.size();
      for (String reason : rejected) {
        nothing += reason.equals("nothing learnable") ? 1 : 0;
        operations += reason.matches("squeeze-excite.*|more than one.*") ? 1 : 0;
      }
    }
    check(networks, draws, DRAWN_ANEW);
    check(operations, draws, 33);
    check(nothing, draws, 3);
  }

  private static void check(int own, int draws, int published) {
    double both = (own + published) / (draws + DRAWS);
    double error = Math.sqrt(both * (1 - both) * (1.0 / draws + 1 / DRAWS));
    assertThat(own / (double) draws).isCloseTo(published / DRAWS, within(3 * error));
  }
}
