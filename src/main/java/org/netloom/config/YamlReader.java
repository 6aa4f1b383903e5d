package org.netloom.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML or JSON document into a record and tells all its problems at once:
 *
 * <pre>{@code
 * space.yaml:14:20: cell.operations[2]: unknown operation 'sep_conv_4x4'.
 *   Allowed: none, skip_connect, sep_conv_3x3
 *   Maybe 'sep_conv_3x3'?
 * 1 problem. Nothing was run.
 * }</pre>
 */
public final class YamlReader {
  private YamlReader() {}

  /**
   * Reads a file.
   *
   * @param overrides {@code key=value} texts with dotted keys, applied in order
   * @param reader asks the document's sections for its keys
   * @throws InputException with every problem
   */
  public static <T> T read(Path file, List<String> overrides, Function<Section, T> reader) {
    return parse(file.toString(), InputText.read(file), overrides, reader);
  }

  /** Reads a text; {@code source} stands for the file name in messages. */
  public static <T> T parse(
      String source, String text, List<String> overrides, Function<Section, T> reader) {
    Problems problems = new Problems();
    YamlNode node = LocatedYaml.parse(source, text, problems);
    if (!(node instanceof YamlNode.Mapping root)) {
      noKeys(source, node, problems);
      throw problems.toException();
    }
    Overrides.apply(root, overrides, problems);
    Reading reading = new Reading(problems);
    Section top = new Section(reading, "", root);
    T result;
    try {
      result = reader.apply(top);
    } catch (IllegalArgumentException e) {
      // A record refused values that were right one by one; the located problems say more.
      reading.reportUnknownKeys();
      if (problems.isEmpty()) {
        problems.add(root.location(), "", String.valueOf(e.getMessage()));
      }
      throw problems.toException();
    }
    reading.reportUnknownKeys();
    problems.throwIfAny();
    return result;
  }

  /** Dotted paths of all keys that the reader asks an empty document for. */
  public static List<String> keys(Function<Section, ?> reader) {
    return ask(reader).knownPaths();
  }

  /**
   * JSON Schema of the keys that the reader asks an empty document for, with their ranges, allowed
   * values and defaults: what an editor needs to complete and check.
   */
  public static Map<String, Object> schema(Function<Section, ?> reader) {
    Reading reading = ask(reader);
    return Schema.document(reading.knownPaths(), reading::form);
  }

  private static Reading ask(Function<Section, ?> reader) {
    Reading reading = new Reading(new Problems());
    var _ = reader.apply(new Section(reading, "", new YamlNode.Mapping(Location.of("keys"))));
    return reading;
  }

  private static void noKeys(String source, @Nullable YamlNode node, Problems problems) {
    if (problems.isEmpty()) {
      problems.add(
          node == null ? new Location(source, 1, 1) : node.location(),
          "",
          node == null
              ? "the file is empty; keys with values are needed."
              : "expected keys with values, but found %s.".formatted(node.kind()));
    }
  }
}
