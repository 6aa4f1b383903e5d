package org.netloom.ranking;

/** Checks of paired samples. */
final class Samples {
  private Samples() {}

  static void check(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "A rank correlation needs two or more pairs, but has (%d) and (%d) values."
              .formatted(x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
        throw new IllegalArgumentException(
            "Pair %d is (%s, %s); a rank correlation needs numbers.".formatted(i, x[i], y[i]));
      }
    }
  }
}
