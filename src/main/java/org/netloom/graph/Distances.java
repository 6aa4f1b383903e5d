package org.netloom.graph;

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
    int[][] distance = new int[n][];
    int[] inStart = new int[n + 1];
    int[] outStart = new int[n + 1];
    int[] queue = new int[n];
    for (int u = 0; u < n; u++) {
      int[] from = new int[n];
      int head = 0;
      int tail = 0;
      queue[tail++] = u;
      while (head < tail) {
        int v = queue[head++];
        if (from[v] == cutoff) {
          break;
        }
        for (int w : targets[v]) {
          if (from[w] == 0 && w != u) {
            from[w] = from[v] + 1;
            queue[tail++] = w;
            inStart[w + 1]++;
            outStart[u + 1]++;
          }
        }
      }
      distance[u] = from;
    }
    for (int v = 0; v < n; v++) {
      inStart[v + 1] += inStart[v];
      outStart[v + 1] += outStart[v];
    }
    int pairs = inStart[n];
    int[] inNode = new int[pairs];
    int[] inDistance = new int[pairs];
    int[] outNode = new int[pairs];
    int[] outDistance = new int[pairs];
    int[] next = inStart.clone();
    int at = 0;
    for (int u = 0; u < n; u++) {
      for (int v = 0; v < n; v++) {
        int d = distance[u][v];
        if (d > 0) {
          outNode[at] = v;
          outDistance[at++] = d;
          inNode[next[v]] = u;
          inDistance[next[v]++] = d;
        }
      }
    }
    return new Distances(inStart, inNode, inDistance, outStart, outNode, outDistance);
  }
}
