package org.netloom.ranking;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Kendall's τ-b (Kendall 1945): (concordant − discordant pairs) / √((n₀ − n₁)(n₀ − n₂)), where n₀
 * is the number of pairs and n₁, n₂ those that are tied in x and in y. Counted in O(n log n) by a
 * merge sort (Knight 1966).
 */
public final class KendallTau {
  private KendallTau() {}

  /**
   * The correlation, −1 to 1; NaN if x or y is constant.
   *
   * @throws IllegalArgumentException unless both have the same two or more numbers
   */
  public static double of(double[] x, double[] y) {
    Samples.check(x, y);
    int n = x.length;
    long[] order = new long[n];
    int[] first = places(x);
    int[] second = places(y);
    for (int i = 0; i < n; i++) {
      order[i] = (long) first[i] << Integer.SIZE | second[i];
    }
    Arrays.sort(order);
    for (int i = 0; i < n; i++) {
      first[i] = (int) (order[i] >> Integer.SIZE);
      second[i] = (int) order[i];
    }
    long all = (long) n * (n - 1) / 2;
    long tiedX = tied(n, i -> first[i] == first[i - 1]);
    long tiedBoth = tied(n, i -> order[i] == order[i - 1]);
    long discordant = sortCountingSwaps(second, new int[n], 0, n);
    long tiedY = tied(n, i -> second[i] == second[i - 1]);
    long difference = all - tiedX - tiedY + tiedBoth - 2 * discordant;
    return difference / StrictMath.sqrt((double) (all - tiedX) * (all - tiedY));
  }

  /** Small numbers in the order of the values, the same one for equal values. */
  private static int[] places(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = values[i] + 0.0; // −0.0 and 0.0 are tied, but sorting tells them apart
    }
    Arrays.sort(sorted);
    int[] places = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      places[i] = Arrays.binarySearch(sorted, values[i] + 0.0);
    }
    return places;
  }

  /** Pairs within runs of elements that equal the one before. */
  private static long tied(int n, IntPredicate equalsBefore) {
    long pairs = 0;
    int before = 0;
    for (int i = 1; i < n; i++) {
      before = equalsBefore.test(i) ? before + 1 : 0;
      pairs += before;
    }
    return pairs;
  }

  /** Sorts values[from..to) and counts by how many places elements jump over larger ones. */
  private static long sortCountingSwaps(int[] values, int[] space, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long swaps =
        sortCountingSwaps(values, space, from, middle)
            + sortCountingSwaps(values, space, middle, to);
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      if (right >= to || (left < middle && values[left] <= values[right])) {
        space[at] = values[left++];
      } else {
        space[at] = values[right++];
        swaps += middle - left;
      }
    }
    System.arraycopy(space, from, values, from, to - from);
    return swaps;
  }
}
