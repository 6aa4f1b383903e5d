package org.netloom.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netloom.config.InputException;

/**
 * A size of memory as {@code --memory} takes it: a number and its unit, as in Java's {@code -Xmx}.
 */
final class MemorySize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)([kmg])b?");

  private MemorySize() {}

  /**
   * Bytes of a size; 0 for nothing.
   *
   * @throws InputException if it is no size, or none at all
   */
  static long read(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new InputException(
          "--memory (%s) must be a number with k, m or g.%n  Maybe 512m or 2g?".formatted(text));
    }
    int shift =
        switch (form.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          default -> 30;
        };
    long bytes = (long) (Double.parseDouble(form.group(1)) * (1L << shift));
    if (bytes == 0) {
      throw new InputException("--memory (%s) must be more than nothing.".formatted(text));
    }
    return bytes;
  }
}
