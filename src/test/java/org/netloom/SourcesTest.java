package org.netloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits that a compiler does not check. */
class SourcesTest {
  private static final int MOST_LINES = 500;

  /** Written so that this file does not find itself. */
  private static final Pattern LEFT_OVER = Pattern.compile("\\b(?:TO[D]O|FIX[M]E|XX[X])\\b");

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (LEFT_OVER.matcher(lines.get(i)).find()) {
          found.add("%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noFileIsLongerThanAReaderBears() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        found.add("%s has (%d) lines; at most %d.".formatted(file, lines, MOST_LINES));
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      assertThat(sources).isNotEmpty();
      return sources;
    }
  }
}
