package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.Parameters;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

class ExportTest {
  private static final Set<ExportFormat> ALL = EnumSet.allOf(ExportFormat.class);
  private static final Set<ExportFormat> WITHOUT_PARAMETERS =
      EnumSet.copyOf(ALL.stream().filter(format -> !format.needsParameters()).toList());

  private final Architecture architecture =
      new Sampler(SearchSpace.quickstart(10)).sample(new SplittableRandom(5));
  private final ComputationalGraph graph = GraphBuilder.build(architecture);

  @TempDir private Path folder;

  private Export export(@Nullable Parameters parameters, Map<String, ?> metrics) {
    SequencedMap<String, ?> ordered = new LinkedHashMap<>(metrics);
    return new Export(architecture, graph, parameters, ordered, "1.2.3");
  }

  @Test
  void aFolderHoldsTheArchitectureEveryFormatAndTheMetrics() throws IOException {
    Parameters parameters = RandomParameters.of(graph, 1, true);
    export(parameters, Map.of("accuracy", 0.5, "epochs", List.of(1, 2))).write(folder, ALL);

    assertThat(files(folder).keySet())
        .contains(Export.ARCHITECTURE_FILE, Export.METRICS_FILE)
        .containsAll(ALL.stream().map(ExportFormat::file).toList())
        .hasSize(ALL.size() + 2);
    String yaml = folder.resolve(Export.ARCHITECTURE_FILE).toString();
    assertThat(ArchitectureReader.read(yaml).architecture()).isEqualTo(architecture);
    assertThat(folder.resolve(Export.METRICS_FILE)).content().contains("\"accuracy\" : 0.5");
    SafetensorsFile tensors = SafetensorsFile.read(folder.resolve("model.safetensors"));
    assertThat(tensors.tensors().keySet()).isEqualTo(parameters.tensors().keySet());
    assertThat(tensors.metadata()).containsEntry("architecture", architecture.canonical());
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    for (Path to : List.of(folder.resolve("first"), again, again)) {
      export(RandomParameters.of(graph, 1, true), Map.of("accuracy", 0.5)).write(to, ALL);
    }
    assertThat(files(again)).isEqualTo(files(folder.resolve("first")));
  }

  @Test
  void picturesAndProgramsNeedNoParameters() throws IOException {
    export(null, Map.of()).write(folder, WITHOUT_PARAMETERS);
    assertThat(files(folder)).hasSize(WITHOUT_PARAMETERS.size() + 1).containsKey("graph.dot");
  }

  @Test
  void lackingTensorsAreAnErrorThatSaysHowToGetThemAndNothingIsWritten() throws IOException {
    assertThatThrownBy(() -> export(null, Map.of()).write(folder, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs parameters")
        .hasMessageContaining("--params");
    Parameters predicted = RandomParameters.of(graph, 1, false);
    assertThatThrownBy(() -> export(predicted, Map.of()).write(folder, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(".running_mean'")
        .hasMessageContaining("netloom finetune")
        .hasMessageContaining("--data DATASET");
    assertThat(files(folder)).isEmpty();
    export(predicted, Map.of()).write(folder, EnumSet.of(ExportFormat.SAFETENSORS));
    assertThat(files(folder)).containsKey("model.safetensors");
  }

  @Test
  void aFolderOfARunIsNamedByRankAndId() {
    assertThat(Export.folderName(3, architecture))
        .isEqualTo("03-" + architecture.id().substring(0, 8));
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
