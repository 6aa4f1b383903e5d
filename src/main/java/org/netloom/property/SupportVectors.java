package org.netloom.property;

import java.util.List;

/**
 * A regressor: f(x) = Σ_i a_i exp(−γ |v_i − x|²) + b over the support vectors v_i (Drucker et al.
 * 1997).
 *
 * @param gamma γ
 * @param vectors v_i, all of one length
 * @param coefficients a_i
 * @param offset b
 */
record SupportVectors(double gamma, List<float[]> vectors, double[] coefficients, double offset) {

  /** f(x), summed in the order of the vectors. */
  double predict(float[] x) {
    double sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      float[] v = vectors.get(i);
      double distance = 0;
      for (int j = 0; j < x.length; j++) {
        double difference = (double) v[j] - x[j];
        distance += difference * difference;
      }
      sum += coefficients[i] * StrictMath.exp(-gamma * distance);
    }
    return sum + offset;
  }
}
