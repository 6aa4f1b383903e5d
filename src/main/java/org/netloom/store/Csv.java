package org.netloom.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.netloom.config.InputException;

/**
 * Comma-separated values as in RFC 4180: fields with commas, quotes or line breaks stand in quotes,
 * quotes inside are doubled. Lines are written with a line feed alone, as text tools expect; both
 * kinds of line breaks are read.
 */
public final class Csv {
  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");
  private static final String ENDS = ",\r\n";

  private Csv() {}

  /** The lines as text; the first one is the header. */
  public static String write(List<List<String>> lines) {
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        out.append(i == 0 ? "" : ",").append(field(line.get(i)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** A number in the shortest form that reads back as the same number; empty if it is NaN. */
  public static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String field(String text) {
    return SPECIAL.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /**
   * The lines of a text, the header first; every line has as many fields as the header.
   *
   * @param name the file's name, for messages
   * @throws InputException naming the line that is wrong
   */
  public static List<List<String>> read(String name, String text) {
    return new Reader(name, text.startsWith("\uFEFF") ? text.substring(1) : text).lines();
  }

  private static final class Reader {
    private final String name;
    private final String text;
    private int at;
    private int line = 1;

    Reader(String name, String text) {
      this.name = name;
      this.text = text;
    }

    List<List<String>> lines() {
      List<List<String>> lines = new ArrayList<>();
      while (at < text.length()) {
        int start = line;
        List<String> fields = fields();
        if (!lines.isEmpty() && fields.size() != lines.getFirst().size()) {
          throw new InputException(
              "%s:%d: has (%d) fields; the header has %d."
                  .formatted(name, start, fields.size(), lines.getFirst().size()));
        }
        lines.add(fields);
      }
      return lines;
    }

    /** The fields up to the end of a line, which is consumed. */
    private List<String> fields() {
      List<String> fields = new ArrayList<>();
      while (true) {
        fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
        if (at >= text.length()) {
          return fields;
        }
        char next = text.charAt(at++);
        if (next == '\r' && at < text.length() && text.charAt(at) == '\n') {
          at++;
        }
        if (next != ',') {
          line++;
          return fields;
        }
      }
    }

    private String bare() {
      int from = at;
      while (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private String quoted() {
      int opened = line;
      StringBuilder field = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          if (at < text.length() && text.charAt(at) == '"') {
            at++;
          } else {
            return closed(field.toString());
          }
        }
        if (c == '\n') {
          line++;
        }
        field.append(c);
      }
      throw new InputException("%s:%d: a quote is opened and not closed.".formatted(name, opened));
    }

    private String closed(String field) {
      if (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
        throw new InputException(
            "%s:%d: a comma or a line break must follow a closing quote, not (%s)."
                .formatted(name, line, text.charAt(at)));
      }
      return field;
    }
  }
}
