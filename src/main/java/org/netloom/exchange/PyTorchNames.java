package org.netloom.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Python identifiers made of node names. */
final class PyTorchNames {
  private static final Set<String> RESERVED =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "F",
          "attention",
          "nn",
          "positionwise",
          "prepend",
          "self",
          "stochastic_depth",
          "torch",
          "window_attention");

  private PyTorchNames() {}

  /**
   * The group of nodes that one method computes: {@code cells.3} of {@code cells.3._ops.0.op.1},
   * {@code stem} of {@code stem.0}.
   */
  static String group(String node) {
    List<String> parts = parts(node);
    return parts.size() > 2 && isNumber(parts.get(1))
        ? parts.get(0) + "." + parts.get(1)
        : parts.getFirst();
  }

  /** A name for a value inside its group: {@code ops_0} of {@code cells.3._ops.0.op.1}. */
  static String local(String node) {
    List<String> parts = parts(node);
    List<String> rest = parts.subList(parts(group(node)).size(), parts.size());
    if (rest.isEmpty() || isNumber(rest.getFirst())) {
      return identifier(group(node));
    }
    boolean numbered = rest.size() > 1 && isNumber(rest.get(1));
    return identifier(numbered ? rest.get(0) + "_" + rest.get(1) : rest.getFirst());
  }

  /** The text with everything replaced that Python does not allow in a name. */
  static String identifier(String text) {
    String name = text.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    if (name.isEmpty() || Character.isDigit(name.charAt(0)) || RESERVED.contains(name)) {
      return "x_" + name;
    }
    return name;
  }

  /** The text as a Python literal. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ' || c > '~') {
                out.append("\\u%04x".formatted(c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }

  private static List<String> parts(String node) {
    return Arrays.asList(node.split("\\.", -1));
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(Character::isDigit);
  }
}
