package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.exchange.Export;
import org.netloom.exchange.ExportFormat;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.Parameters;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

class ExportCommandTest {
  private static final String NETWORK =
      "{\"kind\":\"deepnets1m\",\"C\":8,\"n_cells\":2,\"ks\":3,\"norm\":\"bnorm\",\"stem_type\":0,"
          + "\"stem_pool\":true,\"genotype\":{\"normal\":[[\"conv_3x3\",0],[\"skip_connect\",1]],"
          + "\"normal_concat\":[2],\"reduce\":[[\"max_pool_3x3\",0],[\"conv_1x1\",1]],"
          + "\"reduce_concat\":[2]},\"classes\":10,\"input\":\"3x32x32\"}";

  private final CommandLineRun netloom = new CommandLineRun();
  private final Architecture architecture = ArchitectureReader.read(NETWORK).architecture();

  @TempDir private Path folder;

  private Parameters parameters(boolean statistics) {
    ComputationalGraph graph = GraphBuilder.build(architecture);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      int[] sides = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      float[] ones = new float[Shape.of(sides).size()];
      Arrays.fill(ones, 0.1f);
      tensors.put(spec.name(), new Tensor(Shape.of(sides), ones));
    }
    graph.nodes().stream()
        .filter(node -> statistics && node.operator() instanceof Operator.BatchNorm)
        .forEach(
            node -> {
              Tensor some = tensors.get(node.name() + ".weight");
              tensors.put(node.name() + ".running_mean", some);
              tensors.put(node.name() + ".running_var", some);
            });
    return new Parameters(tensors);
  }

  private String file(boolean statistics) {
    Path file = folder.resolve("params-" + statistics + ".safetensors");
    ParameterFiles.write(file, parameters(statistics), architecture);
    return file.toString();
  }

  private List<String> files(String sub) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(sub))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private int export(String source, String format, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("export", source, "--format", format, "--out"));
    arguments.add(folder.resolve("out").toString());
    arguments.addAll(List.of(more));
    return netloom.run(arguments.toArray(String[]::new));
  }

  @Test
  void anArchitectureWithParametersBecomesTheFilesAskedFor() throws IOException {
    assertThat(export(NETWORK, "onnx,safetensors,pytorch,dot,svg", "--params", file(true)))
        .isZero();
    assertThat(files("out"))
        .containsExactly(
            "architecture.yaml",
            "graph.dot",
            "graph.svg",
            "model.onnx",
            "model.py",
            "model.safetensors");
    assertThat(netloom.out()).contains("model.onnx");
    assertThat(netloom.err()).isEmpty();
  }

  @Test
  void aPictureOfAPresetNeedsNoParameters() throws IOException {
    assertThat(export("vit", "dot", "--json")).isZero();
    assertThat(files("out")).containsExactly("architecture.yaml", "graph.dot");
    JsonNode json = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(json.get("exports").get(0).get("files").get(1).asText()).isEqualTo("graph.dot");
  }

  @Test
  void onnxWithoutStatisticsIsAMistakeThatNamesTheWaysOut() {
    assertThat(export(NETWORK, "onnx", "--params", file(false))).isEqualTo(2);
    assertThat(netloom.err()).contains("running_mean", "netloom finetune", "--data");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(export(NETWORK, "onnx")).isEqualTo(2);
    assertThat(netloom.err()).contains("--params");
  }

  @Test
  void statisticsAreMeasuredOnADataSet() {
    String params = file(false);
    assertThat(export(NETWORK, "onnx,safetensors", "--params", params, "--data", "shapes10"))
        .isZero();
    SafetensorsFile written =
        SafetensorsFile.read(folder.resolve("out").resolve("model.safetensors"));
    assertThat(written.tensors()).containsKeys("stem.1.running_mean", "stem.1.running_var");
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    assertThat(export("vit", "safetensors", "--params", file(true))).isEqualTo(2);
    assertThat(netloom.err()).contains("stem0.weight");
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedUnlessForced() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out").resolve("mine.txt"), "x");
    assertThat(export("vit", "dot")).isEqualTo(2);
    assertThat(netloom.err()).contains("not empty", "--force");
    assertThat(export("vit", "dot", "--force")).isZero();
    assertThat(files("out")).contains("mine.txt", "graph.dot");
  }

  @Test
  void anUnknownFormatIsAMistakeThatNamesTheFormats() {
    assertThat(export("vit", "tflite")).isEqualTo(2);
    assertThat(netloom.err()).containsIgnoringCase("onnx").contains("tflite");
  }

  @Test
  void theBestOfARunAreWrittenAgain() throws IOException {
    Path run = folder.resolve("run");
    for (int rank = 1; rank <= 3; rank++) {
      Architecture one = architecture.with(10, architecture.input());
      new Export(
              one,
              GraphBuilder.build(one),
              parameters(true),
              new LinkedHashMap<>(Map.of("rank", rank)),
              "test")
          .write(
              run.resolve("top").resolve(Export.folderName(rank, one)),
              EnumSet.of(ExportFormat.SAFETENSORS));
    }
    assertThat(export(run.toString(), "onnx,pytorch", "--top", "2")).isZero();
    String second = Export.folderName(2, architecture);
    assertThat(files("out")).containsExactly(Export.folderName(1, architecture), second);
    assertThat(files("out/" + second))
        .containsExactly("architecture.yaml", "metrics.json", "model.onnx", "model.py");
    assertThat(folder.resolve("out").resolve(second).resolve("metrics.json"))
        .hasSameTextualContentAs(run.resolve("top").resolve(second).resolve("metrics.json"));
  }

  @Test
  void mistakesAboutRunsAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    assertThat(export(folder.resolve("run").toString(), "dot")).isEqualTo(2);
    assertThat(netloom.err()).contains("no run directory");
    Files.createDirectories(folder.resolve("run").resolve("top"));
    assertThat(export(folder.resolve("run").toString(), "dot")).isEqualTo(2);
    assertThat(netloom.err()).contains("netloom resume");
    assertThat(export("vit", "dot", "--top", "2")).isEqualTo(2);
    assertThat(netloom.err()).contains("--top (2)");
    assertThat(export(folder.resolve("run").toString(), "dot", "--top", "0")).isEqualTo(2);
    assertThat(netloom.err()).contains("--top (0)");
    assertThat(export(folder.resolve("run").toString(), "dot", "--classes", "3")).isEqualTo(2);
  }
}
