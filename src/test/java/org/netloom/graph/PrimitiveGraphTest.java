package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.exchange.SafetensorsFile;

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
    assertThat(actual.nodes()).hasSize(golden.json().get("n_nodes").asInt());
    assertThat(actual.edges()).hasSize(golden.json().get("n_edges_1hop").asInt());
    Distances distances = actual.distances(50);
    assertThat(distances.count()).isEqualTo(golden.json().get("n_edges_all").asInt());
    assertThat(Arrays.stream(distances.inDistance()).max().orElseThrow())
        .isEqualTo(golden.json().get("max_distance").asInt());
    assertThat(Cost.of(network).parameters()).isEqualTo(golden.json().get("n_params").asLong());
    assertThat(neighbourhoods(actual)).isEqualTo(neighbourhoods(expected));
    assertThat(actual.nodes().getLast().role()).isEqualTo(PrimitiveNode.Role.CLASS_BIAS);
    assertThat(actual.nodes().get(actual.nodes().size() - 2).role())
        .isEqualTo(PrimitiveNode.Role.CLASS_WEIGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small_cnn", "deepnet_a", "deepnet_b", "deepnet_c"})
  void distancesAreTheReferencesVirtualEdges(String name) {
    Path file = GoldenGraph.FOLDER.resolve("edges_" + name + ".safetensors");
    int[] triples = SafetensorsFile.readIntegers(file, "edges").toInts();
    Set<List<Integer>> expected = new HashSet<>();
    for (int i = 0; i < triples.length; i += 3) {
      expected.add(List.of(triples[i], triples[i + 1], triples[i + 2]));
    }
    PrimitiveGraph graph = GoldenGraph.read(name).primitives();
    Distances d = graph.distances(50);
    Set<List<Integer>> in = new HashSet<>();
    Set<List<Integer>> out = new HashSet<>();
    for (int v = 0; v < graph.nodes().size(); v++) {
      for (int e = d.inStart()[v]; e < d.inStart()[v + 1]; e++) {
        in.add(List.of(d.inNode()[e], v, d.inDistance()[e]));
      }
      for (int e = d.outStart()[v]; e < d.outStart()[v + 1]; e++) {
        out.add(List.of(v, d.outNode()[e], d.outDistance()[e]));
      }
    }
    assertThat(in).isEqualTo(expected).hasSize(d.count());
    assertThat(out).isEqualTo(expected);
    assertThat(graph.distances(1).count()).isEqualTo(graph.edges().size());
  }

  /** Counts of the published networks, as the reference's builder gives them. */
  @ParameterizedTest
  @CsvSource({
    "vit, 1012234, 129, 148, 8254, 30, 'avg_pool 2, conv 42, msa 10, sum 21, input 1, bias 31,"
        + " ln 20, pos_enc 1, glob_avg 1'",
    "darts, 3349342, 794, 935, 293941, 50, 'max_pool 10, sep_conv 180, dil_conv 18, conv 242,"
        + " sum 80, concat 22, input 1, bias 1, bn 239, glob_avg 1'"
  })
  void aPresetHasThePublishedCounts(
      String name, long parameters, int nodes, int edges, int pairs, int far, String histogram) {
    ComputationalGraph network =
        GraphBuilder.build(new PresetArchitecture(name, 10, InputShape.CIFAR));
    PrimitiveGraph graph = PrimitiveGraph.of(network);
    assertThat(Cost.of(network).parameters()).isEqualTo(parameters);
    assertThat(graph.nodes()).hasSize(nodes);
    assertThat(graph.edges()).hasSize(edges);
    Distances distances = graph.distances(50);
    assertThat(distances.count()).isEqualTo(pairs);
    assertThat(Arrays.stream(distances.outDistance()).max()).hasValue(far);
    assertThat(
            histogram(graph).entrySet().stream()
                .map(e -> e.getKey().label() + " " + e.getValue())
                .collect(Collectors.joining(", ")))
        .isEqualTo(histogram);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "darts"})
  void aPresetTakesLargeImages(String name) {
    ComputationalGraph network =
        GraphBuilder.build(new PresetArchitecture(name, 1000, new InputShape(3, 224, 224)));
    assertThat(network.classes()).isEqualTo(1000);
    assertThat(network.unreachableParameters()).isEmpty();
  }

  private static Map<Primitive, Long> histogram(PrimitiveGraph graph) {
    return graph.nodes().stream()
        .collect(
            Collectors.groupingBy(PrimitiveNode::primitive, TreeMap::new, Collectors.counting()));
  }

  /** Shape and kind of each tensor; the reference files positional encodings under weights. */
  private static Map<String, String> tensors(PrimitiveGraph graph) {
    Map<String, String> all = new TreeMap<>();
    for (PrimitiveNode node : graph.nodes()) {
      for (ParameterSpec p : node.parameters()) {
        boolean position = p.role() == ParameterSpec.Role.POSITION;
        ParameterSpec.Role kind = position ? ParameterSpec.Role.WEIGHT : p.role();
        all.put(p.name(), p.shape() + " " + kind + " " + node.role());
      }
    }
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
