package org.netloom.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Names of values for {@link Section#choice}, in the order in which they are told. */
public final class Choices {
  private Choices() {}

  /** The values under their labels. */
  public static <E> Map<String, E> of(Collection<E> values, Function<E, String> label) {
    Map<String, E> choices = new LinkedHashMap<>();
    values.forEach(value -> choices.put(label.apply(value), value));
    return Collections.unmodifiableMap(choices);
  }

  /** All constants of an enumeration under their names in lower case. */
  public static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
    return of(List.of(type.getEnumConstants()), e -> e.name().toLowerCase(Locale.ROOT));
  }
}
