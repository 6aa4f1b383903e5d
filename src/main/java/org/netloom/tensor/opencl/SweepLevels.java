package org.netloom.tensor.opencl;

/**
 * Nodes of a sweep in levels: a node's sources are in earlier levels, so all nodes of a level can
 * be updated at once.
 *
 * @param starts first node of each level in {@code nodes}, and the end
 * @param nodes in order of levels, ascending in each
 */
record SweepLevels(int[] starts, int[] nodes) {

  /**
   * Levels from the sources of each node in compressed rows.
   *
   * @param ascending whether sources have smaller numbers (else larger ones)
   */
  static SweepLevels of(int[] start, int[] source, int count, boolean ascending) {
    int[] level = new int[count];
    int levels = 0;
    for (int i = 0; i < count; i++) {
      int v = ascending ? i : count - 1 - i;
      for (int e = start[v]; e < start[v + 1]; e++) {
        level[v] = Math.max(level[v], level[source[e]] + 1);
      }
      levels = Math.max(levels, level[v] + 1);
    }
    int[] starts = new int[levels + 1];
    for (int l : level) {
      starts[l + 1]++;
    }
    for (int l = 0; l < levels; l++) {
      starts[l + 1] += starts[l];
    }
    int[] next = starts.clone();
    int[] nodes = new int[count];
    for (int v = 0; v < count; v++) {
      nodes[next[level[v]]++] = v;
    }
    return new SweepLevels(starts, nodes);
  }

  int count() {
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
