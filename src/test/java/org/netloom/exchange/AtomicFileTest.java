package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void missingFoldersAreMadeAndAnOldFileIsReplaced() throws IOException {
    Path file = folder.resolve("a/b/file");
    AtomicFile.write(file, new byte[] {1});
    AtomicFile.write(file, new byte[] {2, 3});
    assertThat(Files.readAllBytes(file)).containsExactly(2, 3);
    assertThat(in(file.getParent())).containsExactly(file);
  }

  @Test
  void aFailureInTheMiddleLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, new byte[] {1});
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[] {9, 9}));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(file.toString(), "cannot be written", "No space left");
    assertThat(Files.readAllBytes(file)).containsExactly(1);
    assertThat(in(folder)).containsExactly(file);
  }

  @Test
  void readersSeeTheOldFileUntilTheNewOneIsWhole() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, new byte[] {1});
    AtomicFile.write(
        file,
        channel -> {
          channel.write(ByteBuffer.wrap(new byte[] {2}));
          assertThat(Files.readAllBytes(file)).containsExactly(1);
        });
    assertThat(Files.readAllBytes(file)).containsExactly(2);
  }

  @Test
  void aFolderIsNotOverwrittenAndAFileIsNoFolder() throws IOException {
    assertThatThrownBy(() -> AtomicFile.write(folder, new byte[] {1}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it is a folder");
    Path file = Files.write(folder.resolve("file"), new byte[] {1});
    assertThatThrownBy(() -> AtomicFile.write(file.resolve("below"), new byte[] {1}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written");
    assertThat(Files.readAllBytes(file)).containsExactly(1);
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
