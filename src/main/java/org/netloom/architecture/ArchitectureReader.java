package org.netloom.architecture;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;

/**
 * Reads architectures: the name of a preset, compact canonical text, or a YAML or JSON file. Kind
 * {@code deepnets1m} has the published network arguments as keys, kind {@code preset} a name.
 */
public final class ArchitectureReader {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final int DEFAULT_CLASSES = 10;
  private static final List<String> BATCH_NORMS = List.of("bn", "bnorm", "bn-track");
  private static final Set<String> PRESET_KEYS =
      new TreeSet<>(List.of("kind", "name", "classes", "input"));
  private static final Set<String> DEEPNETS_KEYS =
      new TreeSet<>(
          List.of(
              "kind",
              "C",
              "n_cells",
              "ks",
              "norm",
              "stem_type",
              "stem_pool",
              "preproc",
              "C_mult",
              "fc_layers",
              "fc_dim",
              "glob_avg",
              "genotype",
              "classes",
              "input"));

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
    if (Presets.NAMES.contains(argument)) {
      return new ArchitectureSource(
          new PresetArchitecture(argument, DEFAULT_CLASSES, InputShape.CIFAR), false, false);
    }
    if (!isFile(argument)) {
      throw new InputException(
          ("'%s' is neither a preset nor a file nor an architecture in compact form"
                  + " ({\"kind\":\"deepnets1m\",…}).%n  Presets: %s")
              .formatted(argument, String.join(", ", Presets.NAMES)));
    }
    Path file = Path.of(argument);
    try {
      return parse(argument, Files.readString(file));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static boolean isFile(String argument) {
    try {
      return Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static ArchitectureSource parse(String source, String text) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root == null || !root.isObject()) {
        throw new InputException("%s: an architecture is a map of keys.".formatted(source));
      }
      return new ArchitectureReader(source, root).architecture();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new InputException(where + ": " + e.getOriginalMessage(), e);
    }
  }

  private ArchitectureSource architecture() {
    String kind = root.path("kind").asText("");
    Architecture architecture =
        switch (kind) {
          case "deepnets1m" -> deepNets();
          case "preset" -> preset();
          default ->
              throw new InputException(
                  "%s: kind: unknown kind ('%s').%n  Allowed: deepnets1m, preset"
                      .formatted(source, kind));
        };
    return new ArchitectureSource(
        architecture, root.hasNonNull("classes"), root.hasNonNull("input"));
  }

  private Architecture preset() {
    allowKeys(PRESET_KEYS);
    String name = root.path("name").asText("");
    if (!Presets.NAMES.contains(name)) {
      problems.add(
          "name: unknown preset ('%s').%n  Allowed: %s"
              .formatted(name, String.join(", ", Presets.NAMES)));
    }
    int classes = classes();
    InputShape input = input();
    refuseIfProblems();
    return new PresetArchitecture(name, classes, input);
  }

  private Architecture deepNets() {
    allowKeys(DEEPNETS_KEYS);
    int channels = integer("C", 1, 8192, null);
    int cells = integer("n_cells", 1, 1000, null);
    int kernel = integer("ks", 1, 63, null);
    int stemType = integer("stem_type", 0, 1, null);
    int multiplier = integer("C_mult", 1, 8, 1);
    int fcLayers = integer("fc_layers", 0, 2, 1);
    int fcDim = integer("fc_dim", 1, 65536, 64);
    int classes = classes();
    boolean stemPool = flag("stem_pool", false);
    boolean preprocess = flag("preproc", true);
    boolean average = flag("glob_avg", true);
    Genotype genotype = genotype(root.path("genotype"));
    DeepNetsArchitecture.Norm norm = norm();
    InputShape input = input();
    refuseIfProblems();
    return new DeepNetsArchitecture(
        channels,
        cells,
        kernel,
        norm,
        stemType,
        stemPool,
        preprocess,
        multiplier,
        fcLayers,
        fcDim,
        average,
        Objects.requireNonNull(genotype),
        classes,
        input);
  }

  private void allowKeys(Set<String> allowed) {
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                problems.add(
                    "%s: unknown key.%n  Allowed: %s".formatted(key, String.join(", ", allowed)));
              }
            });
  }

  private void refuseIfProblems() {
    if (!problems.isEmpty()) {
      throw new InputException(
          String.join(
              System.lineSeparator(),
              problems.stream().map(problem -> source + ": " + problem).toList()));
    }
  }

  private int classes() {
    return root.hasNonNull("classes") ? integer("classes", 1, 1_000_000, null) : DEFAULT_CLASSES;
  }

  private InputShape input() {
    if (root.hasNonNull("input")) {
      try {
        return InputShape.parse(root.get("input").asText());
      } catch (InputException e) {
        problems.add("input: " + e.getMessage());
      }
    }
    return InputShape.CIFAR;
  }

  /** The published names: both stand for batch norm; a missing key too. */
  private DeepNetsArchitecture.Norm norm() {
    JsonNode norm = root.path("norm");
    if (norm.isNull() || norm.asText().equals("none")) {
      return DeepNetsArchitecture.Norm.NONE;
    }
    if (!norm.isMissingNode() && !BATCH_NORMS.contains(norm.asText())) {
      problems.add(
          "norm: unknown norm (%s).%n  Allowed: %s, none, null"
              .formatted(norm, String.join(", ", BATCH_NORMS)));
    }
    return DeepNetsArchitecture.Norm.BATCH_NORM;
  }

  private int integer(String key, int min, int max, @Nullable Integer fallback) {
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
