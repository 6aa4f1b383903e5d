package org.netloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sources look as google-java-format writes them: {@code mvn test -Dtest=FormatTest
 * -Dformat=apply}.
 *
 * <p>A test and no Maven plugin because the formatter parses with the compiler of the JDK that it
 * runs on: Maven may run on JDK 17, whose compiler does not know the language of these sources.
 */
class FormatTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  @Test
  void everySourceIsFormatted() throws IOException {
    List<Path> off = SourcesTest.sources().parallelStream().filter(FormatTest::isOff).toList();
    assertThat(off)
        .as("files to format; Maybe 'mvn test -Dtest=FormatTest -Dformat=apply'?")
        .isEmpty();
  }

  private static boolean isOff(Path file) {
    try {
      String text = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(text);
      boolean off = !text.equals(formatted);
      if (off && APPLY) {
        Files.writeString(file, formatted);
        return false;
      }
      return off;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
