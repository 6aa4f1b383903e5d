package org.netloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of a plot: its range, its ticks at round numbers, and where a value lies on it.
 *
 * @param logarithmic whether equal steps are equal ratios; values must then be positive
 */
record Axis(
    String label,
    double low,
    double high,
    boolean logarithmic,
    List<Double> ticks,
    DoubleFunction<String> format) {

  /** A linear axis around these values, ending at ticks. */
  static Axis linear(
      String label, List<Double> values, int intervals, DoubleFunction<String> format) {
    double low = values.stream().filter(Double::isFinite).mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().filter(Double::isFinite).mapToDouble(v -> v).max().orElse(1);
    if (high - low < 1e-9 * Math.max(1, Math.abs(high))) {
      double margin = low == 0 ? 1 : 0.1 * Math.abs(low);
      low -= margin;
      high += margin;
    }
    double step = step((high - low) / intervals);
    long first = (long) Math.floor(low / step + 1e-9);
    long last = (long) Math.ceil(high / step - 1e-9);
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(label, first * step, last * step, false, ticks, format);
  }

  /** An axis of whole numbers from 0, such as epochs. */
  static Axis whole(String label, int last) {
    int step = Math.max(1, (int) step(last / 6.0));
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= last; i += step) {
      ticks.add((double) i);
    }
    return new Axis(label, 0, Math.max(1, last), false, ticks, Text::plain);
  }

  /** A logarithmic axis around these positive values, with ticks at 1, 2 and 5 times powers. */
  static Axis logarithmic(String label, List<Double> values, DoubleFunction<String> format) {
    double low = values.stream().filter(v -> v > 0).mapToDouble(v -> v).min().orElse(1);
    double high = values.stream().filter(v -> v > 0).mapToDouble(v -> v).max().orElse(10);
    low /= 1.15;
    high *= 1.15;
    List<Double> ticks = new ArrayList<>();
    boolean wide = high / low > 1000;
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int digit : wide ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return new Axis(label, low, high, true, ticks, format);
  }

  /** Where a value lies: 0 at the low end, 1 at the high end. */
  double position(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Whether the value can be drawn. */
  boolean holds(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** The smallest of 1, 2, 5 times a power of ten that is at least this much. */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(atLeast, 1e-12))));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
