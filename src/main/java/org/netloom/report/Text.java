package org.netloom.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, and texts made safe for HTML and XML. */
final class Text {
  private static final String NONE = "–";

  private Text() {}

  /** Escapes markup; characters that XML forbids become the replacement character. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE)
        || c >= 0x10000;
  }

  /** A fraction in per cent with one decimal: {@code 86.3 %}. */
  static String percent(double fraction) {
    return Double.isNaN(fraction) ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  /** A difference of fractions in percentage points with its sign: {@code +4.2}. */
  static String points(double difference) {
    return Double.isNaN(difference)
        ? NONE
        : String.format(Locale.ROOT, "%+.1f", 100 * difference).replace('-', '−');
  }

  /** A count with three digits and a metric prefix: {@code 41.2 M}. */
  static String count(double value) {
    String[] prefixes = {"", " k", " M", " G", " T"};
    double scaled = value;
    int prefix = 0;
    while (Math.abs(scaled) >= 999.5 && prefix < prefixes.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    int decimals = prefix == 0 && scaled == Math.rint(scaled) ? 0 : decimals(scaled);
    return String.format(Locale.ROOT, "%." + decimals + "f", scaled) + prefixes[prefix];
  }

  /** A size of memory in MB of 2^20 bytes: {@code 0.23 MB}. */
  static String megabytes(long bytes) {
    return fixed(bytes / (double) (1 << 20), 2) + " MB";
  }

  /** The shortest form of a tick: at most three decimals, no trailing zeros. */
  static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** A number with so many decimals. */
  static String fixed(double value, int decimals) {
    return Double.isNaN(value)
        ? NONE
        : String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }

  /** A whole number with thin spaces between thousands: {@code 12 345}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  /** A time in its two largest units: {@code 2 min 41 s}. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** The first digits of an id, as folders and tables show it. */
  static String shortId(String id) {
    return id.length() <= 8 ? id : id.substring(0, 8);
  }

  private static int decimals(double value) {
    double size = Math.abs(value);
    return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  }
}
