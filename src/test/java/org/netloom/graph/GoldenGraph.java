package org.netloom.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;

/** A graph file of the golden folder: what the reference's own builder gave for a network. */
public record GoldenGraph(JsonNode json) {
  /** The folder of golden figures; their origin is in its README. */
  public static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  public static GoldenGraph read(String name) {
    try {
      return new GoldenGraph(
          JsonMapper.builder()
              .build()
              .readTree(Files.readString(FOLDER.resolve("graph_" + name + ".json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The architecture that the file describes. */
  public Architecture architecture() {
    String arguments = json.get("net_args").toString();
    return ArchitectureReader.read("{\"kind\":\"deepnets1m\"," + arguments.substring(1))
        .architecture();
  }

  /** The network that the file's graph is one of, built anew, for 10 classes and 32×32 images. */
  public ComputationalGraph network() {
    return switch (json.get("name").asText()) {
      case "small_cnn" -> smallCnn();
      case "resnet50" ->
          GraphBuilder.build(new PresetArchitecture("resnet50", 10, InputShape.CIFAR));
      default -> GraphBuilder.build(architecture());
    };
  }

  private static ComputationalGraph smallCnn() {
    GraphAssembler graph = new GraphAssembler("small_cnn", new FeatureShape(3, 32, 32));
    Node x = graph.add("layers.0", convolution(16, 5), graph.input());
    x = graph.add("layers.1", new Operator.AveragePool(2, 2, 0), x);
    x = graph.add("layers.2", new Operator.Activate(Activation.RELU), x);
    x = graph.add("layers.3", convolution(32, 3), x);
    x = graph.add("layers.4", Operator.BatchNorm.DEFAULT, x);
    x = graph.add("layers.5", new Operator.MaxPool(2, 2, 0), x);
    x = graph.add("layers.6", new Operator.Activate(Activation.RELU), x);
    x = graph.add("layers.7", convolution(64, 3), x);
    x = graph.add("layers.8", new Operator.Activate(Activation.RELU), x);
    x = graph.add("layers.9", new Operator.GlobalAveragePool(), x);
    return graph.finish(graph.add("layers.11", new Operator.Linear(10, true), x));
  }

  private static Operator convolution(int out, int kernel) {
    return new Operator.Convolution(out, kernel, kernel, 1, 1, Padding.of(0), 1, 1, 1, true);
  }

  /** The primitive graph with the file's own order of nodes. */
  public PrimitiveGraph primitives() {
    Map<Integer, List<ParameterSpec>> targets = new LinkedHashMap<>();
    Map<Integer, PrimitiveNode.Role> roles = new LinkedHashMap<>();
    for (JsonNode target : json.get("targets")) {
      int node = target.get("node").asInt();
      String kind = target.get("kind").asText();
      ParameterSpec.Role role =
          switch (kind) {
            case "norm_w" -> ParameterSpec.Role.NORM_WEIGHT;
            case "norm_b" -> ParameterSpec.Role.NORM_BIAS;
            case "bias", "cls_b" -> ParameterSpec.Role.BIAS;
            default -> ParameterSpec.Role.WEIGHT;
          };
      targets
          .computeIfAbsent(node, key -> new ArrayList<>())
          .add(new ParameterSpec(target.get("param").asText(), shape(target.get("shape")), role));
      if (kind.startsWith("cls")) {
        roles.put(
            node,
            kind.equals("cls_w") ? PrimitiveNode.Role.CLASS_WEIGHT : PrimitiveNode.Role.CLASS_BIAS);
      }
    }
    List<PrimitiveNode> nodes = new ArrayList<>();
    for (JsonNode node : json.get("nodes")) {
      int i = node.get("i").asInt();
      nodes.add(
          new PrimitiveNode(
              i,
              Primitive.values()[node.get("op").asInt()],
              node.get("name").asText(),
              shape(node.get("shape")),
              targets.getOrDefault(i, List.of()),
              roles.getOrDefault(i, PrimitiveNode.Role.ORDINARY)));
    }
    List<PrimitiveGraph.Edge> edges = new ArrayList<>();
    json.get("edges_1hop")
        .forEach(e -> edges.add(new PrimitiveGraph.Edge(e.get(0).asInt(), e.get(1).asInt())));
    return new PrimitiveGraph(nodes, edges);
  }

  private static List<Integer> shape(JsonNode node) {
    List<Integer> shape = new ArrayList<>();
    if (!node.isNull()) {
      node.forEach(side -> shape.add(side.asInt()));
    }
    return shape;
  }
}
