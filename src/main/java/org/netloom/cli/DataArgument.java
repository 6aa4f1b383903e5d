package org.netloom.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;

/** A data set and the architecture that is to see its images: they agree in classes and size. */
record DataArgument(Dataset data, Architecture architecture) {

  /**
   * Opens a data set and resolves an architecture for it; images of another size than the
   * architecture's input are resized.
   *
   * @param otherClasses where neither a flag nor the architecture's own text says; null for the
   *     data set's
   * @param notes receives a line if images are resized
   * @throws InputException if the architecture has another number of classes than the data set
   */
  static DataArgument open(
      String spec,
      String architecture,
      @Nullable Integer classesFlag,
      @Nullable String inputFlag,
      @Nullable Integer otherClasses,
      PrintWriter notes) {
    Dataset own = Datasets.open(spec);
    InputShape shape = new InputShape(own.channels(), own.height(), own.width());
    Architecture chosen =
        ArchitectureArgument.resolve(
            architecture,
            classesFlag,
            inputFlag,
            otherClasses == null ? own.classes() : otherClasses,
            shape);
    if (chosen.classes() != own.classes()) {
      throw new InputException(
          ("The architecture has (%d) classes, but data set %s has (%d): %s.%n"
                  + "  Maybe --classes %d, or another data set?")
              .formatted(
                  chosen.classes(),
                  spec,
                  own.classes(),
                  shortened(String.join(", ", own.classNames())),
                  own.classes()));
    }
    InputShape input = chosen.input();
    if (input.channels() != own.channels()) {
      throw new InputException(
          "The architecture takes images of %s, but those of data set %s have (%d) channels."
              .formatted(input, spec, own.channels()));
    }
    if (input.equals(shape)) {
      return new DataArgument(own, chosen);
    }
    if (!spec.startsWith("folder:")) {
      notes.printf("The images of %s (%s) are resized to %s.%n", spec, shape, input);
    }
    return new DataArgument(Datasets.open(spec, input.height(), input.width()), chosen);
  }

  private static String shortened(String names) {
    return names.length() <= 120 ? names : names.substring(0, 117) + "...";
  }
}
