package org.netloom.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document (JSON is YAML too) into nodes with Jackson's parser locations. Duplicate
 * keys, aliases and further documents are problems.
 */
final class LocatedYaml {
  private static final int DEEPEST = 40;

  private final String source;
  private final Problems problems;
  private final @Nullable Location fixed;

  private LocatedYaml(String source, Problems problems, @Nullable Location fixed) {
    this.source = source;
    this.problems = problems;
    this.fixed = fixed;
  }

  /** The document, or null if it is empty or its syntax is broken (which is then a problem). */
  static @Nullable YamlNode parse(String source, String text, Problems problems) {
    return new LocatedYaml(source, problems, null).parse(text);
  }

  /** The value of a command-line option; everything in it stands at the option. */
  static @Nullable YamlNode parseOption(Location option, String text, Problems problems) {
    return new LocatedYaml(option.source(), problems, option).parse(text);
  }

  private @Nullable YamlNode parse(String text) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return null;
      }
      YamlNode node = node(parser, token, "", 0);
      if (parser.nextToken() != null) {
        problems.add(
            at(parser.currentTokenLocation()), "", "a second document starts; one is allowed.");
      }
      return node;
    } catch (JsonProcessingException e) {
      problems.add(mark(e), "", "broken YAML: " + reason(e) + ".");
      return null;
    } catch (IOException e) {
      throw new InputException("%s: cannot be read (%s).".formatted(source, e), e);
    }
  }

  /** Where the parser stumbled; Jackson itself tells only where the surrounding piece began. */
  private Location mark(JsonProcessingException e) {
    return fixed == null && marked(e) instanceof MarkedYAMLException m && m.getProblemMark() != null
        ? new Location(source, m.getProblemMark().getLine() + 1, m.getProblemMark().getColumn() + 1)
        : at(e.getLocation());
  }

  private static String reason(JsonProcessingException e) {
    return marked(e) instanceof MarkedYAMLException m && m.getProblem() != null
        ? m.getProblem()
        : e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }

  private static @Nullable MarkedYAMLException marked(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof MarkedYAMLException m) {
        return m;
      }
    }
    return null;
  }

  private YamlNode node(YAMLParser parser, JsonToken token, String path, int depth)
      throws IOException {
    Location here = at(parser.currentTokenLocation());
    if (depth > DEEPEST) {
      problems.add(here, path, "is nested deeper than (%d) levels.".formatted(DEEPEST));
      parser.skipChildren();
      return new YamlNode.Empty(here);
    }
    if (parser.isCurrentAlias()) {
      problems.add(here, path, "aliases (*name) are not supported; write the value out.");
      return new YamlNode.Empty(here);
    }
    return switch (token) {
      case START_OBJECT -> mapping(parser, here, path, depth);
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          items.add(node(parser, t, path + "[" + items.size() + "]", depth + 1));
        }
        yield new YamlNode.Sequence(here, items);
      }
      case VALUE_NULL -> new YamlNode.Empty(here);
      default -> new YamlNode.Scalar(here, parser.getText());
    };
  }

  private YamlNode mapping(YAMLParser parser, Location here, String path, int depth)
      throws IOException {
    YamlNode.Mapping mapping = new YamlNode.Mapping(here);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Map<String, YamlNode.Entry> entries = mapping.entries();
      String key = parser.currentName();
      Location keyAt = at(parser.currentTokenLocation());
      String inner = path.isEmpty() ? key : path + "." + key;
      YamlNode value = node(parser, parser.nextToken(), inner, depth + 1);
      YamlNode.Entry first = entries.get(key);
      if (first == null) {
        entries.put(key, new YamlNode.Entry(keyAt, value));
      } else {
        problems.add(
            keyAt,
            inner,
            "key '%s' is given twice; first in line (%d).".formatted(key, first.key().line()));
      }
    }
    return mapping;
  }

  private Location at(@Nullable JsonLocation location) {
    if (fixed != null) {
      return fixed;
    }
    return location == null
        ? Location.of(source)
        : new Location(source, location.getLineNr(), location.getColumnNr());
  }
}
