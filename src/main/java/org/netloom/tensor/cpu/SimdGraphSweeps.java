package org.netloom.tensor.cpu;

import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * {@link GraphSweepKernels} in vectors, over all graphs of a batch: the products of a level are
 * taken over its nodes in all graphs of a thread. A graph's states and their gradients have the
 * same bits alone and in any batch; the gradients of the weights are sums over the updates in a
 * fixed order. Neither depends on the number of threads.
 */
final class SimdGraphSweeps {
  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  SimdGraphSweeps(Parallel parallel) {
    this.parallel = parallel;
  }

  /** Levels, places and the split over the threads are worked out once. */
  Kernel prepare(GraphSweeps op, Plan.Step s) {
    SweepPlaces places = SweepPlaces.of(op, s);
    SweepGroups groups = SweepGroups.of(places, parallel.threads());
    return switch (op) {
      case GraphSweeps.Forward f -> new SweepForward(places, groups, parallel, scratch);
      case GraphSweeps.Gradient f -> new SweepGradient(places, groups, s, parallel, scratch);
    };
  }
}
