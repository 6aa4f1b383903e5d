package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.cpu.CpuBackend;

final class GradientLaneTest {
  @Test
  void aNetworkAboveTheMemoryLimitIsNamed() {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    ComputationalGraph network = GraphBuilder.build(sampler.sample(new SplittableRandom(1)));
    GradientLane.Batch batch = new GradientLane.Batch(new float[0], new float[0], 512, 1f);
    try (CpuBackend backend = CpuBackend.of(1, 8 << 20)) {
      GradientLane lane = new GradientLane(backend, GhnConfig.ghn2(8, 8, 7, 10), 0f);
      assertThatThrownBy(() -> lane.run(network, batch, 1, Map.of()))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("'" + network.name() + "'")
          .hasMessageContaining("(8.0 MB)");
    }
  }
}
