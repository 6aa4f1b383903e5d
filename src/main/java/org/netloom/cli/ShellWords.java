package org.netloom.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands as a user can paste them into a shell. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[\\w./=:,@%+-]+");

  private ShellWords() {}

  /** What to say after an interruption. */
  static String goOnWith(List<String> command) {
    return "Interrupted; go on with: ./netloom " + join(command);
  }

  /** Words in quotes where a shell would read them otherwise (POSIX, section 2.2.2). */
  static String join(List<String> words) {
    return words.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
