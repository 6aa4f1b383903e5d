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

  /**
   * Backends for work on many programs at once, one a thread: each computes the bits that this one
   * would. They live as long as this backend; closing it closes them.
   */
  default List<Backend> lanes() {
    return List.of(this);
  }

  @Override
  void close();
}
