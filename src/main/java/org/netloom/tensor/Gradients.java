package org.netloom.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a recorded program: appends the operations that compute the
 * gradient of one scalar with respect to the values asked for. Contributions to one value are added
 * in the fixed order in which they are recorded.
 */
public final class Gradients {
  private final Program program;
  private final Map<Integer, List<Value>> contributions = new HashMap<>();
  private final Set<Integer> needed = new HashSet<>();

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

  private boolean contributed(Value value) {
    return contributions.containsKey(value.id());
  }

  /** Gradient of an output, or null where nothing depends on it. */
  @Nullable Value of(Value value) {
    List<Value> parts = contributions.get(value.id());
    if (parts == null) {
      return null;
    }
    if (parts.size() > 1) {
      Value sum = program.apply(new Elementwise.Add(), parts.toArray(Value[]::new));
      contributions.put(value.id(), new ArrayList<>(List.of(sum)));
      return sum;
    }
    return parts.getFirst();
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
