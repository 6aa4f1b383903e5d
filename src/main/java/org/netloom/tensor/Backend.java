package org.netloom.tensor;

import java.util.List;

/** A place to run programs: SIMD on the CPU, plain loops, or a GPU. */
public interface Backend extends AutoCloseable {
  /** Short name: {@code cpu}, {@code scalar}. */
  String name();

  /** What runs and why, for people. */
  String description();

  /**
   * A new arena whose persistent part holds the given variables, all zero.
   *
   * @throws MemoryException if they need more than the limit, or than is left
   */
  Workspace workspace(List<Variable> variables);

  /**
   * The same for variables of a program that is to be prepared there first.
   *
   * @throws MemoryException likewise, with what the whole plan needs
   */
  default Workspace workspace(List<Variable> variables, Program first) {
    try {
      return workspace(variables);
    } catch (MemoryException e) {
      throw e.whole(Workspaces.bytes(variables, first));
    }
  }

  /**
   * Backends for work on several programs at once, which share this one's threads: each computes
   * the bits that this one would. They live as long as this backend; closing it closes them.
   *
   * @param most programs that wait, and so the most that come back
   */
  default List<Backend> lanes(int most) {
    return List.of(this);
  }

  @Override
  void close();
}
