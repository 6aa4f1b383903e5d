package org.netloom.tensor.opencl;

import java.util.stream.IntStream;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphLevels;

/**
 * The levels of one sweep, graph after graph: what a group of the device goes through.
 *
 * @param graphs first level of each graph, and the number of all levels
 * @param starts first place of each level in {@code nodes}, and the end
 * @param nodes in order of levels
 */
record SweepLevels(int[] graphs, int[] starts, int[] nodes) {

  static SweepLevels of(GraphEdges edges, boolean forward) {
    int[] graphs = new int[edges.graphs() + 1];
    IntStream.Builder starts = IntStream.builder();
    IntStream.Builder nodes = IntStream.builder();
    for (int g = 0; g < edges.graphs(); g++) {
      GraphLevels levels = GraphLevels.of(edges, new int[] {g}, forward);
      graphs[g + 1] = graphs[g] + levels.count();
      for (int l = 0; l < levels.count(); l++) {
        starts.add(edges.starts()[g] + levels.starts()[l]);
      }
      for (int node : levels.nodes()) {
        nodes.add(node);
      }
    }
    starts.add(edges.nodes());
    return new SweepLevels(graphs, starts.build().toArray(), nodes.build().toArray());
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
