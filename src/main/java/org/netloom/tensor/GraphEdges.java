package org.netloom.tensor;

/**
 * Edges of a directed acyclic graph with integer distances, in compressed rows: the sources of node
 * v are {@code inNode[inStart[v]..inStart[v+1])} in ascending order with {@code inDistance} beside
 * them, its targets likewise. Nodes are in topological order.
 */
public record GraphEdges(
    int nodes,
    int[] inStart,
    int[] inNode,
    int[] inDistance,
    int[] outStart,
    int[] outNode,
    int[] outDistance) {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
