package org.netloom.graph;

import java.util.List;

/**
 * The primitive-level view of a network that the hypernetwork reads: nodes in topological order,
 * node 0 the input, the last two with tensors the classifier's weight and bias.
 *
 * @param edges pairs (source, target), ordered by source, then target
 */
public record PrimitiveGraph(List<PrimitiveNode> nodes, List<Edge> edges) {

  /** A directed edge along the forward pass. */
  public record Edge(int source, int target) {}

  public PrimitiveGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** The view of a network. */
  public static PrimitiveGraph of(ComputationalGraph graph) {
    return new PrimitiveExpansion(graph).run();
  }

  /** All pairs of nodes with a shortest directed path of 1 to cutoff edges. */
  public Distances distances(int cutoff) {
    int[] count = new int[nodes.size()];
    edges.forEach(edge -> count[edge.source()]++);
    int[][] targets = new int[nodes.size()][];
    for (int v = 0; v < targets.length; v++) {
      targets[v] = new int[count[v]];
    }
    int[] at = new int[targets.length];
    edges.forEach(edge -> targets[edge.source()][at[edge.source()]++] = edge.target());
    return Distances.of(targets, cutoff);
  }
}
