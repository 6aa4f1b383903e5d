package org.netloom.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;

/**
 * A network as a Python program that needs torch alone: a readable torch.nn.Module whose tensors
 * carry the graph's names, so that {@code model.safetensors} loads into it. One method computes
 * each group of nodes (a stem, a cell). In evaluation mode it gives the logits of the ONNX model.
 */
public final class PyTorchModule {
  private final ComputationalGraph graph;
  private final PyTorchValues values;
  private final StringBuilder out = new StringBuilder();

  private PyTorchModule(ComputationalGraph graph) {
    this.graph = graph;
    this.values = new PyTorchValues(graph);
  }

  /**
   * The program's text; the same network gives the same text.
   *
   * @param title what the network is, for its first line
   */
  public static String write(ComputationalGraph graph, String title) {
    return new PyTorchModule(graph).run(title);
  }

  private String run(String title) {
    FeatureShape in = graph.input().shape();
    out.append(
        PyTorchTemplate.HEAD.formatted(
            title.replace("\\", "\\\\").replace("\"", "'"),
            in.channels(),
            in.height(),
            in.width(),
            graph.classes()));
    layers();
    out.append(PyTorchTemplate.ACCESS);
    new PyTorchForward(graph, values).write(out);
    helpers();
    out.append(PyTorchTemplate.LOAD.formatted(in.channels(), in.height(), in.width()));
    return out.toString();
  }

  /** One line per layer; a layer that holds others is made before them. */
  private void layers() {
    Map<String, String> constructors = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      constructors.putAll(values.layers(node));
    }
    String group = "";
    Set<String> made = new HashSet<>();
    for (String name : constructors.keySet()) {
      for (String next : withHolders(name, constructors.keySet())) {
        if (made.add(next)) {
          if (!PyTorchNames.group(next).equals(group)) {
            group = PyTorchNames.group(next);
            out.append("        # ").append(group).append('\n');
          }
          out.append("        self.add(").append(PyTorchNames.quoted(next)).append(", ");
          out.append(constructors.get(next)).append(")\n");
        }
      }
    }
  }

  private static List<String> withHolders(String name, Set<String> layers) {
    List<String> chain = new ArrayList<>();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (layers.contains(name.substring(0, dot))) {
        chain.add(name.substring(0, dot));
      }
    }
    chain.add(name);
    return chain;
  }

  private void helpers() {
    Set<Class<?>> used =
        graph.nodes().stream().map(node -> node.operator().getClass()).collect(Collectors.toSet());
    boolean overPositions =
        graph.nodes().stream()
            .anyMatch(
                node ->
                    (node.operator() instanceof Operator.Linear
                            || node.operator() instanceof Operator.LayerNorm)
                        && !values.isVector(node));
    if (used.contains(Operator.PositionalEncoding.class)) {
      out.append(PyTorchTemplate.LEARNED);
    }
    if (overPositions) {
      out.append(PyTorchTemplate.POSITIONWISE);
    }
    if (used.contains(Operator.Attention.class)) {
      out.append(PyTorchTemplate.ATTENTION);
    }
    if (used.contains(Operator.WindowAttention.class)) {
      out.append(PyTorchTemplate.WINDOW_ATTENTION);
    }
    if (used.contains(Operator.Prepend.class)) {
      out.append(PyTorchTemplate.PREPEND);
    }
    if (used.contains(Operator.StochasticDepth.class)) {
      out.append(PyTorchTemplate.STOCHASTIC_DEPTH);
    }
  }
}
