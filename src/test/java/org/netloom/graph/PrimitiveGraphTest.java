package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs against the reference's own builder; the origin of the figures is in golden/README.md. */
final class PrimitiveGraphTest {

  @ParameterizedTest
  @ValueSource(strings = {"deepnet_a", "deepnet_b", "deepnet_c"})
  void aNetworkHasTheReferencesNodesEdgesAndTensors(String name) {
    GoldenGraph golden = GoldenGraph.read(name);
    PrimitiveGraph expected = golden.primitives();
    ComputationalGraph network = GraphBuilder.build(golden.architecture());
    PrimitiveGraph actual = PrimitiveGraph.of(network);
    assertThat(histogram(actual)).isEqualTo(histogram(expected));
    assertThat(tensors(actual)).isEqualTo(tensors(expected));
    assertThat(actual.edges()).hasSize(golden.json().get("n_edges_1hop").asInt());
    Distances distances = actual.distances(50);
    assertThat(distances.count()).isEqualTo(golden.json().get("n_edges_all").asInt());
    assertThat(java.util.Arrays.stream(distances.inDistance()).max().orElseThrow())
        .isEqualTo(golden.json().get("max_distance").asInt());
    assertThat(Cost.of(network).parameters()).isEqualTo(golden.json().get("n_params").asLong());
    assertThat(neighbourhoods(actual)).isEqualTo(neighbourhoods(expected));
    assertThat(actual.nodes().getLast().role()).isEqualTo(PrimitiveNode.Role.CLASS_BIAS);
    assertThat(actual.nodes().get(actual.nodes().size() - 2).role())
        .isEqualTo(PrimitiveNode.Role.CLASS_WEIGHT);
  }

  private static Map<Primitive, Long> histogram(PrimitiveGraph graph) {
    return graph.nodes().stream()
        .collect(
            Collectors.groupingBy(PrimitiveNode::primitive, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, List<Integer>> tensors(PrimitiveGraph graph) {
    Map<String, List<Integer>> all = new TreeMap<>();
    graph.nodes().forEach(n -> n.parameters().forEach(p -> all.put(p.name(), p.shape())));
    return all;
  }

  /**
   * For each named node: how many nodes of each kind it reaches and is reached from at each
   * distance. Anonymous nodes are seen through these counts.
   */
  private static Map<String, Map<String, Integer>> neighbourhoods(PrimitiveGraph graph) {
    Distances d = graph.distances(50);
    Map<String, Map<String, Integer>> all = new TreeMap<>();
    for (PrimitiveNode node : graph.nodes()) {
      if (node.parameters().isEmpty()) {
        continue;
      }
      Map<String, Integer> counts = new TreeMap<>();
      int v = node.index();
      for (int e = d.inStart()[v]; e < d.inStart()[v + 1]; e++) {
        counts.merge("in " + label(graph, d.inNode()[e]) + d.inDistance()[e], 1, Integer::sum);
      }
      for (int e = d.outStart()[v]; e < d.outStart()[v + 1]; e++) {
        counts.merge("out " + label(graph, d.outNode()[e]) + d.outDistance()[e], 1, Integer::sum);
      }
      all.put(node.name(), counts);
    }
    return all;
  }

  private static String label(PrimitiveGraph graph, int v) {
    PrimitiveNode node = graph.nodes().get(v);
    return (node.parameters().isEmpty() ? node.primitive().label() : node.name()) + " at ";
  }
}
