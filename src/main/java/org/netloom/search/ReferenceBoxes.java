package org.netloom.search;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.config.InputException;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.ranking.ReferenceBox;
import org.netloom.space.Constraint;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

/**
 * The box that hypervolumes of a search refer to, known before anything is measured and the same
 * for every strategy and seed: accuracies from guessing to 1, MACs from 0 to the largest allowed
 * number or, without such a constraint, to the largest of 200 architectures drawn from the space.
 */
final class ReferenceBoxes {
  private static final int DRAWS = 200;

  private ReferenceBoxes() {}

  static ReferenceBox of(SearchSpace space, List<Constraint> constraints) {
    Optional<Long> allowed =
        constraints.stream()
            .filter(c -> c.quantity() == Constraint.Quantity.MACS)
            .flatMap(c -> Optional.ofNullable(c.max()).stream())
            .findFirst();
    return new ReferenceBox(1.0 / space.classes(), allowed.orElseGet(() -> largest(space)));
  }

  private static long largest(SearchSpace space) {
    Sampler sampler = new Sampler(space);
    RandomGenerator random = Streams.of(0, 0);
    long largest = 1;
    for (int i = 0; i < DRAWS; i++) {
      largest = Math.max(largest, macs(sampler.sample(random)));
    }
    return largest;
  }

  private static long macs(DeepNetsArchitecture architecture) {
    try {
      return Cost.of(GraphBuilder.build(architecture)).macs();
    } catch (InputException impossible) {
      return 0; // the search will record it as failed
    }
  }
}
