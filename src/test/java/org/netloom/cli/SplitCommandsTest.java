package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;

/** {@code generate} and {@code split:NAME/INDEX}. */
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
}
