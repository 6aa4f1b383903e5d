package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsPresets;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/** Depth is no limit: a network of 5,000 nodes is predicted like a small one. */
class LargeNetworkTest {

  @Test
  void aNetworkOfFiveThousandNodesIsPredictedWhole() {
    ComputationalGraph network = GraphBuilder.build(deepDarts());
    Ghn ghn = Ghn.initialise(GhnConfig.ghn2(8, 16, 5, 10), new SplittableRandom(4));
    Predictor.Encoded encoded = Predictor.encode(ghn.config(), network);
    assertThat(encoded.graph().nodes().size()).isBetween(4_950, 5_000);
    try (Backend cpu = CpuBackend.of(2);
        Backend scalar = CpuBackend.scalar()) {
      Ghn.Prediction prediction = Predictor.predict(ghn, cpu, encoded);

      for (ParameterSpec target : network.parameters()) {
        Tensor tensor = prediction.parameters().get(target.name());
        assertThat((long) tensor.shape().size()).isEqualTo(target.size());
        for (float value : tensor.data()) {
          assertThat(Float.isFinite(value)).isTrue();
        }
      }
      float[] expected = Predictor.predict(ghn, scalar, encoded).states().data();
      float[] actual = prediction.states().data();
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-3f);
      }
    }
  }

  /** The published DARTS cells, 120 of them, 4 channels wide. */
  private static DeepNetsArchitecture deepDarts() {
    DeepNetsArchitecture darts =
        DeepNetsPresets.expand(new PresetArchitecture("darts", 10, InputShape.CIFAR));
    return new DeepNetsArchitecture(
        4,
        120,
        darts.stemKernel(),
        darts.norm(),
        darts.stemType(),
        darts.stemPool(),
        darts.preprocess(),
        darts.channelMultiplier(),
        darts.fcLayers(),
        darts.fcDim(),
        darts.globalAverage(),
        darts.genotype(),
        10,
        InputShape.CIFAR);
  }
}
