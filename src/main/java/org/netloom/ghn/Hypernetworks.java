package org.netloom.ghn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.netloom.config.InputException;

/** Opens hypernetworks by the GHN argument of the command line: a built-in name or a file. */
public final class Hypernetworks {
  /** Hypernetworks that come with the program. */
  public static final List<String> BUILT_IN = List.of("shapes10");

  private Hypernetworks() {}

  /**
   * Opens a hypernetwork.
   *
   * @param argument a built-in name, or the path of a safetensors file or a PyTorch checkpoint
   * @throws InputException if it is neither, or if the file is damaged
   */
  public static GhnFile.Loaded open(String argument) {
    if (BUILT_IN.contains(argument)) {
      return builtIn(argument);
    }
    try {
      Path file = Path.of(argument);
      if (Files.isRegularFile(file)) {
        return GhnFile.load(file);
      }
    } catch (InvalidPathException e) {
      // told below
    }
    throw new InputException(
        "%s: there is no such file, and no built-in hypernetwork of that name.%n  Built in: %s"
            .formatted(argument, String.join(", ", BUILT_IN)));
  }

  private static GhnFile.Loaded builtIn(String name) {
    try (InputStream in = Hypernetworks.class.getResourceAsStream(name + ".safetensors")) {
      if (in == null) {
        throw new InputException(
            "The hypernetwork '%s' is not part of this build.".formatted(name));
      }
      Path copy = Files.createTempFile("netloom-" + name, ".safetensors");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return GhnFile.load(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The hypernetwork '%s' cannot be read.".formatted(name), e);
    }
  }
}
