package org.netloom.tensor;

/**
 * Nodes of some graphs in the topological levels of one sweep. The sources of a node are in earlier
 * levels, so that the nodes of a level, of whatever graph, can be updated together: the states are
 * those of updating one node after the other.
 *
 * @param starts first place of each level in {@code nodes}, and the end
 * @param nodes in order of levels, in each by graph and then ascending
 */
public record GraphLevels(int[] starts, int[] nodes) {

  /**
   * Levels of some graphs.
   *
   * @param graphs their indices among those of the edges
   * @param forward whether messages come along the edges, as in the forward sweep, or against them
   */
  public static GraphLevels of(GraphEdges edges, int[] graphs, boolean forward) {
    int[] start = forward ? edges.inStart() : edges.outStart();
    int[] source = forward ? edges.inNode() : edges.outNode();
    int[] level = new int[edges.nodes()];
    int levels = 0;
    int count = 0;
    for (int graph : graphs) {
      int first = edges.starts()[graph];
      int end = edges.starts()[graph + 1];
      count += end - first;
      for (int i = first; i < end; i++) {
        int v = forward ? i : first + end - 1 - i;
        for (int e = start[v]; e < start[v + 1]; e++) {
          level[v] = Math.max(level[v], level[source[e]] + 1);
        }
        levels = Math.max(levels, level[v] + 1);
      }
    }
    int[] starts = new int[levels + 1];
    for (int graph : graphs) {
      for (int v = edges.starts()[graph]; v < edges.starts()[graph + 1]; v++) {
        starts[level[v] + 1]++;
      }
    }
    for (int l = 0; l < levels; l++) {
      starts[l + 1] += starts[l];
    }
    int[] next = starts.clone();
    int[] nodes = new int[count];
    for (int graph : graphs) {
      for (int v = edges.starts()[graph]; v < edges.starts()[graph + 1]; v++) {
        nodes[next[level[v]]++] = v;
      }
    }
    return new GraphLevels(starts, nodes);
  }

  /** Number of levels. */
  public int count() {
    return starts.length - 1;
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
