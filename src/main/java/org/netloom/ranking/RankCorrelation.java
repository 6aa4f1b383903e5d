package org.netloom.ranking;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/**
 * A rank correlation with a bootstrap interval by the percentile method (Efron 1979): pairs are
 * drawn with replacement, the interval holds the middle part of the resampled statistics. It is an
 * approximation for a few dozen pairs or more. With fewer it is too narrow, and where all pairs
 * agree it is a single point, which claims more than the pairs can tell.
 *
 * @param statistic for example {@code Kendall τ-b}
 * @param value −1 to 1; NaN if one of the samples is constant
 * @param low lower end; NaN if fewer than half of the resamples have a value
 * @param high upper end
 * @param confidence for example 0.95
 * @param pairs number of pairs
 */
public record RankCorrelation(
    String statistic, double value, double low, double high, double confidence, int pairs) {
  /** Resamples of the usual interval. */
  public static final int RESAMPLES = 5000;

  private static final double CONFIDENCE = 0.95;

  /** Kendall's τ-b with a 95 % interval. */
  public static RankCorrelation kendall(double[] x, double[] y, long seed) {
    return of("Kendall τ-b", KendallTau::of, x, y, RESAMPLES, seed);
  }

  /** Spearman's ρ with a 95 % interval. */
  public static RankCorrelation spearman(double[] x, double[] y, long seed) {
    return of("Spearman ρ", SpearmanRho::of, x, y, RESAMPLES, seed);
  }

  static RankCorrelation of(
      String name,
      ToDoubleBiFunction<double[], double[]> statistic,
      double[] x,
      double[] y,
      int resamples,
      long seed) {
    double value = statistic.applyAsDouble(x, y);
    double[] sorted = resample(statistic, x, y, resamples, new SplittableRandom(seed));
    double tail = (1 - CONFIDENCE) / 2;
    boolean enough = sorted.length * 2 >= resamples;
    return new RankCorrelation(
        name,
        value,
        enough ? quantile(sorted, tail) : Double.NaN,
        enough ? quantile(sorted, 1 - tail) : Double.NaN,
        CONFIDENCE,
        x.length);
  }

  /** The statistic of resamples in ascending order; constant resamples have none. */
  private static double[] resample(
      ToDoubleBiFunction<double[], double[]> statistic,
      double[] x,
      double[] y,
      int resamples,
      SplittableRandom random) {
    double[] values = new double[resamples];
    double[] a = new double[x.length];
    double[] b = new double[x.length];
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < x.length; i++) {
        int drawn = random.nextInt(x.length);
        a[i] = x[drawn];
        b[i] = y[drawn];
      }
      values[r] = statistic.applyAsDouble(a, b);
    }
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /** Linear between the order statistics (Hyndman and Fan 1996, definition 7). */
  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** For example {@code Kendall τ-b 0.412 (95 % interval 0.201 to 0.589, 40 pairs)}. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s %.3f (%.0f %% interval %.3f to %.3f, %d pairs)",
        statistic,
        value,
        100 * confidence,
        low,
        high,
        pairs);
  }
}
