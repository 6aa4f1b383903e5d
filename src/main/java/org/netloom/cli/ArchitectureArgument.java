package org.netloom.cli;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.ArchitectureReader.ArchitectureSource;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.deepnets.NetworkSet;

/**
 * Resolves an architecture with its classes and input: flags first, then its own text. {@code
 * split:NAME/INDEX} is a network of a generated set, a split's label or a file, and says neither.
 */
final class ArchitectureArgument {
  private static final String SPLIT = "split:";

  private ArchitectureArgument() {}

  static Architecture resolve(
      String argument,
      @Nullable Integer classesFlag,
      @Nullable String inputFlag,
      int otherClasses,
      InputShape otherInput) {
    return resolve(argument, classesFlag, inputFlag, otherClasses, otherInput, NetworkSet::open);
  }

  /**
   * The same for those who resolve many.
   *
   * @param sets opens a set by its name
   */
  static Architecture resolve(
      String argument,
      @Nullable Integer classesFlag,
      @Nullable String inputFlag,
      int otherClasses,
      InputShape otherInput,
      Function<String, NetworkSet> sets) {
    if (argument.startsWith(SPLIT)) {
      return member(
          argument,
          sets,
          classesFlag != null ? classesFlag : otherClasses,
          inputFlag != null ? InputShape.parse(inputFlag) : otherInput);
    }
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

  private static Architecture member(
      String argument, Function<String, NetworkSet> sets, int classes, InputShape input) {
    int slash = argument.lastIndexOf('/');
    String index = argument.substring(slash + 1);
    if (slash < 0 || !index.matches("[0-9]{1,18}")) {
      throw new InputException(
          "'%s': a network of a set is written split:NAME/INDEX, for example split:test/7 or"
                  .formatted(argument)
              + " split:FILE/7.");
    }
    return sets.apply(argument.substring(SPLIT.length(), slash))
        .network(Long.parseLong(index))
        .architecture(classes, input);
  }
}
