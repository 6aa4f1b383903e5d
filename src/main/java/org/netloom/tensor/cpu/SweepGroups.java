package org.netloom.tensor.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphLevels;

/**
 * Graphs in as many groups as there are threads, of about the same work. A graph's states do not
 * depend on its company, so the groups may be any.
 *
 * @param levels of each group in the forward sweep (0) and in the backward sweep (1)
 * @param cost multiply-adds of all
 */
record SweepGroups(List<List<GraphLevels>> levels, long cost) {

  /** The costliest graph first, each to the group that has the least so far. */
  static SweepGroups of(SweepPlaces p, int threads) {
    GraphEdges edges = p.edges();
    long node = 6L * p.h() * p.h();
    for (SweepPlaces.Mlp mlp : p.mlps()) {
      node += 2L * mlp.hidden() * p.h();
    }
    long[] costs = new long[edges.graphs()];
    long all = 0;
    for (int g = 0; g < costs.length; g++) {
      int from = edges.starts()[g];
      int to = edges.starts()[g + 1];
      long messages = edges.inStart()[to] - edges.inStart()[from];
      costs[g] = 2 * ((to - from) * node + messages * p.h());
      all += costs[g];
    }
    int groups = Math.min(threads, costs.length);
    long[] loads = new long[groups];
    List<List<Integer>> members = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      members.add(new ArrayList<>());
    }
    IntStream.range(0, costs.length)
        .boxed()
        .sorted(Comparator.comparingLong(g -> -costs[g]))
        .forEach(
            g -> {
              int least = 0;
              for (int i = 1; i < groups; i++) {
                least = loads[i] < loads[least] ? i : least;
              }
              loads[least] += costs[g];
              members.get(least).add(g);
            });
    return new SweepGroups(members.stream().map(m -> levels(edges, m)).toList(), all);
  }

  private static List<GraphLevels> levels(GraphEdges edges, List<Integer> members) {
    int[] graphs = members.stream().mapToInt(Integer::intValue).toArray();
    return List.of(GraphLevels.of(edges, graphs, true), GraphLevels.of(edges, graphs, false));
  }

  /** Number of groups. */
  int count() {
    return levels.size();
  }

  /** Levels of one group in the forward (0) or backward (1) sweep. */
  GraphLevels levels(int group, int sweep) {
    return levels.get(group).get(sweep);
  }
}
