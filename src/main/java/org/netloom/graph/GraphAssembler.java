package org.netloom.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/**
 * Builds a {@link ComputationalGraph} operator by operator with shape inference. Nodes are handles
 * until {@link #finish}, which drops what cannot reach the output.
 */
final class GraphAssembler {
  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final List<ParameterSpec> detached = new ArrayList<>();
  private final List<Node> paths = new ArrayList<>();
  private TrainingPlaces.@Nullable Auxiliary auxiliary;
  private int cell;

  GraphAssembler(String name, FeatureShape input) {
    this.name = name;
    nodes.add(new Node(0, "input", new Operator.Input(), List.of(), input, List.of(), 0));
  }

  Node input() {
    return nodes.getFirst();
  }

  /** Following nodes belong to this cell. */
  void cell(int index) {
    cell = index;
  }

  /** The output of this node is a path that training may drop. */
  void path(Node node) {
    paths.add(node);
  }

  /** Training may attach an auxiliary head here. */
  void auxiliary(TrainingPlaces.Auxiliary place) {
    auxiliary = place;
  }

  /** Registers the tensors of a block that is built but can never run. */
  void detach(String node, Operator operator, int inChannels) {
    detached.addAll(ParameterSpecs.of(node, operator, inChannels));
  }

  /** Refuses an input of another width than the block was built for. */
  void expectChannels(String node, Node in, int channels) {
    if (in.shape().channels() != channels) {
      throw new InputException(
          ("Network %s, node '%s' is built for (%d) channels, but reads (%d) from '%s'. Maybe the"
                  + " cells need preprocessing (preproc: true); only cells of one step with C_mult"
                  + " 1 can do without.")
              .formatted(name, node, channels, in.shape().channels(), in.name()));
    }
  }

  /** Adds an operator that reads the given nodes. */
  Node add(String node, Operator operator, Node... inputs) {
    List<FeatureShape> shapes = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (Node in : inputs) {
      shapes.add(in.shape());
      indices.add(in.index());
    }
    FeatureShape shape = ShapeInference.output(name, node, operator, shapes);
    int channels = shapes.isEmpty() ? shape.channels() : shapes.getFirst().channels();
    Node added =
        new Node(
            nodes.size(),
            node,
            operator,
            indices,
            shape,
            ParameterSpecs.of(node, operator, channels),
            cell);
    nodes.add(added);
    return added;
  }

  /** The graph of everything that reaches the output; the rest becomes unreachable tensors. */
  ComputationalGraph finish(Node output) {
    boolean[] live = new boolean[nodes.size()];
    live[output.index()] = true;
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (live[i]) {
        nodes.get(i).inputs().forEach(in -> live[in] = true);
      }
    }
    if (!live[0]) {
      throw new InputException(
          "Network %s: no path leads from the input to the output.".formatted(name));
    }
    Map<Integer, Integer> renumbered = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    List<ParameterSpec> dead = new ArrayList<>(detached);
    for (Node node : nodes) {
      if (!live[node.index()]) {
        dead.addAll(node.parameters());
        continue;
      }
      renumbered.put(node.index(), kept.size());
      kept.add(
          new Node(
              kept.size(),
              node.name(),
              node.operator(),
              node.inputs().stream().map(renumbered::get).toList(),
              node.shape(),
              node.parameters(),
              node.cell()));
    }
    return new ComputationalGraph(name, kept, dead, places(renumbered));
  }

  /** The places that reach the output. */
  private TrainingPlaces places(Map<Integer, Integer> renumbered) {
    return new TrainingPlaces(
        paths.stream()
            .map(path -> renumbered.get(path.index()))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()),
        Optional.ofNullable(auxiliary)
            .filter(place -> renumbered.containsKey(place.node()))
            .map(place -> place.at(Objects.requireNonNull(renumbered.get(place.node())))));
  }
}
