package org.netloom.graph;

import java.util.Arrays;

/**
 * All pairs of nodes within a distance along directed edges, in compressed rows: the sources of
 * node v are {@code inNode[inStart[v]..inStart[v+1])}, ascending, with their distance to v beside
 * them; its targets likewise.
 */
public record Distances(
    int[] inStart,
    int[] inNode,
    int[] inDistance,
    int[] outStart,
    int[] outNode,
    int[] outDistance) {

  /** Number of pairs. */
  public int count() {
    return inNode.length;
  }

  /** Breadth-first search from every node of a graph given by its targets. */
  static Distances of(int[][] targets, int cutoff) {
    int n = targets.length;
    int[] inStart = new int[n + 1];
    int[] outStart = new int[n + 1];
    int[][] reached = new int[n][];
    int[][] distances = new int[n][];
    int[] distance = new int[n];
    int[] queue = new int[n];
    for (int u = 0; u < n; u++) {
      int count = search(targets, cutoff, u, distance, queue);
      int[] nodes = Arrays.copyOfRange(queue, 1, count);
      Arrays.sort(nodes);
      int[] along = new int[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        along[i] = distance[nodes[i]];
        distance[nodes[i]] = 0;
        inStart[nodes[i] + 1]++;
      }
      outStart[u + 1] = nodes.length;
      reached[u] = nodes;
      distances[u] = along;
    }
    for (int v = 0; v < n; v++) {
      inStart[v + 1] += inStart[v];
      outStart[v + 1] += outStart[v];
    }
    int[] inNode = new int[inStart[n]];
    int[] inDistance = new int[inStart[n]];
    int[] outNode = new int[inStart[n]];
    int[] outDistance = new int[inStart[n]];
    int[] next = inStart.clone();
    for (int u = 0; u < n; u++) {
      System.arraycopy(reached[u], 0, outNode, outStart[u], reached[u].length);
      System.arraycopy(distances[u], 0, outDistance, outStart[u], reached[u].length);
      for (int i = 0; i < reached[u].length; i++) {
        int at = next[reached[u][i]]++;
        inNode[at] = u;
        inDistance[at] = distances[u][i];
      }
    }
    return new Distances(inStart, inNode, inDistance, outStart, outNode, outDistance);
  }

  /**
   * Fills the queue with the start and all nodes within the cutoff, and their distances.
   *
   * @param distance zeros on entry
   * @return length of the queue
   */
  private static int search(int[][] targets, int cutoff, int start, int[] distance, int[] queue) {
    int head = 0;
    int tail = 0;
    queue[tail++] = start;
    while (head < tail) {
      int v = queue[head++];
      if (distance[v] == cutoff) {
        break;
      }
      for (int w : targets[v]) {
        if (distance[w] == 0 && w != start) {
          distance[w] = distance[v] + 1;
          queue[tail++] = w;
        }
      }
    }
    return tail;
  }
}
