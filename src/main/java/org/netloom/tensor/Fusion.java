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
 * and the gradients of the ReLU and the batch norm one {@link Normalisation.BatchNormReluGradient};
 * likewise a batch norm and a maximum over windows.
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
        join(at, norm.epsilon());
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

  /** Joins a batch norm with the one operation that reads its result, if that is a ReLU or so. */
  private void join(Application norm, float epsilon) {
    Value y = norm.out(0);
    Application next = null;
    Application gradient = null;
    for (Application use : uses(y)) {
      if (next == null && use.in(0) == y && Joined.of(use.operation(), epsilon) != null) {
        next = use;
      } else if (gradient == null && use.in(0) != y) {
        gradient = use;
      } else {
        return;
      }
    }
    Joined joined = next == null ? null : Joined.of(next.operation(), epsilon);
    if (next == null || joined == null || program.isOutput(y)) {
      return;
    }
    if (gradient != null && !gradient.operation().equals(joined.gradient)) {
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
              joined.backward,
              List.of(gradient.in(0), norm.in(0), norm.in(1), norm.in(2), norm.out(1), norm.out(2)),
              last.outputs()));
    }
    dropped.add(next);
    replaced.put(
        norm,
        new Application(
            joined.forward, norm.inputs(), List.of(next.out(0), norm.out(1), norm.out(2))));
  }

  /**
   * What a batch norm and the operation behind it become.
   *
   * @param gradient the gradient of that operation alone
   */
  private record Joined(Operation gradient, Operation forward, Operation backward) {
    static @Nullable Joined of(Operation next, float epsilon) {
      if (next.equals(new Elementwise.Apply(Elementwise.Function.RELU))) {
        return new Joined(
            new Elementwise.ApplyGradient(Elementwise.Function.RELU),
            new Normalisation.BatchNormRelu(epsilon),
            new Normalisation.BatchNormReluGradient());
      }
      if (next instanceof Pooling.Max max) {
        return new Joined(
            new Pooling.MaxGradient(max.window()),
            new Normalisation.BatchNormMax(epsilon, max.window()),
            new Normalisation.BatchNormMaxGradient(max.window()));
      }
      return null;
    }
  }

  /** The only operation that reads a value; null where there are more or it is an output. */
  private @Nullable Application onlyUse(Value value) {
    List<Application> all = uses(value);
    return all.size() == 1 && !program.isOutput(value) ? all.getFirst() : null;
  }
}
