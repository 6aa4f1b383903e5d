package org.netloom.architecture;

import java.util.List;

/**
 * The two cells of a network: 2·steps edges each, in pairs that are added, and the states whose
 * concatenation is the cell's output. State 0 and 1 are the cell's inputs, state 2+j the sum of
 * edges 2j and 2j+1.
 */
public record Genotype(
    List<Edge> normal, List<Integer> normalConcat, List<Edge> reduce, List<Integer> reduceConcat) {

  /** One operation applied to one earlier state. */
  public record Edge(CellOperation operation, int input) {}

  public Genotype {
    normal = List.copyOf(normal);
    normalConcat = List.copyOf(normalConcat);
    reduce = List.copyOf(reduce);
    reduceConcat = List.copyOf(reduceConcat);
    check("normal", normal, normalConcat);
    check("reduce", reduce, reduceConcat);
    if (normalConcat.size() != reduceConcat.size()) {
      throw new IllegalArgumentException(
          "normal_concat (%s) and reduce_concat (%s) must keep the same number of states."
              .formatted(normalConcat, reduceConcat));
    }
  }

  private static void check(String cell, List<Edge> edges, List<Integer> concat) {
    if (edges.isEmpty() || edges.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "Cell '%s' needs two edges a step, but has (%d) edges.".formatted(cell, edges.size()));
    }
    for (int i = 0; i < edges.size(); i++) {
      int input = edges.get(i).input();
      if (input < 0 || input >= 2 + i / 2) {
        throw new IllegalArgumentException(
            "Edge %d of cell '%s' reads state (%d); allowed are 0 to %d."
                .formatted(i, cell, input, 1 + i / 2));
      }
    }
    int states = 2 + edges.size() / 2;
    if (concat.isEmpty() || concat.stream().anyMatch(s -> s < 0 || s >= states)) {
      throw new IllegalArgumentException(
          "The concat list of cell '%s' is (%s); it needs at least one of the states 0 to %d."
              .formatted(cell, concat, states - 1));
    }
  }

  /** Whether an edge of either cell uses the operation. */
  public boolean uses(CellOperation operation) {
    return normal.stream().anyMatch(e -> e.operation() == operation)
        || reduce.stream().anyMatch(e -> e.operation() == operation);
  }
}
