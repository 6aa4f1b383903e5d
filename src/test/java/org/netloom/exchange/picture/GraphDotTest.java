package org.netloom.exchange.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.Node;

class GraphDotTest {
  @Test
  void everyNodeAndEdgeIsThereUnderTheGraphsNames() {
    ComputationalGraph graph =
        GraphBuilder.build(new PresetArchitecture("vit", 10, InputShape.CIFAR));
    String dot = GraphDot.write(graph);
    assertThat(dot).startsWith("digraph \"").endsWith("}\n");
    int edges = 0;
    for (Node node : graph.nodes()) {
      assertThat(dot).contains("  \"" + node.name() + "\" [label=\"" + node.name() + "\\n");
      for (int in : node.inputs()) {
        String source = graph.nodes().get(in).name();
        assertThat(dot).contains("  \"" + source + "\" -> \"" + node.name() + "\";\n");
        edges++;
      }
    }
    assertThat(dot.lines().filter(line -> line.contains(" -> ")).count()).isEqualTo(edges);
  }

  @Test
  void quotesAndBackslashesInNamesAreEscaped() {
    ComputationalGraph vit =
        GraphBuilder.build(new PresetArchitecture("vit", 10, InputShape.CIFAR));
    ComputationalGraph odd =
        new ComputationalGraph("a\"b\\c", vit.nodes(), vit.unreachableParameters());
    assertThat(GraphDot.write(odd)).startsWith("digraph \"a\\\"b\\\\c\" {");
  }
}
