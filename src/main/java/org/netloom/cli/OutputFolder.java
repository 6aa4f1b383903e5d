package org.netloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;

/** The folder that a command writes to: never one with something in it, unless told so. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Refuses a folder that holds anything.
   *
   * @param force whether to write into it all the same
   */
  static Path check(String argument, boolean force) {
    Path folder = Path.of(argument);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("%s: is a file; a folder is needed.".formatted(folder));
    }
    if (!force && !isEmpty(folder)) {
      throw new InputException(
          "%s: is not empty.%n  Maybe another --out, or --force to write into it all the same?"
              .formatted(folder));
    }
    return folder;
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }
}
