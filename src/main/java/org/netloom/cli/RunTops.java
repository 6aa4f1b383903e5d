package org.netloom.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.Export;
import org.netloom.exchange.ExportFormat;
import org.netloom.network.Parameters;

/**
 * The top architectures in a run directory, best first.
 *
 * @param name the folder's name, {@code NN-id}
 * @param parameters null if the run kept no tensors
 */
record RunTops(
    String name,
    Architecture architecture,
    @Nullable Parameters parameters,
    SequencedMap<String, Object> metrics) {
  private static final String FOLDER = "top";
  private static final String NAME = "\\d{2,}-[0-9a-f]+";

  /**
   * Reads the best {@code most} of a run.
   *
   * @throws InputException if it is no run directory or has no top architecture yet
   */
  static List<RunTops> read(Path run, int most) {
    Path top = run.resolve(FOLDER);
    if (!Files.isDirectory(top)) {
      throw new InputException(
          "%s: is no run directory with top architectures: it has no folder '%s'."
              .formatted(run, FOLDER));
    }
    try (Stream<Path> content = Files.list(top)) {
      List<RunTops> all =
          content
              .filter(folder -> folder.getFileName().toString().matches(NAME))
              .filter(folder -> Files.isRegularFile(folder.resolve(Export.ARCHITECTURE_FILE)))
              .sorted()
              .limit(most)
              .map(RunTops::readOne)
              .toList();
      if (all.isEmpty()) {
        throw new InputException(
            "%s: holds no top architecture.%n  Maybe 'netloom resume %s' first?"
                .formatted(top, run));
      }
      return all;
    } catch (IOException e) {
      throw FileProblem.reading(top, e);
    }
  }

  private static RunTops readOne(Path folder) {
    Path tensors = folder.resolve(ExportFormat.SAFETENSORS.file());
    return new RunTops(
        folder.getFileName().toString(),
        ArchitectureReader.read(folder.resolve(Export.ARCHITECTURE_FILE).toString()).architecture(),
        Files.isRegularFile(tensors) ? ParameterFiles.read(tensors) : null,
        metrics(folder.resolve(Export.METRICS_FILE)));
  }

  private static SequencedMap<String, Object> metrics(Path file) {
    if (!Files.isRegularFile(file)) {
      return new LinkedHashMap<>();
    }
    try {
      return JsonMapper.builder()
          .build()
          .readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be read as JSON: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
