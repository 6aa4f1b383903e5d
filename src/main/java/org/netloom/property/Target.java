package org.netloom.property;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.netloom.config.InputException;

/**
 * A property to predict.
 *
 * @param name column of the table
 * @param form how its numbers are taken and predictions of it given
 */
public record Target(String name, Form form) {

  /** How the numbers of a column are taken. */
  public enum Form {
    /** As they are. */
    PLAIN(1, false),
    /** As they are; predictions are rounded to integers. */
    ROUNDED(1, true),
    /** Fractions, taken as percent; predictions are rounded to integers. */
    PERCENT(100, true),
    /** Counts, taken as millions. */
    MILLIONS(1e-6, false);

    private final double scale;
    private final boolean rounds;

    Form(double scale, boolean rounds) {
      this.scale = scale;
      this.rounds = rounds;
    }

    /** The word on the command line and in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code NAME} or {@code NAME:FORM}; without a form the numbers are taken as they are.
   *
   * @throws InputException if there is no such form
   */
  public static Target parse(String text) {
    int colon = text.lastIndexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (name.isEmpty()) {
      throw new InputException(
          "A target ('%s') needs the name of a column, for example accuracy:percent."
              .formatted(text));
    }
    return new Target(name, colon < 0 ? Form.PLAIN : form(text.substring(colon + 1)));
  }

  static Form form(String label) {
    return Arrays.stream(Form.values())
        .filter(form -> form.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "'%s' is no form of a target.%n  Allowed: %s"
                        .formatted(
                            label,
                            Arrays.stream(Form.values())
                                .map(Form::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** The number that a cell of the table stands for. */
  public double taken(double cell) {
    return cell * form.scale;
  }

  /** Whether predictions are given as integers. */
  public boolean rounds() {
    return form.rounds;
  }

  /** A prediction as it is given and judged: rounded to an even half where the form says so. */
  public double given(double predicted) {
    return form.rounds ? Math.rint(predicted) : predicted;
  }
}
