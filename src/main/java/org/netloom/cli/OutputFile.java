package org.netloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/** A file that a command writes at its end, looked at before its work begins. */
final class OutputFile {
  private OutputFile() {}

  /** Refuses a folder, and a file in a folder that cannot be; null was not given. */
  static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new InputException("%s: cannot be written: it is a folder.".formatted(file));
    }
    Path above = target.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || !Files.isDirectory(above)) {
      throw new InputException(
          "%s: cannot be written: (%s) is not a folder.".formatted(file, above));
    }
  }
}
