package org.netloom.tensor.cpu;

import org.netloom.tensor.Elementwise.Function;

/** Element-wise functions and their derivatives. */
final class Functions {
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  private Functions() {}

  static double value(Function f, double x) {
    return switch (f) {
      case RELU -> Math.max(x, 0);
      case RELU6 -> Math.min(Math.max(x, 0), 6);
      case GELU -> x * 0.5 * (1 + erf(x * SQRT_HALF));
      case HARD_SWISH -> x * Math.min(Math.max(x + 3, 0), 6) / 6;
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
      case SIGMOID -> sigmoid(x);
      case SILU -> x * sigmoid(x);
      case TANH -> Math.tanh(x);
      case NORM_GAIN -> 2 * sigmoid(0.5 * x);
      case SMALL_TANH -> Math.tanh(0.2 * x);
    };
  }

  static double derivative(Function f, double x) {
    return switch (f) {
      case RELU -> x > 0 ? 1 : 0;
      case RELU6 -> x > 0 && x < 6 ? 1 : 0;
      case GELU -> 0.5 * (1 + erf(x * SQRT_HALF)) + x * INV_SQRT_2PI * Math.exp(-0.5 * x * x);
      case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
      case HARD_SIGMOID -> x > -3 && x < 3 ? 1.0 / 6 : 0;
      case SIGMOID -> sigmoid(x) * (1 - sigmoid(x));
      case SILU -> sigmoid(x) * (1 + x * (1 - sigmoid(x)));
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
      case NORM_GAIN -> sigmoid(0.5 * x) * (1 - sigmoid(0.5 * x));
      case SMALL_TANH -> 0.2 * (1 - Math.tanh(0.2 * x) * Math.tanh(0.2 * x));
    };
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * The error function to about 1e-16 near zero and 1e-15 beyond: the series 2/√π Σ
   * (−1)ⁿx²ⁿ⁺¹/(n!(2n+1)) in its stable form 2/√π e^(−x²) Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, all terms positive.
   */
  static double erf(double x) {
    double z = Math.abs(x);
    if (z > 6) {
      return Math.signum(x);
    }
    double term = z;
    double sum = z;
    for (int n = 1; term > 1e-17 * sum; n++) {
      term *= 2 * z * z / (2 * n + 1);
      sum += term;
    }
    return Math.signum(x) * 2 / Math.sqrt(Math.PI) * Math.exp(-z * z) * sum;
  }
}
