package org.netloom.deepnets;

import java.util.List;

/**
 * The constants of a split (Knyazev et al. 2021, released generator).
 *
 * @param mediumSteps most steps of a network with more cells than its threshold
 * @param maxSteps most steps of the others
 * @param deep thresholds, of which each network draws one
 * @param cap most parameters at 32 channels, for 32x32 and for 224x224 images
 */
record SplitRules(
    int minSteps,
    int mediumSteps,
    int maxSteps,
    int minCells,
    int maxCells,
    List<Integer> deep,
    long cap) {
  private static final List<Integer> USUAL = List.of(7, 8, 9, 10);

  static SplitRules of(NetworkSplit split) {
    return switch (split) {
      case TRAIN, VAL, TEST, WIDE, BNFREE -> new SplitRules(1, 2, 4, 4, 18, USUAL, 10_000_000);
      case DEEP -> new SplitRules(1, 2, 4, 10, 36, List.of(18), 100_000_000);
      case DENSE -> new SplitRules(2, 6, 10, 4, 18, USUAL, 100_000_000);
      case SEARCH -> new SplitRules(1, 3, 6, 6, 20, List.of(10), 10_000_000);
      case PREDEFINED ->
          throw new IllegalArgumentException("Networks of the literature are not drawn.");
    };
  }
}
