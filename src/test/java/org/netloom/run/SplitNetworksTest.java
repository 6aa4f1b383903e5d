package org.netloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.deepnets.NetworkSet;
import org.netloom.deepnets.NetworkSplit;
import org.netloom.deepnets.SetGeneration;
import org.netloom.ghn.TrainingNetworks.Group;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.PrimitiveGraph;

class SplitNetworksTest {
  private static final int NETWORKS = 10;
  private static final NetworkSet SET = SetGeneration.draw(NetworkSplit.TRAIN, 1, NETWORKS);

  private static SplitNetworks of(NetworkSet set, int metaBatch) {
    return new SplitNetworks(set, metaBatch, 7, InputShape.CIFAR, 5);
  }

  private static List<Integer> nodes(Group group) {
    return group.networks().stream().map(g -> PrimitiveGraph.of(g).nodes().size()).toList();
  }

  @Test
  void everyPermutationHasEachNetworkOnceAndTheNextIsAnother() {
    SplitNetworks networks = of(SET, 4);
    Set<List<Integer>> orders = new HashSet<>();
    Set<List<Integer>> sorted = new HashSet<>();
    long place = 0;
    for (int permutation = 0; permutation < 3; permutation++) {
      List<Integer> seen = new ArrayList<>();
      for (int size : new int[] {4, 4, 2}) {
        Group group = networks.group(place);
        assertThat(group.networks()).hasSize(size);
        assertThat(group.next()).isEqualTo(place + 1);
        seen.addAll(nodes(group));
        place = group.next();
      }
      orders.add(List.copyOf(seen));
      sorted.add(seen.stream().sorted().toList());
    }
    assertThat(orders).hasSize(3);
    assertThat(sorted).hasSize(1);
  }

  @Test
  void aGroupDependsOnItsPlaceAloneAndWidthsAreDrawnAnew() {
    List<ComputationalGraph> known = of(SET, 5).group(3).networks();
    SplitNetworks other = of(SET, 5);
    other.group(0);
    assertThat(other.group(3).networks().stream().map(ComputationalGraph::parameters).toList())
        .isEqualTo(known.stream().map(ComputationalGraph::parameters).toList());
    assertThat(other.group(3).dropoutSeed()).isNotEqualTo(other.group(1).dropoutSeed());
    assertThat(known).allMatch(graph -> graph.classes() == 7);
    Set<Long> sizes = new TreeSet<>();
    for (int permutation = 0; permutation < 4; permutation++) {
      sizes.add(
          of(SET, NETWORKS).group(permutation).networks().stream()
              .mapToLong(graph -> Cost.of(graph).parameters())
              .sum());
    }
    assertThat(sizes).hasSizeGreaterThan(1);
  }

  @Test
  void groupsOfTooManyNodesArePassedOver() {
    NetworkSet deep = SetGeneration.draw(NetworkSplit.DEEP, 1, 40);
    SplitNetworks networks = of(deep, 6);
    int passed = 0;
    for (long place = 0; place < 30; ) {
      Group group = networks.group(place);
      assertThat(nodes(group).stream().mapToInt(Integer::intValue).sum())
          .isLessThanOrEqualTo(SplitNetworks.MOST_NODES);
      passed += (int) (group.next() - place - 1);
      place = group.next();
    }
    assertThat(passed).isPositive();
    assertThatThrownBy(() -> of(deep, 40).group(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("All groups of (40) networks have more than 2200 nodes");
  }
}
