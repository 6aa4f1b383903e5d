package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    GhnConfig config = GhnConfig.ghn2(8, 8, 7, 10);
    Predictor.Encoded encoded = Predictor.encode(config, network);
    GradientLane.Member member = new GradientLane.Member(network, encoded);
    try (CpuBackend backend = CpuBackend.of(1, 8 << 20)) {
      GradientLane lane = new GradientLane(backend, config, 0f);
      assertThatThrownBy(() -> lane.prepare(member, 512))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("'" + network.name() + "'")
          .hasMessageContaining("(8.0 MB)");
    }
  }
}
