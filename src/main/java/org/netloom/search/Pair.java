package org.netloom.search;

/** Two distinct input states of a step, the smaller one first; see {@code space.Encoding}. */
record Pair(int first, int second) {

  /** The pair at a place of the order (0,1), (0,2), (1,2), (0,3), …. */
  static Pair ofRank(int rank) {
    int rest = rank;
    int second = 1;
    while (rest >= second) {
      rest -= second++;
    }
    return new Pair(rest, second);
  }

  /** The place in that order. */
  int rank() {
    return second * (second - 1) / 2 + first;
  }
}
