package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a recorded program: appends the operations that compute the
 * gradient of one scalar with respect to the values asked for. Contributions to one value are added
 * in the fixed order in which they are recorded.
 */
public final class Gradients {
  private final Program program;
  private final Map<Integer, List<Value>> contributions = new HashMap<>();
  private final Map<Integer, List<RowsOf>> rowContributions = new HashMap<>();
  private final Set<Integer> needed = new HashSet<>();

  /** A contribution to some rows only: row i of the gradient belongs to {@code rows[i]}. */
  private record RowsOf(int[] rows, Value gradient) {}

  private Gradients(Program program) {
    this.program = program;
  }

  /**
   * Appends the backward pass.
   *
   * @param seed gradient of the objective with respect to {@code of}, same shape
   * @return the gradient of each value of {@code with}, in order; null where {@code of} does not
   *     depend on it
   */
  public static List<@Nullable Value> record(
      Program program, Value of, Value seed, List<Value> with) {
    Gradients gradients = new Gradients(program);
    List<Application> forward = List.copyOf(program.applications());
    with.forEach(value -> gradients.needed.add(value.id()));
    for (Application at : forward) {
      if (at.inputs().stream().anyMatch(gradients::needs)) {
        at.outputs().forEach(out -> gradients.needed.add(out.id()));
      }
    }
    gradients.add(of, seed);
    for (Application at : forward.reversed()) {
      boolean reached = at.outputs().stream().anyMatch(v -> gradients.contributed(v));
      if (reached && at.inputs().stream().anyMatch(gradients::needs)) {
        at.operation().backward(at, gradients);
      }
    }
    List<@Nullable Value> results = new ArrayList<>();
    for (Value value : with) {
      results.add(gradients.of(value));
    }
    return results;
  }

  /** The program that the gradients are recorded into. */
  Program program() {
    return program;
  }

  /** Whether a gradient of this value is wanted. */
  boolean needs(Value value) {
    return needed.contains(value.id());
  }

  /** Adds a contribution to the gradient of a value. */
  void add(Value value, Value gradient) {
    if (!value.shape().equals(gradient.shape())) {
      throw new ShapeException(
          "The gradient of %s has shape (%s).".formatted(value, gradient.shape()));
    }
    contributions.computeIfAbsent(value.id(), id -> new ArrayList<>()).add(gradient);
  }

  /** Adds a contribution to some rows of the gradient of a value, as a scatter would make it. */
  void addRows(Value value, int[] rows, Value gradient) {
    rowContributions
        .computeIfAbsent(value.id(), id -> new ArrayList<>())
        .add(new RowsOf(rows, gradient));
  }

  private boolean contributed(Value value) {
    return contributions.containsKey(value.id()) || rowContributions.containsKey(value.id());
  }

  /** Gradient of an output, or null where nothing depends on it. */
  @Nullable Value of(Value value) {
    List<Value> parts = contributions.getOrDefault(value.id(), List.of());
    List<RowsOf> rows = rowContributions.getOrDefault(value.id(), List.of());
    if (parts.isEmpty() && rows.isEmpty()) {
      return null;
    }
    if (parts.size() == 1 && rows.isEmpty()) {
      return parts.getFirst();
    }
    Value sum =
        parts.size() > 1
            ? program.apply(new Elementwise.Add(), parts.toArray(Value[]::new))
            : parts.isEmpty() ? null : parts.getFirst();
    if (!rows.isEmpty()) {
      sum = scattered(value, sum, rows);
      rowContributions.remove(value.id());
    }
    contributions.put(value.id(), new ArrayList<>(List.of(Objects.requireNonNull(sum))));
    return sum;
  }

  /** All contributions to rows of a value, behind the sum of those to all of it, in one pass. */
  private Value scattered(Value value, @Nullable Value whole, List<RowsOf> parts) {
    List<Value> operands = new ArrayList<>();
    IntStream rows = IntStream.empty();
    if (whole != null) {
      operands.add(whole);
      rows = IntStream.range(0, value.shape().rows());
    }
    for (RowsOf part : parts) {
      operands.add(part.gradient);
      rows = IntStream.concat(rows, Arrays.stream(part.rows));
    }
    return program.apply(
        new Matrix.ScatterRows(rows.toArray(), value.shape()), operands.toArray(Value[]::new));
  }

  /** Gradient of the only output of an application that was reached. */
  Value ofOutput(Application at) {
    Value gradient = of(at.out(0));
    if (gradient == null) {
      throw new IllegalStateException("No gradient reached %s.".formatted(at.out(0)));
    }
    return gradient;
  }
}
