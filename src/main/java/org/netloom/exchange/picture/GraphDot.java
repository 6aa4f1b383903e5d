package org.netloom.exchange.picture;

import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;

/**
 * A network as a DOT text for Graphviz: one node per operator under the graph's own name, labelled
 * with name, operation and output shape, one edge per input.
 */
public final class GraphDot {
  private GraphDot() {}

  /** The text; the same network gives the same text. */
  public static String write(ComputationalGraph graph) {
    StringBuilder out = new StringBuilder();
    out.append("digraph ").append(quoted(graph.name())).append(" {\n");
    out.append("  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n");
    for (Node node : graph.nodes()) {
      out.append("  ").append(quoted(node.name())).append(" [label=");
      String label = node.name() + "\n" + OperatorText.title(node.operator()) + "\n" + node.shape();
      out.append(quoted(label)).append("];\n");
    }
    for (Node node : graph.nodes()) {
      for (int input : node.inputs()) {
        out.append("  ").append(quoted(graph.nodes().get(input).name()));
        out.append(" -> ").append(quoted(node.name())).append(";\n");
      }
    }
    return out.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
