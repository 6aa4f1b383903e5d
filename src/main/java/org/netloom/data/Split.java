package org.netloom.data;

import java.util.Locale;
import org.netloom.config.InputException;

/** The part of a data set that images come from. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name in files and on the command line: {@code train}, {@code validation}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split of a label.
   *
   * @throws InputException if the text is none of the labels
   */
  public static Split of(String text) {
    for (Split split : values()) {
      if (split.label().equals(text)) {
        return split;
      }
    }
    String advice =
        text.toLowerCase(Locale.ROOT).startsWith("val") ? "\n  Maybe 'validation'?" : "";
    throw new InputException(
        "Unknown split (" + text + ").\n  Allowed: train, validation, test." + advice);
  }
}
