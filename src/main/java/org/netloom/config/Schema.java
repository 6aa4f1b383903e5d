package org.netloom.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON Schema (draft 2020-12) of what the methods of {@link Section} take. */
final class Schema {
  private Schema() {}

  /** A number, or a text like {@code 200k} that stands for one. */
  static Map<String, Object> number(Number min, Number max) {
    return ordered("type", List.of("number", "string"), "minimum", min, "maximum", max);
  }

  static Map<String, Object> number(Number preset, Number min, Number max) {
    return with(number(min, max), preset);
  }

  static Map<String, Object> flag() {
    return ordered("type", "boolean");
  }

  static Map<String, Object> flag(boolean preset) {
    return with(flag(), preset);
  }

  static Map<String, Object> text(String preset) {
    return with(ordered("type", "string"), preset);
  }

  static Map<String, Object> choice(Map<String, ?> choices) {
    return ordered("enum", choices.keySet().stream().map(Schema::plain).toList());
  }

  static <E> Map<String, Object> choice(E preset, Map<String, E> choices) {
    Map<String, Object> form = choice(choices);
    labels(List.of(preset), choices).forEach(label -> form.put("default", plain(label)));
    return form;
  }

  /** A truth value is none in quotes. */
  private static Object plain(String label) {
    return switch (label) {
      case "true" -> true;
      case "false" -> false;
      default -> label;
    };
  }

  /** A list without repetition; a single member may stand without brackets. */
  static Map<String, Object> list(List<?> preset, Map<String, Object> member) {
    Map<String, Object> list =
        ordered("type", "array", "items", member, "minItems", 1, "uniqueItems", true);
    return with(ordered("anyOf", List.of(list, member)), preset);
  }

  /** The labels of some values, in the values' order. */
  static <E> List<String> labels(List<E> values, Map<String, E> choices) {
    return values.stream()
        .flatMap(
            value ->
                choices.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(value))
                    .limit(1)
                    .map(Map.Entry::getKey))
        .toList();
  }

  /**
   * A document.
   *
   * @param paths dotted paths of all keys; a key that others lie below is a section
   * @param form what a key holds, empty for a section
   */
  static Map<String, Object> document(
      List<String> paths, Function<String, Map<String, Object>> form) {
    Map<String, Object> document =
        ordered("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.putAll(section(paths, "", form));
    return document;
  }

  private static Map<String, Object> section(
      List<String> paths, String prefix, Function<String, Map<String, Object>> form) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String path : paths) {
      if (path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0) {
        String below = path + ".";
        boolean isSection = paths.stream().anyMatch(other -> other.startsWith(below));
        properties.put(
            path.substring(prefix.length()),
            isSection ? section(paths, below, form) : form.apply(path));
      }
    }
    return ordered("type", "object", "properties", properties, "additionalProperties", false);
  }

  private static Map<String, Object> with(Map<String, Object> form, Object preset) {
    form.put("default", preset);
    return form;
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
