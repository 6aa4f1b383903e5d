package org.netloom.tensor.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.netloom.tensor.GraphEdges;

/**
 * Graphs in as many groups as there are threads, of about the same work. A graph's states do not
 * depend on its company, so the groups may be any.
 *
 * @param graphs indices of each group's graphs
 * @param cost multiply-adds of all
 */
record SweepGroups(List<int[]> graphs, long cost) {

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
    return new SweepGroups(
        members.stream().map(m -> m.stream().mapToInt(Integer::intValue).toArray()).toList(), all);
  }

  /** Runs a task for each group, over the threads where it pays. */
  void each(Parallel parallel, Consumer<int[]> task) {
    parallel.forRange(
        graphs.size(),
        cost,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            task.accept(graphs.get(i));
          }
        });
  }
}
