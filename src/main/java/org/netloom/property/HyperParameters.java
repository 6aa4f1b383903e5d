package org.netloom.property;

import java.util.ArrayList;
import java.util.List;

/**
 * What is chosen by cross-validation.
 *
 * @param c bound of a coefficient: how much an error outside the tube costs
 * @param gamma γ of the kernel exp(−γ |a − b|²)
 * @param epsilon half the width of the tube in which errors are free, in the unit of the target
 */
public record HyperParameters(double c, double gamma, double epsilon) {
  private static final double[] C = {1, 10, 50, 100, 200, 500, 1000};
  private static final double[] GAMMA = {0.05, 0.1, 0.2, 0.5};
  private static final double[] EPSILON = {0.05, 0.1, 0.2};

  public HyperParameters {
    if (!isPositive(c) || !isPositive(gamma) || !(epsilon >= 0 && epsilon < Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "C (%s) and gamma (%s) must be above 0, epsilon (%s) 0 or more, all of them finite."
              .formatted(c, gamma, epsilon));
    }
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.MAX_VALUE;
  }

  /**
   * The published grid (Knyazev et al. 2021), smallest values first: C ∈ {1, 10, 50, 100, 200, 500,
   * 1000}, γ ∈ {1/H, 0.05, 0.1, 0.2, 0.5}, ε ∈ {0.05, 0.1, 0.2}.
   *
   * @param hidden H, the length of an embedding
   */
  static List<HyperParameters> grid(int hidden) {
    List<HyperParameters> grid = new ArrayList<>();
    for (double c : C) {
      for (int g = -1; g < GAMMA.length; g++) {
        for (double epsilon : EPSILON) {
          grid.add(new HyperParameters(c, g < 0 ? 1.0 / hidden : GAMMA[g], epsilon));
        }
      }
    }
    return List.copyOf(grid);
  }
}
