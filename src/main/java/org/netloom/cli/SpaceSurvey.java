package org.netloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Constraint;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

/**
 * What architectures drawn from a space look like.
 *
 * @param fraction of them that satisfies the constraints
 * @param low lower end of its 95 % interval (Wilson 1927)
 * @param high upper end
 */
record SpaceSurvey(
    int draws, double fraction, double low, double high, Spread macs, Spread parameters) {
  private static final double NORMAL_95 = 1.959964;

  /** Smallest, middle and largest of the drawn. */
  record Spread(long smallest, long median, long largest) {
    static Spread of(List<Long> values) {
      List<Long> sorted = values.stream().sorted().toList();
      return new Spread(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
    }
  }

  static SpaceSurvey of(SearchSpace space, List<Constraint> constraints, int draws, long seed) {
    Options.atLeastOne("--draws", draws);
    Sampler sampler = new Sampler(space);
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> macs = new ArrayList<>();
    List<Long> parameters = new ArrayList<>();
    int fitting = 0;
    for (int i = 0; i < draws; i++) {
      ComputationalGraph graph = GraphBuilder.build(sampler.sample(random));
      Cost cost = Cost.of(graph);
      macs.add(cost.macs());
      parameters.add(cost.parameters());
      fitting += constraints.stream().allMatch(c -> c.check(graph, cost).isEmpty()) ? 1 : 0;
    }
    double p = fitting / (double) draws;
    double z = NORMAL_95 * NORMAL_95 / draws;
    double middle = (p + z / 2) / (1 + z);
    double half = Math.sqrt(z * (p * (1 - p) + z / 4)) / (1 + z);
    return new SpaceSurvey(
        draws,
        p,
        Math.max(0, middle - half),
        Math.min(1, middle + half),
        Spread.of(macs),
        Spread.of(parameters));
  }
}
