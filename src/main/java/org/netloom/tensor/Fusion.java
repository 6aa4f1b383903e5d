package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a recorded program, forward and backward, into fewer operations between the same values
 * before it is planned. What nobody reads is left out; a value that only a fused operation knows is
 * never computed.
 *
 * <p>A batch norm whose result is only rectified becomes one {@link Normalisation.BatchNormRelu},
 * and the gradients of the ReLU and the batch norm one {@link Normalisation.BatchNormReluGradient}.
 */
final class Fusion {
  private final Program program;
  private final List<Application> live = new ArrayList<>();
  private final Map<Integer, List<Application>> uses = new HashMap<>();
  private final Map<Application, Application> replaced = new IdentityHashMap<>();
  private final Set<Application> dropped = Collections.newSetFromMap(new IdentityHashMap<>());

  private Fusion(Program program) {
    this.program = program;
  }

  /** The operations of a program after fusion, in an order they can run in. */
  static List<Application> of(Program program) {
    return new Fusion(program).run();
  }

  private List<Application> run() {
    keepWhatIsRead();
    for (Application at : live) {
      if (at.operation() instanceof Normalisation.BatchNorm norm) {
        rectify(at, norm);
      }
    }
    List<Application> result = new ArrayList<>();
    for (Application at : live) {
      if (!dropped.contains(at)) {
        result.add(replaced.getOrDefault(at, at));
      }
    }
    return result;
  }

  private void keepWhatIsRead() {
    for (Application at : program.applications().reversed()) {
      boolean read =
          at.operation() instanceof Update
              || at.outputs().stream().anyMatch(v -> program.isOutput(v) || !uses(v).isEmpty());
      if (read) {
        live.add(at);
        for (Value in : at.inputs()) {
          uses.computeIfAbsent(in.id(), id -> new ArrayList<>()).add(at);
        }
      }
    }
    Collections.reverse(live);
  }

  private List<Application> uses(Value value) {
    return uses.getOrDefault(value.id(), List.of());
  }

  private void rectify(Application norm, Normalisation.BatchNorm operation) {
    Value y = norm.out(0);
    Application relu = null;
    Application gradient = null;
    for (Application use : uses(y)) {
      if (relu == null && is(use, new Elementwise.Apply(Elementwise.Function.RELU))) {
        relu = use;
      } else if (gradient == null
          && is(use, new Elementwise.ApplyGradient(Elementwise.Function.RELU))
          && use.in(0) != y) {
        gradient = use;
      } else {
        return;
      }
    }
    if (relu == null || program.isOutput(y)) {
      return;
    }
    if (gradient != null) {
      Application last = onlyUse(gradient.out(0));
      if (last == null
          || !(last.operation() instanceof Normalisation.BatchNormGradient)
          || last.in(0) != gradient.out(0)
          || last.in(3) != norm.out(1)) {
        return;
      }
      dropped.add(gradient);
      replaced.put(
          last,
          new Application(
              new Normalisation.BatchNormReluGradient(),
              List.of(gradient.in(0), norm.in(0), norm.in(1), norm.in(2), norm.out(1), norm.out(2)),
              last.outputs()));
    }
    dropped.add(relu);
    replaced.put(
        norm,
        new Application(
            new Normalisation.BatchNormRelu(operation.epsilon()),
            norm.inputs(),
            List.of(relu.out(0), norm.out(1), norm.out(2))));
  }

  private static boolean is(Application at, Operation operation) {
    return at.operation().equals(operation);
  }

  /** The only operation that reads a value; null where there are more or it is an output. */
  private @Nullable Application onlyUse(Value value) {
    List<Application> all = uses(value);
    return all.size() == 1 && !program.isOutput(value) ? all.getFirst() : null;
  }
}
