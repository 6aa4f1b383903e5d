package org.netloom.tensor;

/**
 * A program that is ready to run in its workspace, as often as wanted. Running it allocates
 * nothing. Programs of one workspace share scratch memory: inputs written and outputs read belong
 * to the last run.
 */
public interface Execution {
  /** Copies the host's values into an input; the length is the input's. */
  void write(Value input, float[] source, int from);

  /** Runs all operations in order. */
  void run();

  /**
   * Runs the operations before the first that reads an input: the host may then write the input
   * from what they computed, and go on with {@link #runFrom}. Nothing else may run in the workspace
   * in between.
   *
   * @throws IllegalArgumentException if no operation reads it
   */
  void runBefore(Value input);

  /** Runs the first operation that reads an input and all after it. */
  void runFrom(Value input);

  /** Copies an output to the host. */
  void read(Value output, float[] target, int to);

  /** What is run. */
  Plan plan();
}
