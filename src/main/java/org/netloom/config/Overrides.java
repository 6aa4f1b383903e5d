package org.netloom.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts {@code --set key=value} options into a document before it is read. */
final class Overrides {
  private Overrides() {}

  static void apply(YamlNode.Mapping root, List<String> overrides, Problems problems) {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      String key = equals < 0 ? override : override.substring(0, equals);
      Location option = Location.of("--set " + key);
      if (equals < 1 || key.startsWith(".") || key.endsWith(".") || key.contains("..")) {
        problems.add(option, "", "must be written key=value, for example search.seed=7.");
        continue;
      }
      YamlNode value = LocatedYaml.parseOption(option, override.substring(equals + 1), problems);
      put(root, key, option, value == null ? new YamlNode.Empty(option) : value, problems);
    }
  }

  private static void put(
      YamlNode.Mapping root, String path, Location option, YamlNode value, Problems problems) {
    YamlNode.Mapping mapping = root;
    List<String> keys = List.of(path.split("\\."));
    for (String key : keys.subList(0, keys.size() - 1)) {
      Map<String, YamlNode.Entry> entries = mapping.entries();
      YamlNode.@Nullable Entry entry = entries.get(key);
      if (entry == null || entry.value() instanceof YamlNode.Empty) {
        mapping = new YamlNode.Mapping(option);
        entries.put(key, new YamlNode.Entry(option, mapping));
      } else if (entry.value() instanceof YamlNode.Mapping inner) {
        mapping = inner;
      } else {
        problems.add(
            option,
            path,
            "'%s' holds %s in (%s), not keys that could be set."
                .formatted(key, entry.value().kind(), entry.key()));
        return;
      }
    }
    mapping.entries().put(keys.getLast(), new YamlNode.Entry(option, value));
  }
}
