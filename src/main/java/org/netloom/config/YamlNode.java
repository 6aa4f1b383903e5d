package org.netloom.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows where it stands. */
sealed interface YamlNode {
  Location location();

  /** What a user would call it. */
  String kind();

  /** Keys in the order of the text. */
  record Mapping(Location location, Map<String, Entry> entries) implements YamlNode {
    Mapping(Location location) {
      this(location, new LinkedHashMap<>());
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A key's place and its value. */
  record Entry(Location key, YamlNode value) {}

  /** A list. */
  record Sequence(Location location, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A single value as written; quoted texts without their quotes. */
  record Scalar(Location location, String text) implements YamlNode {
    @Override
    public String kind() {
      return "'" + text + "'";
    }
  }

  /** A key without a value. */
  record Empty(Location location) implements YamlNode {
    @Override
    public String kind() {
      return "no value";
    }
  }
}
