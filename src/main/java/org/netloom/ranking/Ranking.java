package org.netloom.ranking;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The order of results: one that leaves nothing to chance. */
public final class Ranking {
  private Ranking() {}

  /**
   * Best first: the higher score, of equal scores the fewer MACs, of these the smaller id. A score
   * that is not a number comes last.
   *
   * @param score more is better
   * @param id unique, so that the order is total
   */
  public static <T> Comparator<T> order(
      ToDoubleFunction<T> score, ToLongFunction<T> macs, Function<T, String> id) {
    return Comparator.<T>comparingDouble(
            t -> {
              double value = score.applyAsDouble(t);
              return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
            })
        .thenComparingLong(macs)
        .thenComparing(id);
  }
}
