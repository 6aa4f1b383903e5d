package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.store.Csv;

/** {@code generate}, {@code split:NAME/INDEX} and {@code evaluate-ghn --split}. */
class SplitCommandsTest {
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();

  private JsonNode json(String... arguments) throws IOException {
    assertThat(netloom.run(arguments)).as(netloom.err()).isZero();
    return JsonMapper.builder().build().readTree(netloom.out());
  }

  @Test
  void aSetIsDescribedAndItsNetworksAreArchitectures() throws IOException {
    String file = folder.resolve("set").toString();
    JsonNode made =
        json(
            "generate",
            "--split",
            "test",
            "--count",
            "6",
            "--out",
            file,
            "--json",
            "--statistics",
            "4");
    assertThat(made.get("networks").asInt()).isEqualTo(6);
    assertThat(made.get("seed").asInt()).isEqualTo(1);
    assertThat(made.get("bytes").asLong()).isEqualTo(Files.size(Path.of(file)));
    assertThat(made.get("draws").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(made.at("/graphs/networks").asInt()).isEqualTo(4);
    assertThat(made.at("/graphs/nodes/min").asInt()).isPositive();
    assertThat(made.at("/graphs/shares")).hasSize(15);
    String id = NetworkSet.open("test").network(5).architecture(10, InputShape.CIFAR).id();
    for (String name : List.of("test", file)) {
      JsonNode graph = json("graph", "split:" + name + "/5", "--json");
      assertThat(graph.get("id").asText()).isEqualTo(id);
      assertThat(graph.get("parameters").asLong()).isGreaterThanOrEqualTo(2_500_000);
    }
    assertThat(json("graph", "split:test/5", "--classes", "7", "--json").get("classes").asInt())
        .isEqualTo(7);
    assertThat(netloom.run("graph", "split:" + file + "/6")).isEqualTo(2);
    assertThat(netloom.err()).contains("has networks 0 to 5, not (6)");
  }

  @Test
  void withoutASeedASplitHasItsOwn() throws IOException {
    String file = folder.resolve("set").toString();
    assertThat(
            json("generate", "--split", "val", "--count", "2", "--out", file, "--json").get("seed"))
        .hasToString("0");
    byte[] own = Files.readAllBytes(Path.of(file));
    json("generate", "--split", "val", "--count", "2", "--out", file, "--json", "--seed", "0");
    assertThat(Files.readAllBytes(Path.of(file))).isEqualTo(own);
    json("generate", "--split", "val", "--count", "2", "--out", file, "--json", "--seed", "42");
    assertThat(Files.readAllBytes(Path.of(file))).isNotEqualTo(own);
    assertThat(netloom.run("generate", "--split", "val", "--count", "2", "--out", file)).isZero();
    assertThat(netloom.out()).contains("2 networks of split val (seed 0)", "accepted    2 of");
  }

  @Test
  void anEvaluationOnASplitGivesItsFiguresAndALineForEachNetwork() throws IOException {
    String data = ImageFolders.create(folder.resolve("images"), 10);
    Path csv = folder.resolve("split.csv");
    String[] line = {
      "evaluate-ghn",
      GHN,
      "--data",
      data,
      "--split",
      "train",
      "--nets",
      "3",
      "--limit",
      "4",
      "--csv",
      csv.toString(),
      "--json"
    };
    JsonNode figures = json(line);
    assertThat(figures.get("split").asText()).isEqualTo("train");
    assertThat(figures.get("networks").asInt() + figures.get("failed").asInt()).isEqualTo(3);
    assertThat(figures.get("images").asInt()).isEqualTo(4);
    assertThat(figures.get("protocol").asText())
        .isEqualTo("predicted, BN batch statistics, batch 64");
    assertThat(figures.get("mean").asDouble())
        .isBetween(figures.get("min").asDouble(), figures.get("max").asDouble());
    List<List<String>> lines = Csv.read(csv.toString(), Files.readString(csv));
    assertThat(lines.getFirst())
        .containsExactly(
            "network",
            "architecture",
            "id",
            "accuracy",
            "loss",
            "parameters",
            "protocol",
            "status",
            "reason");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2).getFirst()).isEqualTo("split:train/1");
    assertThat(lines.get(2).get(1))
        .isEqualTo(
            NetworkSet.open("train").network(1).architecture(10, InputShape.CIFAR).canonical());
    assertThat(lines.get(2).get(7)).isEqualTo("scored");
  }

  @Test
  void aSpaceKnowsNoNoiseAndASplitAndASpaceExcludeEachOther() {
    List<String> common = List.of("evaluate-ghn", GHN, "--data", "shapes10");
    assertThat(run(common, "--space", "none.yaml", "--noise", "0.1")).isEqualTo(2);
    assertThat(netloom.err()).contains("--noise, --input and --images are for");
    assertThat(run(common, "--space", "none.yaml", "--split", "val")).isEqualTo(2);
    assertThat(netloom.err()).contains("--space", "--split");
    assertThat(run(common)).isEqualTo(2);
  }

  private int run(List<String> common, String... more) {
    List<String> line = new ArrayList<>(common);
    line.addAll(List.of(more));
    return netloom.run(line.toArray(String[]::new));
  }
}
