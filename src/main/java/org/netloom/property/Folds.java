package org.netloom.property;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A permutation of rows cut into folds whose sizes differ by one at most.
 *
 * @param members rows of each fold
 */
record Folds(int[][] members) {
  static final int COUNT = 5;

  /** A permutation (Fisher and Yates) that depends on the generator alone. */
  static Folds draw(int rows, RandomGenerator random) {
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    int[][] members = new int[COUNT][];
    for (int f = 0; f < COUNT; f++) {
      members[f] = Arrays.copyOfRange(order, rows * f / COUNT, rows * (f + 1) / COUNT);
    }
    return new Folds(members);
  }

  /** Rows of all other folds. */
  int[] others(int fold) {
    return IntStream.range(0, COUNT)
        .filter(f -> f != fold)
        .flatMap(f -> Arrays.stream(members[f]))
        .toArray();
  }
}
