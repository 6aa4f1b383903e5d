package org.netloom.tensor.cpu;

/**
 * One vector for each node of a sweep, at equal distances in some array.
 *
 * @param base where the vector of node 0 starts
 * @param step from one node's vector to the next one's
 */
record SweepRows(int base, int step) {
  /** Where the vector of a node starts. */
  int at(int node) {
    return base + node * step;
  }

  /** Another part of the same rows. */
  SweepRows part(int offset) {
    return new SweepRows(base + offset, step);
  }
}
