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
    assertThat(linesWith(LEFT_OVER, sources())).isEmpty();
  }

  @Test
  void randomnessHasASeed() throws IOException {
    Pattern unseeded =
        Pattern.compile(
            "Math\\.rando[m]|ThreadLocalRando[m]|randomUUI[D]|SecureRando[m]"
                + "|new (?:Splittable)?Random\\(\\)|RandomGenerator\\.getDefaul[t]");
    List<Path> others =
        sources().stream()
            .filter(file -> !file.endsWith("AtomicFile.java")) // temporary names
            .toList();
    assertThat(linesWith(unseeded, others)).isEmpty();
  }

  @Test
  void onlyTheProvenanceAndTheCommandLineKnowTheDate() throws IOException {
    Pattern date = Pattern.compile("currentTimeMillis|(?:Instant|Local\\w*|Zoned\\w*)\\.now\\(");
    List<Path> others =
        sources().stream()
            .filter(file -> file.startsWith(Path.of("src", "main")))
            .filter(file -> !file.endsWith(Path.of("store", "Provenance.java")))
            .filter(file -> !file.getParent().endsWith("cli"))
            .toList();
    assertThat(linesWith(date, others)).isEmpty();
  }

  /** The compiler keeps vectors on the heap where methods meet two widths: docs/engine.md. */
  @Test
  void vectorsHaveOneWidth() throws IOException {
    Pattern species = Pattern.compile("SPECIES_");
    List<Path> others =
        sources().stream()
            .filter(file -> file.startsWith(Path.of("src", "main")))
            .filter(file -> !file.endsWith(Path.of("cpu", "Simd.java")))
            .toList();
    assertThat(linesWith(species, others)).isEmpty();
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

  private static List<String> linesWith(Pattern pattern, List<Path> files) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add("%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
        }
      }
    }
    return found;
  }

  /** All Java sources, tests, benchmarks and kernels included. */
  static List<Path> sources() throws IOException {
    try (Stream<Path> src = Files.walk(Path.of("src"));
        Stream<Path> benchmarks = Files.walk(Path.of("benchmarks", "src"));
        Stream<Path> kernels = Files.walk(Path.of("kernels"))) {
      List<Path> sources =
          Stream.of(src, benchmarks, kernels)
              .flatMap(files -> files)
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .toList();
      assertThat(sources).isNotEmpty();
      return sources;
    }
  }
}
