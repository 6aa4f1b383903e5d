package org.netloom.config;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people write them: {@code 200k}, {@code 1.5M}, {@code 10_000}, {@code 3e-4}. */
final class Numbers {
  private static final Pattern FORM =
      Pattern.compile("([-+]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)([kKMGT]?)");

  private Numbers() {}

  /** The exact value, or nothing if the text is not a number of at most 40 characters. */
  static Optional<BigDecimal> parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (text.length() > 40 || !m.matches()) {
      return Optional.empty();
    }
    int zeros =
        switch (m.group(2)) {
          case "k", "K" -> 3;
          case "M" -> 6;
          case "G" -> 9;
          case "T" -> 12;
          default -> 0;
        };
    return Optional.of(new BigDecimal(m.group(1).replace("_", "")).scaleByPowerOfTen(zeros));
  }

  /** The value as a whole number, or nothing if it has a fraction or does not fit. */
  static Optional<Long> whole(BigDecimal value) {
    if (value.signum() == 0) {
      return Optional.of(0L);
    }
    if (value.precision() - value.scale() > 19) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
