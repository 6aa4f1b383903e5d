package org.netloom.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.netloom.architecture.Architecture;

/**
 * What an exported model says about its origin.
 *
 * @param version Netloom's version
 * @param properties further facts in a fixed order, for example the canonical architecture
 */
public record ModelInfo(String version, SequencedMap<String, String> properties) {
  public ModelInfo {
    properties = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
  }

  /** The canonical form and id of an architecture, and the version that exported it. */
  public static ModelInfo of(Architecture architecture, String version) {
    SequencedMap<String, String> properties = new LinkedHashMap<>();
    properties.put("netloom.architecture", architecture.canonical());
    properties.put("netloom.id", architecture.id());
    properties.put("netloom.version", version);
    return new ModelInfo(version, properties);
  }

  /** This and one more property. */
  public ModelInfo with(String name, String value) {
    SequencedMap<String, String> all = new LinkedHashMap<>(properties);
    all.put(name, value);
    return new ModelInfo(version, all);
  }
}
