package org.netloom.tensor;

/**
 * One arena: variables that persist, and scratch memory that the programs prepared in it share. Not
 * thread-safe; candidates that run at the same time need a workspace each.
 */
public interface Workspace {
  /**
   * Plans a program for this arena.
   *
   * @throws MemoryException if the plan needs more than the limit, or than is left; programs that
   *     were prepared before can still run
   */
  Execution prepare(Program program);

  /** Copies the host's values into a variable. */
  void write(Variable variable, float[] source);

  /** Copies a variable's values to the host. */
  void read(Variable variable, float[] target);
}
