package org.netloom.tensor;

/**
 * A named tensor that outlives programs: a weight, its gradient, an optimiser's moment, a running
 * statistic. Identity is by reference; a {@link Workspace} holds its values.
 */
public final class Variable {
  private final String name;
  private final Shape shape;

  public Variable(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
  }

  public String name() {
    return name;
  }

  public Shape shape() {
    return shape;
  }

  @Override
  public String toString() {
    return name + "[" + shape + "]";
  }
}
