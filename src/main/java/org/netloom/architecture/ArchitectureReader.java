package org.netloom.architecture;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/**
 * Reads architectures: compact canonical text, or a YAML or JSON file of kind {@code deepnets1m}
 * with the published network arguments as keys.
 */
public final class ArchitectureReader {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "kind", "C", "n_cells", "ks", "norm", "stem_type", "stem_pool", "preproc", "C_mult",
              "fc_layers", "fc_dim", "glob_avg", "genotype", "classes", "input"));

  private final String source;
  private final JsonNode root;
  private final List<String> problems = new ArrayList<>();

  /** An architecture and whether its text fixed classes and input itself. */
  public record ArchitectureSource(
      Architecture architecture, boolean hasClasses, boolean hasInput) {}

  private ArchitectureReader(String source, JsonNode root) {
    this.source = source;
    this.root = root;
  }

  /**
   * Reads an architecture from a command's argument.
   *
   * @throws InputException naming every problem found
   */
  public static ArchitectureSource read(String argument) {
    if (argument.strip().startsWith("{")) {
      return parse("(argument)", argument);
    }
    Path file = Path.of(argument);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "'%s' is neither a file nor an architecture in compact form ({\"kind\":\"deepnets1m\",…})."
              .formatted(argument));
    }
    try {
      return parse(argument, Files.readString(file));
    } catch (IOException e) {
      throw new InputException("%s cannot be read as text: %s".formatted(file, e), e);
    }
  }

  private static ArchitectureSource parse(String source, String text) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root == null || !root.isObject()) {
        throw new InputException("%s: an architecture is a map of keys.".formatted(source));
      }
      return new ArchitectureReader(source, root).deepNets();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new InputException(where + ": " + e.getOriginalMessage(), e);
    }
  }

  private ArchitectureSource deepNets() {
    String kind = root.path("kind").asText("");
    if (!kind.equals("deepnets1m")) {
      throw new InputException(
          "%s: kind: unknown kind ('%s').%n  Allowed: deepnets1m".formatted(source, kind));
    }
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                problems.add("%s: unknown key.%n  Allowed: %s".formatted(key, KEYS));
              }
            });
    int channels = integer("C", 1, 8192, null);
    int cells = integer("n_cells", 1, 1000, null);
    int kernel = integer("ks", 1, 63, null);
    int stemType = integer("stem_type", 0, 1, null);
    int multiplier = integer("C_mult", 1, 8, 1);
    int fcLayers = integer("fc_layers", 0, 2, 1);
    int fcDim = integer("fc_dim", 1, 65536, 64);
    int classes = integer("classes", 1, 1_000_000, 10);
    boolean stemPool = flag("stem_pool", false);
    boolean preprocess = flag("preproc", true);
    boolean average = flag("glob_avg", true);
    Genotype genotype = genotype(root.path("genotype"));
    InputShape input = InputShape.CIFAR;
    if (root.hasNonNull("input")) {
      try {
        input = InputShape.parse(root.get("input").asText());
      } catch (IllegalArgumentException e) {
        problems.add("input: " + e.getMessage());
      }
    }
    if (!problems.isEmpty() || genotype == null) {
      throw new InputException(
          String.join(
              System.lineSeparator(),
              problems.stream().map(problem -> source + ": " + problem).toList()));
    }
    return new ArchitectureSource(
        new DeepNetsArchitecture(
            channels, cells, kernel, norm(), stemType, stemPool, preprocess, multiplier, fcLayers,
            fcDim, average, genotype, classes, input),
        root.hasNonNull("classes"),
        root.hasNonNull("input"));
  }

  private DeepNetsArchitecture.Norm norm() {
    JsonNode norm = root.path("norm");
    return norm.isNull() || norm.asText().equals("none")
        ? DeepNetsArchitecture.Norm.NONE
        : DeepNetsArchitecture.Norm.BATCH_NORM;
  }

  private int integer(
      String key, int min, int max, @Nullable Integer fallback) {
    JsonNode node = root.path(key);
    if (node.isMissingNode() && fallback != null) {
      return fallback;
    }
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      problems.add("%s: needs an integer, but is (%s).".formatted(key, node));
      return min;
    }
    if (node.asInt() < min || node.asInt() > max) {
      problems.add(
          "%s: (%d) is out of range.%n  Allowed: %d to %d".formatted(key, node.asInt(), min, max));
    }
    return node.asInt();
  }

  private boolean flag(String key, boolean fallback) {
    JsonNode node = root.path(key);
    if (!node.isMissingNode() && !node.isBoolean()) {
      problems.add("%s: (%s) is neither true nor false.".formatted(key, node));
    }
    return node.asBoolean(fallback);
  }

  private @Nullable Genotype genotype(JsonNode node) {
    try {
      return new Genotype(
          edges(node, "normal"),
          states(node, "normal_concat"),
          edges(node, "reduce"),
          states(node, "reduce_concat"));
    } catch (IllegalArgumentException e) {
      problems.add("genotype: " + e.getMessage());
      return null;
    }
  }

  private static List<Genotype.Edge> edges(JsonNode genotype, String key) {
    List<Genotype.Edge> edges = new ArrayList<>();
    for (JsonNode edge : genotype.path(key)) {
      String name = edge.path(0).asText();
      CellOperation operation =
          CellOperation.of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s: unknown operation ('%s').%n  Allowed: %s"
                              .formatted(
                                  key,
                                  name,
                                  List.of(CellOperation.values()).stream()
                                      .map(CellOperation::label)
                                      .toList())));
      if (!edge.path(1).canConvertToInt() || !edge.path(1).isIntegralNumber()) {
        throw new IllegalArgumentException(
            "%s: an edge is [operation, state], but is (%s).".formatted(key, edge));
      }
      edges.add(new Genotype.Edge(operation, edge.path(1).asInt()));
    }
    return edges;
  }

  private static List<Integer> states(JsonNode genotype, String key) {
    List<Integer> states = new ArrayList<>();
    genotype.path(key).forEach(state -> states.add(state.asInt(-1)));
    return states;
  }
}
