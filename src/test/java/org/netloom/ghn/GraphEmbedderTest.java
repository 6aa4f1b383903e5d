package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

class GraphEmbedderTest {
  /** Whose states {@code GoldenCasesTest} compares with the published ones. */
  @ParameterizedTest
  @EnumSource(names = {"TINY_GHN1", "TINY_GHN2", "TINY_MLP"})
  void theEmbeddingIsTheMeanOfTheStatesWhateverWasEmbeddedBefore(GoldenGhn golden) {
    Ghn ghn = golden.ghn();
    try (Backend backend = CpuBackend.of(1)) {
      GraphEmbedder embedder = new GraphEmbedder(ghn, backend);
      for (String net : new String[] {"small_cnn", "deepnet_a", "small_cnn"}) {
        ComputationalGraph graph = GoldenGraph.read(net).network();
        Tensor states =
            Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).states();
        int nodes = states.shape().side(0);
        float[] mean = new float[8];
        for (int i = 0; i < mean.length; i++) {
          double sum = 0;
          for (int v = 0; v < nodes; v++) {
            sum += states.data()[8 * v + i];
          }
          mean[i] = (float) (sum / nodes);
        }
        assertThat(embedder.embed(graph)).isEqualTo(mean);
      }
    }
  }

  @Test
  void aHypernetworkThatOverflowsIsNamed() {
    Ghn ghn = GoldenGhn.TINY_MLP.ghn();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(ghn.tensors());
    Tensor bias = Tensor.zeros(tensors.get("ln.bias").shape());
    bias.data()[3] = Float.POSITIVE_INFINITY;
    tensors.put("ln.bias", bias);
    try (Backend backend = CpuBackend.of(1)) {
      GraphEmbedder embedder = new GraphEmbedder(new Ghn(ghn.config(), tensors), backend);
      assertThatThrownBy(() -> embedder.embed(GoldenGraph.read("small_cnn").network()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Number 3 of the embedding is (Infinity)");
    }
  }
}
