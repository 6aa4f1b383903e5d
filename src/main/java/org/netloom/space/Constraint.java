package org.netloom.space;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.PrimitiveGraph;

/**
 * What a network may cost.
 *
 * @param min smallest allowed value, or null
 * @param max largest allowed value, or null
 */
public record Constraint(Quantity quantity, @Nullable Long min, @Nullable Long max) {

  /** What is limited. */
  public enum Quantity {
    /** Multiply-accumulate operations for one image. */
    MACS,
    /** Values of all trainable tensors. */
    PARAMETERS,
    /** Nodes of the primitive graph, which set the hypernetwork's time. */
    NODES
  }

  /**
   * A broken constraint.
   *
   * @param rule for example {@code macs <= 6000000}
   * @param actual the network's own value
   * @param excess distance to the limit as a fraction of it
   */
  public record Violation(String rule, long actual, double excess) {}

  public Constraint {
    if (min != null && max != null && min > max) {
      throw new IllegalArgumentException(
          "The smallest value (%d) of %s is above the largest (%d).".formatted(min, quantity, max));
    }
  }

  /** Whether the network breaks this constraint, and by how much. */
  public Optional<Violation> check(ComputationalGraph graph, Cost cost) {
    long actual =
        switch (quantity) {
          case MACS -> cost.macs();
          case PARAMETERS -> cost.parameters();
          case NODES -> PrimitiveGraph.of(graph).nodes().size();
        };
    if (max != null && actual > max) {
      return Optional.of(violation("<=", max, actual));
    }
    if (min != null && actual < min) {
      return Optional.of(violation(">=", min, actual));
    }
    return Optional.empty();
  }

  private Violation violation(String relation, long limit, long actual) {
    return new Violation(
        "%s %s %d".formatted(label(), relation, limit),
        actual,
        Math.abs(actual - limit) / (double) Math.max(1, limit));
  }

  /** The allowed range in words, for example {@code macs 1000 to 6000000}. */
  public String describe() {
    if (min == null || max == null) {
      return min == null ? "%s <= %d".formatted(label(), max) : "%s >= %d".formatted(label(), min);
    }
    return "%s %d to %d".formatted(label(), min, max);
  }

  /** The name in files. */
  public String label() {
    return quantity.name().toLowerCase(Locale.ROOT);
  }
}
