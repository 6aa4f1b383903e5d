package org.netloom.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes of one input so that all of them are told at once. */
public final class Problems {
  private final List<Problem> all = new ArrayList<>();

  /** Notes a mistake whose message says everything. */
  public void add(Location location, String path, String message) {
    add(location, path, message, null, null);
  }

  /** Notes a mistake with the allowed values and a guess at what was meant. */
  public void add(
      Location location,
      String path,
      String message,
      @Nullable String allowed,
      @Nullable String suggestion) {
    all.add(new Problem(location, path, message, allowed, suggestion));
  }

  /** Whether nothing is wrong. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The mistakes in the order of the text. */
  public List<Problem> inOrder() {
    return all.stream().sorted(Comparator.comparing(Problem::location)).toList();
  }

  /**
   * Ends the reading if anything is wrong.
   *
   * @throws InputException with every mistake and their number
   */
  public void throwIfAny() {
    if (!all.isEmpty()) {
      throw toException();
    }
  }

  InputException toException() {
    return new InputException(
        inOrder().stream().map(Problem::toString).collect(Collectors.joining("\n"))
            + "\n"
            + all.size()
            + (all.size() == 1 ? " problem" : " problems")
            + ". Nothing was run.");
  }
}
