package org.netloom.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A network as a directed acyclic graph of operators in topological order: the single source of
 * truth for cost, hypernetwork, execution, training, export and picture. Node 0 is the input, the
 * last node gives the logits; every node reaches it. What was built but cannot reach the output is
 * kept only as {@link #unreachableParameters()}.
 */
public final class ComputationalGraph {
  private final String name;
  private final List<Node> nodes;
  private final List<ParameterSpec> unreachableParameters;
  private final TrainingPlaces places;

  /** A network without places that training acts on. */
  public ComputationalGraph(
      String name, List<Node> nodes, List<ParameterSpec> unreachableParameters) {
    this(name, nodes, unreachableParameters, TrainingPlaces.NONE);
  }

  ComputationalGraph(
      String name,
      List<Node> nodes,
      List<ParameterSpec> unreachableParameters,
      TrainingPlaces places) {
    this.name = name;
    this.places = places;
    this.nodes = List.copyOf(nodes);
    this.unreachableParameters = List.copyOf(unreachableParameters);
    for (int i = 0; i < this.nodes.size(); i++) {
      Node node = this.nodes.get(i);
      if (node.index() != i) {
        throw new IllegalArgumentException(
            "Node '%s' has index (%d) but stands at (%d).".formatted(node.name(), node.index(), i));
      }
      for (int input : node.inputs()) {
        if (input < 0 || input >= i) {
          throw new IllegalArgumentException(
              "Node '%s' (%d) reads node (%d): not in topological order."
                  .formatted(node.name(), i, input));
        }
      }
    }
  }

  /** A name for messages. */
  public String name() {
    return name;
  }

  /** All operators in topological order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The image. */
  public Node input() {
    return nodes.getFirst();
  }

  /** The node whose output is the logits. */
  public Node output() {
    return nodes.getLast();
  }

  /** Number of classes. */
  public int classes() {
    return output().shape().channels();
  }

  /** Where training may drop paths and attach an auxiliary head. */
  public TrainingPlaces places() {
    return places;
  }

  /** Trainable tensors of nodes that reach the output, in node order. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> all = new ArrayList<>();
    nodes.forEach(node -> all.addAll(node.parameters()));
    return all;
  }

  /** Trainable tensors of blocks that cannot reach the output: counted, never predicted. */
  public List<ParameterSpec> unreachableParameters() {
    return unreachableParameters;
  }
}
