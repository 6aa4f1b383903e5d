package org.netloom.tensor;

import java.util.List;

/** A place to run programs: SIMD on the CPU, plain loops, or a GPU. */
public interface Backend extends AutoCloseable {
  /** Short name: {@code cpu}, {@code scalar}. */
  String name();

  /** What runs and why, for people. */
  String description();

  /** A new arena whose persistent part holds the given variables, all zero. */
  Workspace workspace(List<Variable> variables);

  @Override
  void close();
}
