package org.netloom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.network.Parameters;

/** Parameters in safetensors files, with their architecture in the metadata. */
final class ParameterFiles {
  private ParameterFiles() {}

  static void write(Path file, Parameters parameters, Architecture architecture) {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("architecture", architecture.canonical());
    new SafetensorsFile(parameters.tensors(), metadata).write(file);
  }

  /** The number of classes: the first side of the last trainable tensor. */
  static int classes(String file, Parameters parameters) {
    return parameters.tensors().reversed().entrySet().stream()
        .filter(entry -> !entry.getKey().contains(".running_"))
        .map(entry -> entry.getValue().shape().side(0))
        .findFirst()
        .orElseThrow(() -> new InputException("%s: holds no tensor.".formatted(file)));
  }

  /** The input shape of the architecture that the file says it is for. */
  static Optional<InputShape> input(SafetensorsFile file) {
    return Optional.ofNullable(file.metadata().get("architecture"))
        .map(text -> ArchitectureReader.read(text).architecture().input());
  }

  static Parameters read(Path file) {
    return new Parameters(SafetensorsFile.read(file).tensors());
  }
}
