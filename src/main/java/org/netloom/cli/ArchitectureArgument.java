package org.netloom.cli;

import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.ArchitectureReader.ArchitectureSource;
import org.netloom.architecture.InputShape;

/** Resolves an architecture with its classes and input: flags first, then its own text. */
final class ArchitectureArgument {
  private ArchitectureArgument() {}

  static Architecture resolve(
      String argument,
      @Nullable Integer classesFlag,
      @Nullable String inputFlag,
      int otherClasses,
      InputShape otherInput) {
    ArchitectureSource source = ArchitectureReader.read(argument);
    Architecture own = source.architecture();
    int classes =
        classesFlag != null ? classesFlag : source.hasClasses() ? own.classes() : otherClasses;
    InputShape input =
        inputFlag != null
            ? InputShape.parse(inputFlag)
            : source.hasInput() ? own.input() : otherInput;
    return own.with(classes, input);
  }
}
