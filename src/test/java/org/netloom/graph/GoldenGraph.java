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
