package org.netloom.config;

/**
 * A place in an input: a file with line and column (both from 1), or a command-line option, which
 * has neither.
 *
 * @param source the file as the user wrote it, or the option
 * @param line 0 if the source has no lines
 */
public record Location(String source, int line, int column) implements Comparable<Location> {

  /** A source as a whole, for example {@code --set search.seed}. */
  public static Location of(String source) {
    return new Location(source, 0, 0);
  }

  /** Files in the order of their text; options, which have no line, last. */
  @Override
  public int compareTo(Location other) {
    if (line == 0 || other.line == 0) {
      return Integer.compare(line == 0 ? 1 : 0, other.line == 0 ? 1 : 0);
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
