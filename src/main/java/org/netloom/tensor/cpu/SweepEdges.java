package org.netloom.tensor.cpu;

import java.util.Arrays;

/**
 * The edges along which the messages of one sweep come, by the node that they come to: all of them,
 * and again those of distance 1, which are few.
 *
 * @param start first edge of each node in {@code node}, and the end
 * @param node at the other end
 * @param distance of each edge
 * @param nearStart first edge of each node in {@code near}, and the end
 * @param near nodes at distance 1
 * @param shares 1/d by distance d
 */
record SweepEdges(
    int[] start, int[] node, int[] distance, int[] nearStart, int[] near, float[] shares) {

  static SweepEdges of(int[] start, int[] node, int[] distance) {
    int longest = 0;
    for (int d : distance) {
      longest = Math.max(longest, d);
    }
    float[] shares = new float[longest + 1];
    for (int d = 1; d <= longest; d++) {
      shares[d] = 1f / d;
    }
    int[] nearStart = new int[start.length];
    int[] near = new int[node.length];
    int count = 0;
    for (int v = 0; v + 1 < start.length; v++) {
      for (int e = start[v]; e < start[v + 1]; e++) {
        if (distance[e] == 1) {
          near[count++] = node[e];
        }
      }
      nearStart[v + 1] = count;
    }
    return new SweepEdges(start, node, distance, nearStart, Arrays.copyOf(near, count), shares);
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
