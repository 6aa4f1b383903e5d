package org.netloom.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys of one mapping. Every key a reader asks for becomes a known key; what is left in the
 * text is reported as unknown when the reading ends. A wrong value is noted as a problem and the
 * default stands in for it, so that one reading finds every problem.
 */
public final class Section {
  private final Reading reading;
  private final String path;
  private final YamlNode.Mapping mapping;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Reading reading, String path, YamlNode.Mapping mapping) {
    this.reading = reading;
    this.path = path;
    this.mapping = mapping;
    reading.opened(this);
  }

  /** Where it stands. */
  public Location location() {
    return mapping.location();
  }

  /** Whether the key is in the text, with or without a value. */
  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The value of a key, if it is in the text. */
  public Optional<Value> value(String key) {
    known.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .map(entry -> new Value(reading, child(key), entry.value()));
  }

  /** The value of a key that must be there; a problem if it is not. */
  public Optional<Value> required(String key) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      reading.problems().add(location(), child(key), "this key is missing.");
    }
    return value;
  }

  /** The keys below a key; no keys if it is absent. */
  public Section section(String key) {
    return value(key)
        .flatMap(Value::section)
        .orElseGet(() -> new Section(reading, child(key), new YamlNode.Mapping(location())));
  }

  /** A whole number, also {@code 200k} or {@code 1.5M}. */
  public long whole(String key, long preset, long min, long max) {
    note(key, Schema.number(preset, min, max));
    return value(key).flatMap(v -> v.whole(min, max)).orElse(preset);
  }

  /** A whole number of 32 bits. */
  public int integer(String key, int preset, int min, int max) {
    note(key, Schema.number(preset, min, max));
    return value(key).flatMap(v -> v.integer(min, max)).orElse(preset);
  }

  /** A number. */
  public double number(String key, double preset, double min, double max) {
    note(key, Schema.number(preset, min, max));
    return value(key).flatMap(v -> v.number(min, max)).orElse(preset);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean preset) {
    note(key, Schema.flag(preset));
    return value(key).flatMap(Value::flag).orElse(preset);
  }

  /** A text. */
  public String text(String key, String preset) {
    note(key, Schema.text(preset));
    return value(key).flatMap(Value::text).orElse(preset);
  }

  /** One of the named values; {@code noun} says what they are. */
  public <E> E choice(String key, String noun, E preset, Map<String, E> choices) {
    note(key, Schema.choice(preset, choices));
    return value(key).flatMap(v -> v.choice(noun, choices)).orElse(preset);
  }

  /** Whole numbers without repetition; a single one may stand without brackets. */
  public List<Integer> integerList(String key, List<Integer> preset, int min, int max) {
    note(key, Schema.list(preset, Schema.number(min, max)));
    return list(key, preset, v -> v.integer(min, max));
  }

  /** Truth values without repetition; a single one may stand without brackets. */
  public List<Boolean> flagList(String key, List<Boolean> preset) {
    note(key, Schema.list(preset, Schema.flag()));
    return list(key, preset, Value::flag);
  }

  /** Named values without repetition; a single one may stand without brackets. */
  public <E> List<E> choiceList(String key, String noun, List<E> preset, Map<String, E> choices) {
    note(key, Schema.list(Schema.labels(preset, choices), Schema.choice(choices)));
    return list(key, preset, v -> v.choice(noun, choices));
  }

  /**
   * A list without repetition and with at least one member; a single one may stand without
   * brackets.
   */
  public <E> List<E> list(String key, List<E> preset, Function<Value, Optional<E>> member) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return preset;
    }
    List<E> all = new ArrayList<>();
    List<Value> items = value.get().itemsOrSelf();
    for (Value item : items) {
      Optional<E> one = member.apply(item);
      if (one.isPresent() && all.contains(one.get())) {
        item.problem("is listed twice.");
      } else {
        one.ifPresent(all::add);
      }
    }
    if (items.isEmpty()) {
      value.get().problem("the list is empty; it needs at least one value.");
    }
    return all.isEmpty() ? preset : List.copyOf(all);
  }

  /** Notes a problem at a key of this section, or at the section if the key is absent. */
  public void problem(String key, String message) {
    YamlNode.Entry entry = mapping.entries().get(key);
    reading
        .problems()
        .add(entry == null ? location() : entry.value().location(), child(key), message);
  }

  /** Notes a problem of the section as a whole. */
  public void problem(String message) {
    reading.problems().add(location(), path, message);
  }

  List<String> knownPaths() {
    return known.stream().map(this::child).toList();
  }

  void reportUnknownKeys(List<String> everywhere) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                reading
                    .problems()
                    .add(
                        entry.key(),
                        child(key),
                        "unknown key '%s'.".formatted(key),
                        String.join(", ", known),
                        suggestion(key, everywhere).orElse(null));
              }
            });
  }

  private Optional<String> suggestion(String key, List<String> everywhere) {
    return everywhere.stream()
        .filter(other -> other.endsWith("." + key))
        .findFirst()
        .or(() -> Optional.ofNullable(Suggestions.closest(key, known)));
  }

  private void note(String key, Map<String, Object> form) {
    reading.note(child(key), form);
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
