package org.netloom.tensor;

import java.util.List;
import java.util.Map;

/** What every backend's workspace needs from the planner. */
public final class Workspaces {
  private Workspaces() {}

  /** Gives each variable its offset; returns the first offset after them. */
  public static int place(List<Variable> variables, Map<Variable, Integer> offsets) {
    long at = 0;
    for (Variable variable : variables) {
      offsets.put(variable, (int) at);
      at += Math.ceilDiv((long) variable.shape().size(), Planner.ALIGNMENT) * Planner.ALIGNMENT;
    }
    if (at > Integer.MAX_VALUE - 64) {
      throw new ShapeException(
          "The variables need (%d) MB; the limit is 8191 MB.".formatted(at * Float.BYTES >> 20));
    }
    return (int) at;
  }

  /** Plans a program above the variables. */
  public static Plan plan(Program program, Map<Variable, Integer> offsets, int base) {
    return Planner.plan(program, offsets, base);
  }
}
