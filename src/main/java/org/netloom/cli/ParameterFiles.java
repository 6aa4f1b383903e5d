package org.netloom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.netloom.architecture.Architecture;
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

  static Parameters read(Path file) {
    return new Parameters(SafetensorsFile.read(file).tensors());
  }
}
