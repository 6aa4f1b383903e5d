package org.netloom.tensor;

import java.util.List;

/**
 * Edges of directed acyclic graphs side by side, with integer distances, in compressed rows: the
 * sources of node v are {@code inNode[inStart[v]..inStart[v+1])} in ascending order with {@code
 * inDistance} beside them, its targets likewise. The nodes of a graph follow one another in
 * topological order, and no edge leaves its graph.
 *
 * @param starts first node of each graph, and the number of all nodes
 */
public record GraphEdges(
    int[] starts,
    int[] inStart,
    int[] inNode,
    int[] inDistance,
    int[] outStart,
    int[] outNode,
    int[] outDistance) {

  /** The edges of one graph. */
  public static GraphEdges of(
      int nodes,
      int[] inStart,
      int[] inNode,
      int[] inDistance,
      int[] outStart,
      int[] outNode,
      int[] outDistance) {
    return new GraphEdges(
        new int[] {0, nodes}, inStart, inNode, inDistance, outStart, outNode, outDistance);
  }

  /** All graphs side by side, their nodes numbered on. */
  public static GraphEdges union(List<GraphEdges> all) {
    if (all.size() == 1) {
      return all.getFirst();
    }
    int nodes = all.stream().mapToInt(GraphEdges::nodes).sum();
    int edges = all.stream().mapToInt(e -> e.inNode.length).sum();
    int[] starts = new int[all.stream().mapToInt(GraphEdges::graphs).sum() + 1];
    GraphEdges union =
        new GraphEdges(
            starts,
            new int[nodes + 1],
            new int[edges],
            new int[edges],
            new int[nodes + 1],
            new int[edges],
            new int[edges]);
    int graph = 0;
    int node = 0;
    int edge = 0;
    for (GraphEdges part : all) {
      shift(part.starts, starts, graph, node);
      shift(part.inStart, union.inStart, node, edge);
      shift(part.outStart, union.outStart, node, edge);
      shift(part.inNode, union.inNode, edge, node);
      shift(part.outNode, union.outNode, edge, node);
      shift(part.inDistance, union.inDistance, edge, 0);
      shift(part.outDistance, union.outDistance, edge, 0);
      graph += part.graphs();
      node += part.nodes();
      edge += part.inNode.length;
    }
    return union;
  }

  private static void shift(int[] from, int[] to, int at, int by) {
    for (int i = 0; i < from.length; i++) {
      to[at + i] = from[i] + by;
    }
  }

  /** Number of graphs. */
  public int graphs() {
    return starts.length - 1;
  }

  /** Number of nodes of all graphs. */
  public int nodes() {
    return starts[starts.length - 1];
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
