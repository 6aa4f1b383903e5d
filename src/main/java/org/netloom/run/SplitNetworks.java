package org.netloom.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Batches;
import org.netloom.deepnets.NetworkEntry;
import org.netloom.deepnets.NetworkSet;
import org.netloom.deepnets.TrainingWidths;
import org.netloom.ghn.TrainingNetworks;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.PrimitiveGraph;

/**
 * The published sampling of training networks (Knyazev et al. 2021, released code): endless random
 * permutations of a set in consecutive groups, the last one of a permutation perhaps smaller; a
 * group with too many nodes is passed over. Widths are drawn each time a network is met.
 */
final class SplitNetworks implements TrainingNetworks {
  /** Most nodes of a group. */
  static final int MOST_NODES = 2200;

  private static final long ORDER = 0x3C6EF372FE94F82BL;
  private static final long WIDTHS = 0xA54FF53A5F1D36F1L;

  private final NetworkSet set;
  private final int metaBatch;
  private final int classes;
  private final InputShape input;
  private final long seed;
  private final int groups;
  private int[] order = new int[0];
  private long permutation = -1;

  SplitNetworks(NetworkSet set, int metaBatch, int classes, InputShape input, long seed) {
    this.set = set;
    this.metaBatch = metaBatch;
    this.classes = classes;
    this.input = input;
    this.seed = seed;
    this.groups = Math.ceilDiv(Math.toIntExact(set.size()), metaBatch);
  }

  @Override
  public Group group(long place) {
    for (long at = place; at < place + 2L * groups; at++) {
      List<ComputationalGraph> networks = networks(at);
      if (networks.stream().mapToInt(SplitNetworks::nodes).sum() <= MOST_NODES) {
        return new Group(networks, new SplittableRandom(seed ^ ~at).nextLong(), at + 1);
      }
    }
    throw new InputException(
        "All groups of (%d) networks have more than %d nodes.%n  Maybe a smaller meta_batch?"
            .formatted(metaBatch, MOST_NODES));
  }

  @Override
  public boolean retries() {
    return true;
  }

  private List<ComputationalGraph> networks(long place) {
    long which = place / groups;
    if (which != permutation) {
      order = Batches.permutation(Math.toIntExact(set.size()), seed ^ ORDER, (int) which);
      permutation = which;
    }
    int from = (int) (place % groups) * metaBatch;
    SplittableRandom widths = new SplittableRandom(seed * WIDTHS + place);
    List<ComputationalGraph> networks = new ArrayList<>();
    for (int i = from; i < Math.min(order.length, from + metaBatch); i++) {
      networks.add(GraphBuilder.build(widened(set.network(order[i]), widths)));
    }
    return networks;
  }

  private Architecture widened(NetworkEntry network, SplittableRandom random) {
    return switch (network) {
      case NetworkEntry.Generated generated ->
          TrainingWidths.draw(generated, classes, input, random);
      case NetworkEntry.Predefined predefined -> predefined.architecture(classes, input);
    };
  }

  private static int nodes(ComputationalGraph graph) {
    return PrimitiveGraph.of(graph).nodes().size();
  }
}
