package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.network.Initialisation;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.training.Subjects;

class EvaluateCommandTest {
  @TempDir private static Path folder;
  private static String ten = "";
  private static String three = "";
  private static String params = "";

  private final CommandLineRun netloom = new CommandLineRun();

  @BeforeAll
  static void prepare() throws IOException {
    ten = ImageFolders.create(folder.resolve("ten"), 10);
    three = ImageFolders.create(folder.resolve("three"), 3);
    Path file = folder.resolve("params.safetensors");
    new SafetensorsFile(Initialisation.random(Subjects.small(), 1).tensors(), new LinkedHashMap<>())
        .write(file);
    params = file.toString();
  }

  private int evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", Subjects.smallArchitecture().canonical()));
    arguments.addAll(List.of(more));
    return netloom.run(arguments.toArray(String[]::new));
  }

  @Test
  void parametersWithoutRunningStatisticsAreMeasuredWithThoseOfTheBatch() {
    assertThat(evaluate("--params", params, "--data", ten)).isZero();
    assertThat(netloom.out())
        .startsWith("test: accuracy ")
        .matches(".*20 images \\(BN batch statistics, batch 64\\), \\d+\\.\\d MB of memory\\R");
  }

  @Test
  void splitBatchAndLimitAreHeeded() throws Exception {
    int code =
        evaluate(
            "--params",
            params,
            "--data",
            ten,
            "--split",
            "train",
            "--batch",
            "8",
            "--limit",
            "30",
            "--json");
    assertThat(code).isZero();
    JsonNode measured = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(measured.get("split").asText()).isEqualTo("train");
    assertThat(measured.get("images").asInt()).isEqualTo(30);
    assertThat(measured.get("protocol").asText()).isEqualTo("BN batch statistics, batch 8");
    assertThat(measured.get("loss").asDouble()).isPositive();
  }

  @Test
  void runningStatisticsThatAreNotThereAreAskedForInVain() {
    assertThat(evaluate("--params", params, "--data", ten, "--bn", "running")).isEqualTo(2);
    assertThat(netloom.err())
        .contains("params.safetensors: has no running statistics for --bn running")
        .contains(".running_mean' first", "Maybe --bn batch", "netloom finetune");
  }

  @Test
  void aDataSetOfOtherClassesIsRefused() {
    assertThat(evaluate("--params", params, "--data", three)).isEqualTo(2);
    assertThat(netloom.err()).contains("has (10) classes", "has (3): class0, class1, class2");
  }

  @Test
  void parametersOfAnotherNetworkAreRefusedByTheTensorsName() {
    SequencedMap<String, Tensor> other = new LinkedHashMap<>();
    other.put("some.weight", Tensor.zeros(Shape.of(10, 3)));
    Path file = folder.resolve("other.safetensors");
    new SafetensorsFile(other, new LinkedHashMap<>()).write(file);
    assertThat(evaluate("--params", file.toString(), "--data", ten)).isEqualTo(2);
    assertThat(netloom.err()).contains("The parameters lack tensor '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--limit 0 | --limit (0) must be at least 1",
        "--batch 0 | --batch (0) must be at least 1",
        "--split val | Maybe 'validation'?",
        "--bn frozen | frozen",
        "--input 3x32 | An input shape is written"
      })
  void mistakesAreNamed(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("--params", params, "--data", ten));
    all.addAll(List.of(arguments.split(" ")));
    assertThat(evaluate(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(netloom.err()).contains(message).doesNotContain("\tat ");
    assertThat(netloom.out()).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(evaluate("--params", "nowhere.safetensors", "--data", ten)).isEqualTo(2);
    assertThat(netloom.err()).contains("nowhere.safetensors: there is no such file");
  }
}
