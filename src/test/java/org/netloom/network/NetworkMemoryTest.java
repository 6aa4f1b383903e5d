package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.cpu.CpuBackend;

final class NetworkMemoryTest {
  @Test
  void whatIsPlannedIsWhatARunTakes() {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    ComputationalGraph graph = GraphBuilder.build(sampler.sample(new SplittableRandom(1)));
    try (CpuBackend backend = CpuBackend.of(1)) {
      NetworkRunner runner =
          new NetworkRunner(backend, graph, Initialisation.random(graph, 1), BatchNormMode.BATCH);
      runner.run(new float[3 * (int) graph.input().shape().size()], 3, new float[30], 0);
      assertThat(NetworkMemory.forward(graph, 3)).isEqualTo(runner.plannedBytes(3));
    }
  }
}
