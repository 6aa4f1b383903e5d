package org.netloom.deepnets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.Genotype.Edge;
import org.netloom.architecture.InputShape;
import org.netloom.graph.DeepNetsParameters;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.DeepNetsRules;

class DeepNetsGeneratorTest {
  private static final InputShape LARGE = new InputShape(3, 224, 224);
  private static final int SOME = 400;

  private static List<NetworkEntry.Generated> networks(NetworkSplit split, long seed) {
    DeepNetsGenerator generator = new DeepNetsGenerator(split, seed);
    return LongStream.range(0, SOME)
        .mapToObj(i -> (NetworkEntry.Generated) generator.draw(i).network())
        .toList();
  }

  /** The constants of the released generator (Knyazev et al. 2021). */
  @ParameterizedTest
  @CsvSource({
    "TRAIN, 1, 4, 4, 18, 10000000",
    "VAL, 1, 4, 4, 18, 10000000",
    "DEEP, 1, 4, 10, 36, 100000000",
    "DENSE, 2, 10, 4, 18, 100000000",
    "BNFREE, 1, 4, 4, 18, 10000000",
    "SEARCH, 1, 6, 6, 20, 10000000"
  })
  void networksKeepTheConstantsOfTheirSplitAndReachThem(
      NetworkSplit split, int fewestSteps, int mostSteps, int fewest, int most, long cap) {
    List<NetworkEntry.Generated> networks = networks(split, 5);
    List<DeepNetsArchitecture> all = networks.stream().map(NetworkEntry.Generated::base).toList();
    assertThat(all).extracting(DeepNetsArchitecture::cells).contains(fewest, most);
    assertThat(all).allMatch(a -> a.cells() >= fewest && a.cells() <= most);
    assertThat(all).allMatch(a -> steps(a) >= fewestSteps && steps(a) <= mostSteps);
    assertThat(all).anyMatch(a -> steps(a) == fewestSteps).anyMatch(a -> steps(a) > fewestSteps);
    assertThat(all).allMatch(a -> a.channels() == 32 && a.fcDim() == 256);
    assertThat(networks).allMatch(n -> Math.max(n.smallParameters(), n.largeParameters()) <= cap);
  }

  @ParameterizedTest
  @EnumSource(names = "PREDEFINED", mode = EnumSource.Mode.EXCLUDE)
  void networksObeyTheRules(NetworkSplit split) {
    for (NetworkEntry.Generated network : networks(split, 6)) {
      DeepNetsArchitecture a = network.base();
      assertThat(DeepNetsRules.violation(a)).isEmpty();
      assertThat(a.preprocess() || (steps(a) == 1 && a.channelMultiplier() == 1)).isTrue();
      assertThat(a.globalAverage() || !a.isVit()).isTrue();
      assertThat(a.stemPool() && a.stemType() == 1).isFalse();
      assertThat(a.genotype().normalConcat()).contains(steps(a) + 1).isSorted();
      assertThat(a.genotype().reduceConcat()).isEqualTo(a.genotype().normalConcat());
      if (steps(a) == 1) {
        assertThat(a.genotype().uses(CellOperation.NONE)).isFalse();
      }
      for (List<Edge> cell : List.of(a.genotype().normal(), a.genotype().reduce())) {
        for (int i = 0; i < cell.size(); i += 2) {
          assertThat(cell.get(i).input()).isNotEqualTo(cell.get(i + 1).input());
        }
      }
      if (split == NetworkSplit.BNFREE || split == NetworkSplit.SEARCH) {
        assertThat(a.norm()).isEqualTo(split == NetworkSplit.BNFREE ? Norm.NONE : Norm.BATCH_NORM);
      }
    }
  }

  private static int steps(DeepNetsArchitecture a) {
    return a.genotype().normal().size() / 2;
  }

  @Test
  void aNetworkDependsOnSplitSeedAndIndexAlone() {
    List<NetworkEntry.Generated> networks = networks(NetworkSplit.TRAIN, 7);
    assertThat(new DeepNetsGenerator(NetworkSplit.TRAIN, 7).draw(123).network())
        .isEqualTo(networks.get(123));
    assertThat(networks(NetworkSplit.TRAIN, 8)).isNotEqualTo(networks);
    assertThat(networks(NetworkSplit.TEST, 7)).isNotEqualTo(networks);
    assertThat(networks.stream().map(n -> n.base().id()).distinct().count())
        .isGreaterThan(SOME * 95 / 100);
  }

  /** Ids of our own first release: a set must stay what papers and files say it is. */
  @Test
  void thePublishedSeedsGiveTheSameNetworksForEver() {
    NetworkSet train = NetworkSet.open("train");
    NetworkSet deep = NetworkSet.open("deep");
    assertThat(train.network(3).architecture(10, InputShape.CIFAR).id()).startsWith("0f0f28477dfe");
    assertThat(deep.network(99).architecture(10, InputShape.CIFAR).id()).startsWith("569eeeb6de92");
  }

  @ParameterizedTest
  @EnumSource(names = {"VAL", "TEST", "DEEP", "DENSE", "BNFREE"})
  void networksAreEvaluatedAtTheSmallestMultipleOf16ThatGivesEnoughParameters(NetworkSplit split) {
    for (NetworkEntry.Generated network : networks(split, 9).subList(0, 50)) {
      enough(network.architecture(10, InputShape.CIFAR));
      enough(network.architecture(1000, LARGE));
    }
  }

  private static void enough(DeepNetsArchitecture a) {
    int width = a.channels();
    assertThat(width % 16).isZero();
    assertThat(DeepNetsParameters.count(a)).isGreaterThanOrEqualTo(2_500_000);
    if (width > 16) {
      assertThat(DeepNetsParameters.count(a.widened(width - 16, a.fcDim()))).isLessThan(2_500_000);
    }
  }

  @Test
  void wideNetworksAreThoseOfTheTestSplitWithFourTimesTheChannelsOrTwice() {
    NetworkSet wide = NetworkSet.open("wide");
    NetworkSet test = NetworkSet.open("test");
    assertThat(wide.size()).isEqualTo(100);
    for (int i = 0; i < 100; i += 9) {
      NetworkEntry.Generated narrow = (NetworkEntry.Generated) test.network(i);
      NetworkEntry.Generated broad = (NetworkEntry.Generated) wide.network(i);
      assertThat(broad.base()).isEqualTo(narrow.base());
      assertThat(broad.smallWidth()).isEqualTo(4 * narrow.smallWidth());
      assertThat(broad.largeWidth()).isEqualTo(2 * narrow.largeWidth());
    }
  }

  @Test
  void networksForTrainingAndSearchKeepTheirWidth() {
    NetworkSet train = NetworkSet.open("train");
    NetworkSet search = NetworkSet.open("search");
    assertThat(train.size()).isEqualTo(1_000_000);
    assertThat(search.size()).isEqualTo(100_000);
    for (NetworkSet set : List.of(train, search)) {
      NetworkEntry last = set.network(set.size() - 1);
      DeepNetsArchitecture a = (DeepNetsArchitecture) last.architecture(10, InputShape.CIFAR);
      assertThat(a.channels()).isEqualTo(32);
      assertThat(GraphBuilder.build(a).classes()).isEqualTo(10);
    }
  }
}
