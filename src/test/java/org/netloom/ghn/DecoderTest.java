package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.ParameterSpec.Role;
import org.netloom.graph.Primitive;
import org.netloom.graph.PrimitiveGraph;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * All tensors of any size from hypernetworks of any kind and size, against {@link PlainDecoder}.
 */
class DecoderTest {

  static Stream<GhnConfig> configurations() {
    return Stream.of(
        GhnConfig.ghn2(8, 16, 5, 10),
        new GhnConfig(4, 6, 10, 3, 2, true, Decoder.CONV, true, true, true),
        new GhnConfig(12, 10, 6, 1, 7, true, Decoder.CONV, false, false, false),
        new GhnConfig(20, 5, 5, 6, 100, false, Decoder.CONV, false, true, true),
        new GhnConfig(8, 16, 16, 5, 10, true, Decoder.MLP, true, true, true),
        new GhnConfig(12, 7, 7, 3, 3, true, Decoder.MLP, false, false, false),
        new GhnConfig(4, 1, 1, 1, 1, false, Decoder.MLP, false, true, true));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyTensorIsThatOfThePlainDecoder(GhnConfig config) {
    PrimitiveGraph graph = network();
    Ghn ghn = Ghn.initialise(config, new SplittableRandom(3));
    for (Backend opened : List.of(CpuBackend.of(2), CpuBackend.scalar())) {
      try (Backend backend = opened) {
        Ghn.Prediction prediction =
            Predictor.predict(ghn, backend, Predictor.encode(config, graph));
        PlainDecoder plain = new PlainDecoder(ghn, prediction.states());
        Map<String, Tensor> predicted = prediction.parameters().tensors();
        int compared = 0;
        for (PrimitiveNode node : graph.nodes()) {
          for (ParameterSpec target : node.parameters()) {
            Tensor actual = predicted.get(target.name());
            assertThat(Arrays.stream(actual.shape().toArray()).boxed().toList())
                .isEqualTo(target.shape());
            double[] expected = plain.decode(node, target);
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow() + 0.05;
            for (int i = 0; i < expected.length; i++) {
              double difference = Math.abs(actual.data()[i] - expected[i]);
              assertThat(difference / scale).as(target + " at " + i).isLessThan(2e-6);
            }
            compared++;
          }
        }
        assertThat(predicted).hasSize(compared);
      }
    }
  }

  @Test
  void theMlpDecoderNeedsAsManyInputAsOutputChannels() {
    assertThatThrownBy(() -> new GhnConfig(8, 6, 10, 3, 10, true, Decoder.MLP, true, true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(10) and (6)");
  }

  @Test
  void theDecodersHaveThePublishedNumberOfValues() {
    assertThat(size(11, 10, true, true, true)).isEqualTo(1_620_764);
    assertThat(size(11, 10, true, false, false)).isEqualTo(1_620_668);
    assertThat(size(11, 10, false, false, true)).isEqualTo(1_614_396);
    assertThat(size(16, 1000, true, true, true)).isEqualTo(2_319_720);
    assertThat(size(16, 1000, true, false, false)).isEqualTo(2_319_624);
    GhnConfig mlp = new GhnConfig(32, 64, 64, 11, 10, true, Decoder.MLP, true, true, true);
    long blocks =
        GhnTensors.of(mlp).entrySet().stream()
            .filter(tensor -> tensor.getKey().startsWith("decoder."))
            .mapToLong(tensor -> tensor.getValue().size())
            .sum();
    assertThat(Math.round(blocks / 1e5)).isEqualTo(323); // 32.3 M
  }

  private static long size(
      int kernel, int classes, boolean graph, boolean virtual, boolean rescaled) {
    GhnConfig config =
        new GhnConfig(
            32, 64, 64, kernel, classes, graph, Decoder.CONV, virtual, rescaled, rescaled);
    return GhnTensors.of(config).values().stream().mapToLong(Shape::size).sum();
  }

  /** A chain of nodes with a tensor of every kind and many awkward sizes. */
  private static PrimitiveGraph network() {
    List<PrimitiveNode> nodes = new ArrayList<>();
    nodes.add(node(0, Primitive.INPUT, List.of()));
    int[] channels = {1, 2, 4, 5, 7, 10, 11, 13, 14, 15, 17, 19, 22, 25, 26, 29, 31, 33, 48};
    for (int i = 0; i < channels.length; i++) {
      int in = channels[i];
      int out = channels[(i * 7 + 3) % channels.length];
      int kernel = 1 + i % 4;
      add(nodes, Primitive.CONV, weight(nodes.size(), out, in, kernel, kernel));
      add(nodes, Primitive.SEP_CONV, weight(nodes.size(), in, 1, 3, 3));
      add(nodes, Primitive.BIAS, vector(nodes.size(), in, Role.BIAS));
      int bn = nodes.size();
      add(
          nodes,
          Primitive.BN,
          new ParameterSpec("n" + bn + ".weight", List.of(out), Role.NORM_WEIGHT),
          new ParameterSpec("n" + bn + ".bias", List.of(out), Role.NORM_BIAS));
    }
    add(nodes, Primitive.CONV, weight(nodes.size(), 9, 3, 1, 7));
    add(nodes, Primitive.CONV, weight(nodes.size(), 9, 3, 7, 1));
    add(nodes, Primitive.CONV, weight(nodes.size(), 4, 3, 13, 13));
    add(nodes, Primitive.CONV, weight(nodes.size(), 3, 2, 17, 6));
    add(nodes, Primitive.POS_ENC, weight(nodes.size(), 1, 20, 14, 14));
    add(nodes, Primitive.CONV, weight(nodes.size(), 40, 23));
    add(nodes, Primitive.BIAS, weight(nodes.size(), 40, 1, 1));
    add(nodes, Primitive.BIAS, weight(nodes.size(), 1, 5, 20));
    int n = nodes.size();
    nodes.add(
        new PrimitiveNode(
            n,
            Primitive.CONV,
            "fc.weight",
            List.of(12, 37),
            List.of(new ParameterSpec("fc.weight", List.of(12, 37), Role.WEIGHT)),
            PrimitiveNode.Role.CLASS_WEIGHT));
    nodes.add(
        new PrimitiveNode(
            n + 1,
            Primitive.BIAS,
            "fc.bias",
            List.of(12),
            List.of(new ParameterSpec("fc.bias", List.of(12), Role.BIAS)),
            PrimitiveNode.Role.CLASS_BIAS));
    List<PrimitiveGraph.Edge> edges = new ArrayList<>();
    for (int v = 1; v < nodes.size(); v++) {
      edges.add(new PrimitiveGraph.Edge(v - 1, v));
    }
    return new PrimitiveGraph(nodes, edges);
  }

  private static void add(List<PrimitiveNode> nodes, Primitive kind, ParameterSpec... targets) {
    nodes.add(node(nodes.size(), kind, targets[0].shape(), targets));
  }

  private static PrimitiveNode node(
      int index, Primitive kind, List<Integer> shape, ParameterSpec... targets) {
    return new PrimitiveNode(
        index, kind, "n" + index, shape, List.of(targets), PrimitiveNode.Role.ORDINARY);
  }

  private static ParameterSpec weight(int node, Integer... sides) {
    return new ParameterSpec("n" + node, List.of(sides), Role.WEIGHT);
  }

  private static ParameterSpec vector(int node, int size, Role role) {
    return new ParameterSpec("n" + node, List.of(size), role);
  }
}
