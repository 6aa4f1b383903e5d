package org.netloom.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.netloom.config.YamlWriter;

/**
 * An architecture as a YAML file for people, with the keys of its canonical form. {@link
 * ArchitectureReader} reads it back to an equal architecture.
 */
public final class ArchitectureYaml {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ArchitectureYaml() {}

  /** The file's text; the same architecture gives the same text. */
  public static String write(Architecture architecture) {
    Map<String, Object> document = parse(architecture.canonical());
    // YAML's null reads like something forgotten; "none" says that there is no norm.
    document.replaceAll((key, value) -> value == null ? "none" : value);
    return "# Architecture " + architecture.id() + "\n" + YamlWriter.write(document);
  }

  private static Map<String, Object> parse(String canonical) {
    try {
      return JSON.readValue(canonical, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A canonical form is JSON: " + canonical, e);
    }
  }
}
