package org.netloom.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures of a primitive graph by which published graphs are compared (Knyazev et al. 2021, table 1
 * and appendix A).
 *
 * @param nodes number of nodes
 * @param edges number of edges
 * @param distances number of ordered node pairs at each directed distance of 1 to {@value #CUTOFF}
 * @param meanDegree edges at a node, without direction: 2·edges/nodes
 * @param meanPath mean over all pairs of nodes of the shortest path without direction; NaN if some
 *     pair has none
 * @param histogram number of nodes of each kind that occurs, in the primitives' order
 */
public record GraphStatistics(
    int nodes,
    int edges,
    SortedMap<Integer, Integer> distances,
    double meanDegree,
    double meanPath,
    Map<Primitive, Integer> histogram) {

  /** Longest distance that is looked at: that of the hypernetwork's virtual edges. */
  public static final int CUTOFF = 50;

  public GraphStatistics {
    distances = Collections.unmodifiableSortedMap(new TreeMap<>(distances));
    histogram = Collections.unmodifiableMap(new EnumMap<>(histogram));
  }

  /** The figures of a graph. */
  public static GraphStatistics of(PrimitiveGraph graph) {
    Map<Primitive, Integer> histogram = new EnumMap<>(Primitive.class);
    graph.nodes().forEach(node -> histogram.merge(node.primitive(), 1, Integer::sum));
    SortedMap<Integer, Integer> distances = new TreeMap<>();
    for (int distance : graph.distances(CUTOFF).inDistance()) {
      distances.merge(distance, 1, Integer::sum);
    }
    int nodes = graph.nodes().size();
    int edges = graph.edges().size();
    return new GraphStatistics(
        nodes, edges, distances, 2.0 * edges / nodes, meanPath(nodes, graph.edges()), histogram);
  }

  /** Ordered pairs of nodes at a directed distance of at most {@value #CUTOFF}. */
  public int pairs() {
    return distances.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The largest directed distance within the cut-off; 0 without edges. */
  public int maxDistance() {
    return distances.isEmpty() ? 0 : distances.lastKey();
  }

  private static double meanPath(int nodes, List<PrimitiveGraph.Edge> edges) {
    int[] start = new int[nodes + 1];
    for (PrimitiveGraph.Edge edge : edges) {
      start[edge.source() + 1]++;
      start[edge.target() + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] next = start.clone();
    int[] neighbour = new int[start[nodes]];
    for (PrimitiveGraph.Edge edge : edges) {
      neighbour[next[edge.source()]++] = edge.target();
      neighbour[next[edge.target()]++] = edge.source();
    }
    long total = 0;
    for (int from = 0; from < nodes; from++) {
      long sum = sumOfPaths(from, start, neighbour);
      if (sum < 0) {
        return Double.NaN;
      }
      total += sum;
    }
    return (double) total / ((long) nodes * (nodes - 1));
  }

  /** Breadth-first search; -1 if it does not reach every node. */
  private static long sumOfPaths(int from, int[] start, int[] neighbour) {
    int nodes = start.length - 1;
    int[] distance = new int[nodes];
    Arrays.fill(distance, -1);
    int[] queue = new int[nodes];
    int end = 1;
    queue[0] = from;
    distance[from] = 0;
    long sum = 0;
    for (int head = 0; head < end; head++) {
      int v = queue[head];
      sum += distance[v];
      for (int i = start[v]; i < start[v + 1]; i++) {
        int w = neighbour[i];
        if (distance[w] < 0) {
          distance[w] = distance[v] + 1;
          queue[end++] = w;
        }
      }
    }
    return end == nodes ? sum : -1;
  }
}
