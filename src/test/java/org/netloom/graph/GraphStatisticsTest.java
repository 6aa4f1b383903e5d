package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;

class GraphStatisticsTest {
  private static GraphStatistics of(String preset) {
    return GraphStatistics.of(
        PrimitiveGraph.of(
            GraphBuilder.build(new PresetArchitecture(preset, 10, InputShape.CIFAR))));
  }

  /** Figures of the published networks as the reference's tools print them (to all digits). */
  @Test
  void theTransformerHasThePublishedFiguresToAllDigits() {
    GraphStatistics vit = of("vit");
    assertThat(vit.nodes()).isEqualTo(129);
    assertThat(vit.edges()).isEqualTo(148);
    assertThat(vit.pairs()).isEqualTo(8254);
    assertThat(vit.maxDistance()).isEqualTo(30);
    assertThat(vit.meanDegree()).isEqualTo(2.294573643410853);
    assertThat(vit.meanPath()).isEqualTo(10.700096899224807);
    assertThat(vit.distances()).containsEntry(1, 148).hasSize(30);
    assertThat(vit.histogram()).containsEntry(Primitive.MSA, 10).doesNotContainKey(Primitive.BN);
  }

  @Test
  void theCellNetworkHasThePublishedCounts() {
    GraphStatistics darts = of("darts");
    assertThat(darts.nodes()).isEqualTo(794);
    assertThat(darts.edges()).isEqualTo(935);
    assertThat(darts.pairs()).isEqualTo(293941);
    assertThat(darts.maxDistance()).isEqualTo(50);
  }

  @Test
  void aSmallGraphCountsAsByHand() {
    // 0 → 1 → 3 and 0 → 2 → 3, then 3 → 4
    PrimitiveGraph graph =
        graph(
            5,
            new PrimitiveGraph.Edge(0, 1),
            new PrimitiveGraph.Edge(0, 2),
            new PrimitiveGraph.Edge(1, 3),
            new PrimitiveGraph.Edge(2, 3),
            new PrimitiveGraph.Edge(3, 4));
    GraphStatistics figures = GraphStatistics.of(graph);
    assertThat(figures.meanDegree()).isEqualTo(2);
    assertThat(figures.distances()).isEqualTo(Map.of(1, 5, 2, 3, 3, 1));
    // pairs: 01 02 13 23 34 at 1; 03 12 14 24 at 2; 04 at 3
    assertThat(figures.meanPath()).isEqualTo((5 + 2 * 4 + 3) / 10.0);
  }

  @Test
  void aGraphInTwoPartsHasNoMeanPath() {
    assertThat(GraphStatistics.of(graph(3, new PrimitiveGraph.Edge(0, 1))).meanPath()).isNaN();
  }

  private static PrimitiveGraph graph(int nodes, PrimitiveGraph.Edge... edges) {
    List<PrimitiveNode> all =
        IntStream.range(0, nodes)
            .mapToObj(
                i ->
                    new PrimitiveNode(
                        i,
                        Primitive.SUM,
                        "n" + i,
                        List.of(),
                        List.of(),
                        PrimitiveNode.Role.ORDINARY))
            .toList();
    return new PrimitiveGraph(all, List.of(edges));
  }
}
