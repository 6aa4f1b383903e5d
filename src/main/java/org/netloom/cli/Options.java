package org.netloom.cli;

import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/** Checks of numbers that several commands take. */
final class Options {
  private Options() {}

  /** Refuses a number below 1; null was not given. */
  static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new InputException("%s (%d) must be at least 1.".formatted(option, value));
    }
  }
}
