package org.netloom.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a document with its place. A method that finds something else than it was asked for
 * notes a problem and gives nothing, so that reading goes on and finds the next one.
 */
public final class Value {
  private final Reading reading;
  private final String path;
  private final YamlNode node;

  Value(Reading reading, String path, YamlNode node) {
    this.reading = reading;
    this.path = path;
    this.node = node;
  }

  /** Where it stands. */
  public Location location() {
    return node.location();
  }

  /** Dotted path from the top, for example {@code space.operations[2]}. */
  public String path() {
    return path;
  }

  /** Whether it is a list. */
  public boolean isList() {
    return node instanceof YamlNode.Sequence;
  }

  /** Whether it is a mapping. */
  public boolean isMapping() {
    return node instanceof YamlNode.Mapping;
  }

  /** Whether nothing is written behind the key. */
  public boolean isEmpty() {
    return node instanceof YamlNode.Empty;
  }

  /** Notes that this value is wrong. */
  public void problem(String message) {
    reading.problems().add(location(), path, message);
  }

  /** Notes that this value is wrong and what would be right. */
  public void problem(String message, String allowed) {
    reading.problems().add(location(), path, message, allowed, null);
  }

  /** The keys of a mapping. */
  public Optional<Section> section() {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(new Section(reading, path, mapping));
    }
    if (node instanceof YamlNode.Empty) {
      return Optional.of(new Section(reading, path, new YamlNode.Mapping(location())));
    }
    expected("keys with values");
    return Optional.empty();
  }

  /** The members of a list. */
  public Optional<List<Value>> items() {
    if (node instanceof YamlNode.Sequence sequence) {
      List<Value> items = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        items.add(new Value(reading, path + "[" + items.size() + "]", item));
      }
      return Optional.of(items);
    }
    expected("a list");
    return Optional.empty();
  }

  /** The members of a list; anything else is a list of itself alone. */
  public List<Value> itemsOrSelf() {
    return isList() ? items().orElseThrow() : List.of(this);
  }

  /** A text that is not blank. */
  public Optional<String> text() {
    if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    expected("a text");
    return Optional.empty();
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> flag() {
    Optional<Boolean> truth =
        node instanceof YamlNode.Scalar scalar ? truth(scalar.text()) : Optional.empty();
    if (truth.isEmpty()) {
      problem("expected true or false, but found %s.".formatted(found()), "true, false");
    }
    return truth;
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** A whole number, also written {@code 200k} or {@code 1.5M}. */
  public Optional<Long> whole(long min, long max) {
    Optional<Long> value = decimal().flatMap(Numbers::whole);
    if (value.isEmpty()) {
      problem("expected a whole number, but found %s.".formatted(found()), range(min, max));
    } else if (value.get() < min || value.get() > max) {
      problem("(%d) is out of range.".formatted(value.get()), range(min, max));
      return Optional.empty();
    }
    return value;
  }

  /** A whole number of 32 bits. */
  public Optional<Integer> integer(int min, int max) {
    return whole(min, max).map(Math::toIntExact);
  }

  /** A number. */
  public Optional<Double> number(double min, double max) {
    Optional<Double> value = decimal().map(BigDecimal::doubleValue);
    if (value.isEmpty()) {
      problem("expected a number, but found %s.".formatted(found()), range(min, max));
    } else if (!(value.get() >= min && value.get() <= max)) {
      problem("(%s) is out of range.".formatted(value.get()), range(min, max));
      return Optional.empty();
    }
    return value;
  }

  /**
   * One of the named values; those named true and false may be written like any truth value.
   *
   * @param noun what they are, for example {@code operation}
   */
  public <E> Optional<E> choice(String noun, Map<String, E> choices) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      problem(
          "expected %s %s, but found %s.".formatted(article(noun), noun, found()),
          String.join(", ", choices.keySet()));
      return Optional.empty();
    }
    E choice = choices.get(scalar.text());
    if (choice == null) {
      choice = truth(scalar.text()).map(truth -> choices.get(truth.toString())).orElse(null);
    }
    if (choice == null) {
      reading
          .problems()
          .add(
              location(),
              path,
              "unknown %s '%s'.".formatted(noun, scalar.text()),
              String.join(", ", choices.keySet()),
              Suggestions.closest(scalar.text(), choices.keySet()));
    }
    return Optional.ofNullable(choice);
  }

  private Optional<BigDecimal> decimal() {
    return node instanceof YamlNode.Scalar scalar ? Numbers.parse(scalar.text()) : Optional.empty();
  }

  private void expected(String what) {
    problem("expected %s, but found %s.".formatted(what, found()));
  }

  private String found() {
    return node.kind();
  }

  private static String article(String noun) {
    return "aeiou".indexOf(noun.charAt(0)) >= 0 ? "an" : "a";
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE || max == Integer.MAX_VALUE
        ? min + " or more"
        : min + " to " + max;
  }

  private static String range(double min, double max) {
    return max == Double.MAX_VALUE ? text(min) + " or more" : text(min) + " to " + text(max);
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
