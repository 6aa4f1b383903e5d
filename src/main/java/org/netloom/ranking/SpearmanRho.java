package org.netloom.ranking;

import java.util.Arrays;
import java.util.Comparator;

/** Spearman's ρ (1904): Pearson's correlation of the ranks; equal values share their mean rank. */
public final class SpearmanRho {
  private SpearmanRho() {}

  /**
   * The correlation, −1 to 1; NaN if x or y is constant.
   *
   * @throws IllegalArgumentException unless both have the same two or more numbers
   */
  public static double of(double[] x, double[] y) {
    Samples.check(x, y);
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.length + 1) / 2.0;
    double covariance = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      covariance += (a[i] - mean) * (b[i] - mean);
      squaresA += (a[i] - mean) * (a[i] - mean);
      squaresB += (b[i] - mean) * (b[i] - mean);
    }
    return covariance / (StrictMath.sqrt(squaresA) * StrictMath.sqrt(squaresB));
  }

  /** Ranks from 1; equal values share their mean rank. */
  static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end < order.length && values[order[end]] == values[order[i]]) {
        end++;
      }
      for (int j = i; j < end; j++) {
        ranks[order[j]] = (i + 1 + end) / 2.0;
      }
      i = end;
    }
    return ranks;
  }
}
