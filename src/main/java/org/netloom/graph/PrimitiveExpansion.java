package org.netloom.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.netloom.graph.ParameterSpec.Role;

/**
 * Expands operators to primitives: weight → bias, one node per norm, operators that are no
 * primitives pass their predecessors on, sums and concatenations with fewer than two distinct
 * predecessors are dropped. Because operators come in topological order and predecessors are
 * resolved before their consumers, one pass reaches the fixpoint.
 */
final class PrimitiveExpansion {
  private final ComputationalGraph graph;
  private final List<PrimitiveNode> nodes = new ArrayList<>();
  private final List<TreeSet<Integer>> sources = new ArrayList<>();

  /** The layer that gives the classes; what follows it has no tensors. */
  private final Node classifier;

  PrimitiveExpansion(ComputationalGraph graph) {
    this.graph = graph;
    Node last = graph.output();
    while (last.parameters().isEmpty() && last.inputs().size() == 1) {
      last = graph.nodes().get(last.inputs().getFirst());
    }
    this.classifier = last;
  }

  PrimitiveGraph run() {
    List<TreeSet<Integer>> outputs = new ArrayList<>();
    for (Node node : graph.nodes()) {
      TreeSet<Integer> predecessors = new TreeSet<>();
      node.inputs().forEach(in -> predecessors.addAll(outputs.get(in)));
      outputs.add(expand(node, predecessors));
    }
    List<PrimitiveGraph.Edge> edges = new ArrayList<>();
    for (int v = 0; v < sources.size(); v++) {
      for (int u : sources.get(v)) {
        edges.add(new PrimitiveGraph.Edge(u, v));
      }
    }
    edges.sort(
        Comparator.comparingInt(PrimitiveGraph.Edge::source)
            .thenComparingInt(PrimitiveGraph.Edge::target));
    return new PrimitiveGraph(nodes, edges);
  }

  /** The primitives that stand for the operator's output. */
  private TreeSet<Integer> expand(Node node, TreeSet<Integer> before) {
    return switch (node.operator()) {
      case Operator.Input op -> add(Primitive.INPUT, node, List.of(), List.of(), before);
      case Operator.Convolution op -> layer(convolution(op), node, before);
      case Operator.Linear op -> layer(Primitive.CONV, node, before);
      case Operator.BatchNorm op -> norm(Primitive.BN, node, before);
      case Operator.LayerNorm op -> norm(Primitive.LN, node, before);
      case Operator.MaxPool op -> pool(Primitive.MAX_POOL, node, op.kernel(), before);
      case Operator.AveragePool op -> pool(Primitive.AVG_POOL, node, op.kernel(), before);
      case Operator.GlobalAveragePool op ->
          add(Primitive.GLOB_AVG, node, List.of(), List.of(), before);
      case Operator.AdaptiveAveragePool op -> squeeze(node, before);
      case Operator.Sum op -> merge(Primitive.SUM, node, before);
      case Operator.Concat op -> merge(Primitive.CONCAT, node, before);
      case Operator.ChannelScale op -> add(Primitive.CSE, node, List.of(), List.of(), before);
      case Operator.Attention op -> add(Primitive.MSA, node, List.of(), List.of(), before);
      case Operator.WindowAttention op -> add(Primitive.MSA, node, List.of(), List.of(), before);
      case Operator.LayerScale op -> layer(Primitive.CSE, node, before);
      case Operator.Tokens op -> layer(Primitive.POS_ENC, node, before);
      case Operator.Prepend op -> merge(Primitive.CONCAT, node, before);
      case Operator.FirstToken op -> before;
      case Operator.PositionalEncoding op -> layer(Primitive.POS_ENC, node, before);
      case Operator.Activate op -> before;
      case Operator.Subsample op -> before;
      case Operator.ChannelSlice op -> before;
      case Operator.ChannelShuffle op -> before;
      case Operator.Pad op -> before;
      case Operator.Flatten op -> before;
      case Operator.Dropout op -> before;
      case Operator.StochasticDepth op -> before;
      case Operator.Zeros op -> before;
    };
  }

  /** The mean inside squeeze-excite is no node; any other adaptive pooling is glob_avg. */
  private TreeSet<Integer> squeeze(Node node, TreeSet<Integer> before) {
    return feedsGate(node) ? before : add(Primitive.GLOB_AVG, node, List.of(), List.of(), before);
  }

  /** Whether everything that this vector leads to is a channel gate. */
  private boolean feedsGate(Node node) {
    if (node.shape().height() != 1 || node.shape().width() != 1) {
      return false;
    }
    List<Node> consumers =
        graph.nodes().stream().filter(n -> n.inputs().contains(node.index())).toList();
    return !consumers.isEmpty()
        && consumers.stream()
            .allMatch(
                n ->
                    n.operator() instanceof Operator.ChannelScale
                            && n.inputs().get(1) == node.index()
                        || !(n.operator() instanceof Operator.ChannelScale) && feedsGate(n));
  }

  private static Primitive convolution(Operator.Convolution op) {
    if (op.groups() == 1) {
      return Primitive.CONV;
    }
    return Math.min(op.dilationH(), op.dilationW()) > 1 ? Primitive.DIL_CONV : Primitive.SEP_CONV;
  }

  private TreeSet<Integer> layer(Primitive primitive, Node node, TreeSet<Integer> before) {
    ParameterSpec weight = node.parameters().getFirst();
    TreeSet<Integer> out = add(primitive, node, weight.shape(), List.of(weight), before);
    if (node.parameters().size() == 2) {
      ParameterSpec bias = node.parameters().get(1);
      out = add(Primitive.BIAS, node, bias.shape(), List.of(bias), out);
    }
    return out;
  }

  private TreeSet<Integer> norm(Primitive primitive, Node node, TreeSet<Integer> before) {
    return add(primitive, node, node.parameters().getFirst().shape(), node.parameters(), before);
  }

  private TreeSet<Integer> pool(
      Primitive primitive, Node node, int kernel, TreeSet<Integer> before) {
    return add(primitive, node, List.of(1, 1, kernel, kernel), List.of(), before);
  }

  private TreeSet<Integer> merge(Primitive primitive, Node node, TreeSet<Integer> before) {
    return before.size() < 2 ? before : add(primitive, node, List.of(), List.of(), before);
  }

  private TreeSet<Integer> add(
      Primitive primitive,
      Node node,
      List<Integer> shape,
      List<ParameterSpec> parameters,
      TreeSet<Integer> before) {
    int index = nodes.size();
    PrimitiveNode.Role role = PrimitiveNode.Role.ORDINARY;
    if (node == classifier && !parameters.isEmpty()) {
      role =
          parameters.getFirst().role() == Role.BIAS
              ? PrimitiveNode.Role.CLASS_BIAS
              : PrimitiveNode.Role.CLASS_WEIGHT;
    }
    String name = parameters.isEmpty() ? node.name() : parameters.getFirst().name();
    nodes.add(new PrimitiveNode(index, primitive, name, shape, parameters, role));
    sources.add(before);
    TreeSet<Integer> self = new TreeSet<>();
    self.add(index);
    return self;
  }
}
