package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A recorded sequence of operations over values with known shapes. Recording checks shapes; nothing
 * is computed until a {@link Workspace} prepares and runs the program.
 */
public final class Program {
  private final List<Value> values = new ArrayList<>();
  private final List<Application> applications = new ArrayList<>();
  private final Map<Known, List<Value>> known = new HashMap<>();
  private final Map<Variable, Value> variables = new LinkedHashMap<>();
  private final Set<Value> outputs = Collections.newSetFromMap(new IdentityHashMap<>());

  /** An operation with the ids of its operands. */
  private record Known(Operation operation, List<Integer> inputs) {}

  /** A value that the host writes before a run; it keeps its contents between runs. */
  public Value input(String name, Shape shape) {
    return value(shape, name, Value.Kind.INPUT);
  }

  /** The value of a variable; the same one for every call. */
  public Value variable(Variable variable) {
    Value known = variables.get(variable);
    if (known != null) {
      return known;
    }
    Value value = value(variable.shape(), variable.name(), Value.Kind.VARIABLE);
    variables.put(variable, value);
    return value;
  }

  /** Records an operation with exactly one output. */
  public Value apply(Operation operation, Value... inputs) {
    List<Value> results = applyAll(operation, inputs);
    if (results.size() != 1) {
      throw new IllegalArgumentException(
          "Operation %s has (%d) outputs, not one."
              .formatted(operation.getClass().getSimpleName(), results.size()));
    }
    return results.getFirst();
  }

  /**
   * Records an operation and gives all its outputs. The same operation of the same values is
   * recorded once: it gives the outputs it gave before, unless an update came in between.
   */
  public List<Value> applyAll(Operation operation, Value... inputs) {
    for (Value input : inputs) {
      if (input.id() >= values.size() || values.get(input.id()) != input) {
        throw new IllegalArgumentException("Value %s belongs to another program.".formatted(input));
      }
    }
    Known key = new Known(operation, Arrays.stream(inputs).map(Value::id).toList());
    List<Value> before = known.get(key);
    if (before != null) {
      return before;
    }
    List<Shape> shapes = new ArrayList<>();
    for (Value input : inputs) {
      shapes.add(input.shape());
    }
    String name = operation.getClass().getSimpleName();
    List<Value> results = new ArrayList<>();
    for (Shape shape : operation.outputs(shapes)) {
      results.add(value(shape, name + "#" + values.size(), Value.Kind.COMPUTED));
    }
    applications.add(new Application(operation, List.of(inputs), results));
    if (operation instanceof Update) {
      known.clear();
    } else {
      known.put(key, results);
    }
    return results;
  }

  /** Keeps a value readable after a run. */
  public void output(Value value) {
    outputs.add(value);
  }

  boolean isOutput(Value value) {
    return outputs.contains(value);
  }

  /** All operations in the order they were recorded. */
  public List<Application> applications() {
    return Collections.unmodifiableList(applications);
  }

  List<Value> values() {
    return Collections.unmodifiableList(values);
  }

  Map<Variable, Value> variables() {
    return Collections.unmodifiableMap(variables);
  }

  private Value value(Shape shape, String name, Value.Kind kind) {
    Value value = new Value(values.size(), shape, name, kind);
    values.add(value);
    return value;
  }
}
