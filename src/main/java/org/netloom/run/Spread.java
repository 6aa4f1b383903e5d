package org.netloom.run;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.netloom.training.Measurement;

/**
 * Figures of accuracies of several networks, fractions from 0 to 1.
 *
 * @param networks how many there are
 * @param standardError of the mean; NaN for a single network
 */
public record Spread(
    int networks, double mean, double standardError, double median, double min, double max) {

  /** The figures of one number of every measurement; there is at least one. */
  public static Spread of(List<Measurement> measurements, ToDoubleFunction<Measurement> which) {
    double[] values = measurements.stream().mapToDouble(which).sorted().toArray();
    int n = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value / n;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Double.NaN;
    double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
    return new Spread(n, mean, error, median, values[0], values[n - 1]);
  }
}
