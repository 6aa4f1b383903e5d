package org.netloom.space;

import java.util.List;

/**
 * A point of a search space as small integers; {@link Encoding} says what they mean.
 *
 * @param macro widths, depths, stem, head
 * @param normal three genes a step: the pair of inputs and the operation on each
 * @param reduce the same for the reduction cell
 */
public record Genes(List<Integer> macro, List<Integer> normal, List<Integer> reduce) {
  public Genes {
    macro = List.copyOf(macro);
    normal = List.copyOf(normal);
    reduce = List.copyOf(reduce);
  }
}
