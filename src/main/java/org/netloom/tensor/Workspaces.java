package org.netloom.tensor;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What every backend's workspace needs from the planner. */
public final class Workspaces {
  /**
   * Floats before the first variable of an arena that is one array. HotSpot has 16 bytes before an
   * array's elements, and gives large arrays regions of their own; behind these 48 bytes more,
   * vectors of 64 bytes lie in one line of the cache.
   */
  private static final int LEAD = 12;

  private Workspaces() {}

  /**
   * Gives each variable its offset in an arena that is one array; returns the first offset after
   * them.
   */
  public static int place(List<Variable> variables, Map<Variable, Integer> offsets) {
    return place(variables, offsets, Pieces.ONE, LEAD);
  }

  /** The same from offset zero, each variable in one piece. */
  public static int place(List<Variable> variables, Map<Variable, Integer> offsets, Pieces pieces) {
    return place(variables, offsets, pieces, 0);
  }

  private static int place(
      List<Variable> variables, Map<Variable, Integer> offsets, Pieces pieces, int first) {
    long at = first;
    for (Variable variable : variables) {
      long size = Planner.align(variable.shape().size());
      at = pieces.fit(at, size);
      offsets.put(variable, (int) at);
      at += size;
    }
    if (at > Integer.MAX_VALUE - 64) {
      throw new ShapeException(
          "The variables need (%d) MB; the limit is 8191 MB.".formatted(at * Float.BYTES >> 20));
    }
    return (int) at;
  }

  /** Bytes of a program's plan, the variables included. */
  public static long bytes(List<Variable> variables, Program program) {
    Map<Variable, Integer> offsets = new IdentityHashMap<>();
    return plan(program, offsets, place(variables, offsets)).bytes();
  }

  /** Plans a program above the variables. */
  public static Plan plan(Program program, Map<Variable, Integer> offsets, int base) {
    return Planner.plan(program, offsets, base, Pieces.ONE);
  }

  /** The same, each value in one piece. */
  public static Plan plan(
      Program program, Map<Variable, Integer> offsets, int base, Pieces pieces) {
    return Planner.plan(program, offsets, base, pieces);
  }
}
