package org.netloom.cli;

import java.nio.file.Path;
import java.util.List;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;

/** A SPACE.yaml for commands that look at its space and run nothing. */
final class RunFile {
  private RunFile() {}

  /**
   * Reads the whole file; the space takes the data set's number of classes.
   *
   * @param overrides {@code key=value} texts
   * @throws InputException with every problem of the file, or if the data set cannot be opened
   */
  static RunConfig read(Path file, List<String> overrides) {
    RunConfig config = YamlReader.read(file, overrides, RunConfigReader::read);
    return config.forData(config.openData());
  }
}
