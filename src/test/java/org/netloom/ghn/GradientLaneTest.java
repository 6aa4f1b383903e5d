package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    GhnConfig config = GhnConfig.ghn2(8, 8, 7, 10);
    Predictor.Encoded encoded = Predictor.encode(config, network);
    GradientLane.Member member = new GradientLane.Member(network, encoded);
    try (CpuBackend backend = CpuBackend.of(1, 8 << 20)) {
      NodeStates.Batch states = new NodeStates(backend, config).forward(List.of(encoded));
      GradientLane lane = new GradientLane(backend, config, 0f);
      assertThatThrownBy(() -> lane.run(member, batch, states, 0, 1, Map.of()))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("'" + network.name() + "'")
          .hasMessageContaining("(8.0 MB)");
    }
  }
}
