package org.netloom.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes nested maps as YAML that people like to read: lists in brackets, texts bare if safe. */
public final class YamlWriter {
  private static final Pattern BARE = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
  private static final List<String> RESERVED =
      List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlWriter() {}

  /**
   * The document's text, with a final line break.
   *
   * @param document values are maps, lists, texts, numbers and truth values
   */
  public static String write(Map<String, ?> document) {
    StringBuilder out = new StringBuilder();
    mapping(out, document, "");
    return out.toString();
  }

  private static void mapping(StringBuilder out, Map<?, ?> mapping, String indent) {
    mapping.forEach(
        (key, value) -> {
          out.append(indent).append(key).append(':');
          if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
            out.append('\n');
            mapping(out, inner, indent + "  ");
          } else {
            out.append(' ').append(scalar(value)).append('\n');
          }
        });
  }

  private static String scalar(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(YamlWriter::scalar).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> empty -> "{}";
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    if (BARE.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append("\\x%02x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
