package org.netloom.tensor;

/**
 * A tensor of a {@link Program}: what an operation reads or writes. Identity is by reference.
 *
 * <p>An input is written by the host before a run, a variable lives in the workspace beyond the
 * program, everything else is computed.
 */
public final class Value {
  /** Where a value comes from. */
  enum Kind {
    INPUT,
    VARIABLE,
    COMPUTED
  }

  private final int id;
  private final Shape shape;
  private final String name;
  private final Kind kind;

  Value(int id, Shape shape, String name, Kind kind) {
    this.id = id;
    this.shape = shape;
    this.name = name;
    this.kind = kind;
  }

  int id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  public Shape shape() {
    return shape;
  }

  /** For messages. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name + "[" + shape + "]";
  }
}
