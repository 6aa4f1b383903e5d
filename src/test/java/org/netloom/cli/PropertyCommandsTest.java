package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.store.Csv;

/** {@code embed}, {@code fit-properties} and {@code predict-properties}. */
class PropertyCommandsTest {
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();
  private String known = "";
  private String heldOut = "";

  private static String table(String split, int rows) {
    StringBuilder text = new StringBuilder("network,accuracy,cells\n");
    for (int i = 0; i < rows; i++) {
      text.append("split:%s/%d,0.%02d,%d\n".formatted(split, i, 10 + i * i * 7 % 83, 4 + i % 9));
    }
    return text.toString();
  }

  @BeforeEach
  void writeTables() throws IOException {
    known = write("known.csv", table("val", 12));
    heldOut = write("held-out.csv", table("test", 6));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String... arguments) throws IOException {
    assertThat(run(arguments)).as(netloom.err()).isZero();
    return JsonMapper.builder().build().readTree(netloom.out());
  }

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--json");
    return netloom.run(line.toArray(String[]::new));
  }

  private JsonNode fit(String model, String threads) throws IOException {
    return json(
        "fit-properties",
        known,
        "--test=" + heldOut,
        "--ghn=" + GHN,
        "--target=accuracy:percent",
        "--target=cells",
        "--out=" + path(model),
        "--csv=" + path(model + ".csv"),
        "--threads=" + threads);
  }

  private List<List<String>> csv(String name) throws IOException {
    return Csv.read(name, Files.readString(folder.resolve(name)));
  }

  private void refused(String message, String... arguments) {
    assertThat(run(arguments)).as(netloom.err()).isEqualTo(2);
    assertThat(netloom.err()).contains(message).doesNotContain("\tat ");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private void refusedFit(String table, String target, String message) {
    refused(
        message,
        "fit-properties",
        table,
        "--ghn=" + GHN,
        "--target=" + target,
        "--out=" + path("refused"));
  }

  @Test
  void aSetIsEmbeddedTheSameForAnyNumberOfThreads() throws IOException {
    String set = path("set");
    json("generate", "--split=val", "--count=5", "--out=" + set);
    JsonNode facts = json("embed", set, "--ghn=" + GHN, "--csv=" + path("one.csv"), "--threads=1");
    assertThat(facts.get("networks").asInt()).isEqualTo(5);
    assertThat(facts.get("numbers").asInt()).isEqualTo(8);
    json("embed", set, "--ghn=" + GHN, "--csv=" + path("two.csv"), "--threads=2");
    assertThat(folder.resolve("two.csv")).hasSameBinaryContentAs(folder.resolve("one.csv"));
    List<List<String>> lines = csv("one.csv");
    assertThat(lines).hasSize(6);
    assertThat(lines.getFirst())
        .startsWith("network", "id", "parameters", "macs", "embedding", "status", "reason", "e0")
        .endsWith("e7");
    assertThat(lines.get(3)).startsWith("split:" + set + "/2");
    JsonNode graph = json("graph", "split:val/2");
    assertThat(lines.get(3).get(1)).isEqualTo(graph.get("id").asText());
    assertThat(lines.get(3).get(2)).isEqualTo(graph.get("parameters").asText());
    json("embed", set, "--ghn=" + GHN, "--csv=" + path("first.csv"), "--nets=2");
    assertThat(csv("first.csv")).isEqualTo(lines.subList(0, 3));
  }

  @Test
  void aTableAndAListAndAnArchitectureAreSourcesAndAFailureIsALine() throws IOException {
    String names = write("names.csv", "\"architecture\"\nresnet18\ninception_v3\n");
    assertThat(json("embed", names, "--ghn=" + GHN, "--csv=" + path("a.csv")).get("failed").asInt())
        .isEqualTo(1);
    List<List<String>> lines = csv("a.csv");
    assertThat(lines.get(1)).startsWith("resnet18").contains("embedded");
    assertThat(lines.get(2)).startsWith("inception_v3").contains("failed").endsWith("");
    String list = write("names.txt", "resnet18\nsplit:test/1\n");
    json("embed", list, "--ghn=" + GHN, "--csv=" + path("b.csv"));
    assertThat(csv("b.csv").get(1)).isEqualTo(lines.get(1));
    json("embed", "resnet18", "--ghn=" + GHN, "--csv=" + path("c.csv"));
    assertThat(csv("c.csv")).isEqualTo(lines.subList(0, 2));
    json("embed", "resnet18", "--ghn=" + GHN, "--csv=" + path("c.csv"), "--classes=7");
    assertThat(csv("c.csv").get(1).get(4)).endsWith("/7");
    String bad = write("bad.txt", "resnet18\nresnet\nsplit:val/500\n");
    refused(bad + ":2:1", "embed", bad, "--ghn=" + GHN, "--csv=" + path("refused"));
    assertThat(netloom.err()).contains(bad + ":3:1", "2 problems");
  }

  @Test
  void propertiesAreFittedTestedAndSearchedBy() throws IOException {
    JsonNode fitted = fit("model.json", "1");
    JsonNode accuracy = fitted.at("/targets/0");
    assertThat(accuracy.get("name").asText()).isEqualTo("accuracy");
    assertThat(accuracy.get("permutations")).hasSize(5);
    assertThat(accuracy.get("test_tau").asDouble()).isBetween(-1.0, 1.0);
    assertThat(fitted.get("test_networks").asInt()).isEqualTo(6);
    List<List<String>> predictions = csv("model.json.csv");
    assertThat(predictions.getFirst())
        .containsExactly(
            "network", "id", "accuracy", "predicted_accuracy", "cells", "predicted_cells");
    assertThat(predictions.get(1)).startsWith("split:test/0").contains("10.0");
    assertThat(predictions.get(1).get(3)).endsWith(".0");
    fit("again.json", "2");
    assertThat(folder.resolve("again.json")).hasSameBinaryContentAs(folder.resolve("model.json"));
    assertThat(csv("again.json.csv")).isEqualTo(predictions);

    String set = path("set");
    json("generate", "--split=search", "--count=7", "--out=" + set);
    String model = path("model.json");
    JsonNode found =
        json("predict-properties", model, set, "--top=3", "--csv=" + path("ranked.csv"));
    assertThat(found.get("networks").asInt()).isEqualTo(7);
    assertThat(found.get("top")).hasSize(3);
    List<List<String>> ranked = csv("ranked.csv");
    assertThat(ranked).hasSize(8);
    assertThat(ranked.get(1).get(1)).isEqualTo(found.at("/top/0/network").asText());
    List<Double> scores =
        ranked.subList(1, 8).stream().map(line -> Double.valueOf(line.get(3))).toList();
    assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    JsonNode lowest = json("predict-properties", model, set, "--by=cells", "--lowest", "--top=1");
    assertThat(lowest.at("/top/0/score").asDouble())
        .isEqualTo(-lowest.at("/top/0/predicted/cells").asDouble());

    json("embed", set, "--ghn=" + GHN, "--csv=" + path("embedded.csv"));
    json("predict-properties", model, path("embedded.csv"), "--csv=" + path("same.csv"));
    assertThat(folder.resolve("same.csv")).hasSameBinaryContentAs(folder.resolve("ranked.csv"));
  }

  @Test
  void aFailedRowIsLeftOutAndAKnownNetworkIsNoTest() throws IOException {
    String rows =
        table("val", 12).replace("cells", "cells,status").replaceAll("(?m)(\\d)$", "$1,scored");
    known = write("known.csv", rows + "split:nonsense/1,,,failed\n");
    heldOut = write("held-out.csv", table("test", 4) + "split:val/3,0.5,4\n");
    JsonNode fitted = fit("model.json", "2");
    assertThat(fitted.get("networks").asInt()).isEqualTo(12);
    assertThat(fitted.get("test_networks").asInt()).isEqualTo(4);
    assertThat(fitted.get("test_networks_left_out").asInt()).isEqualTo(1);
    refused(
        "(12) of its (12) networks are among those to learn from",
        "fit-properties",
        known,
        "--test=" + known,
        "--ghn=" + GHN,
        "--target=cells",
        "--out=" + path("refused"));
  }

  @Test
  void everyMistakeInATableIsToldWithItsPlace() throws IOException {
    refusedFit(known, "acuracy", "there is no such column");
    assertThat(netloom.err())
        .contains("known.csv", "network, accuracy, cells", "Maybe 'accuracy'?");
    refusedFit(known, "accuracy:hours", "'hours' is no form");
    String wrong =
        table("val", 12)
            .replace("val/3,0.73", "val/3,NaN")
            .replace("val/5,", "val/5,Infinity")
            .replace("val/7,", "val/7,x");
    refusedFit(write("wrong.csv", wrong), "accuracy", "wrong.csv: row 6: accuracy");
    assertThat(netloom.err()).contains("row 8", "finite number");
    String unknown = table("val", 12).replace("val/2,", "vall/2,").replace("val/11,", "val/511,");
    refusedFit(write("unknown.csv", unknown), "cells", "unknown.csv: row 3: network");
    assertThat(netloom.err()).contains("row 12: network", "not (511)", "2 problems");
    refusedFit(
        write("few.csv", table("val", 9)), "cells", "at least (10) networks, but there are (9)");
    refusedFit(
        write("constant.csv", table("val", 12).replaceAll(",0\\.\\d+", ",0.5")),
        "accuracy",
        "'accuracy' is (0.5) for all networks");
    refusedFit(write("nameless.csv", "accuracy\n0.5\n"), "accuracy", "needs a column 'network'");
    refusedFit(write("failed.csv", "network,status\nx,failed\n"), "cells", "has no row");
    refused(
        "given twice",
        "fit-properties",
        known,
        "--ghn=" + GHN,
        "--target=cells",
        "--target=cells:rounded",
        "--out=" + path("refused"));
    refused(
        "--csv is for",
        "fit-properties",
        known,
        "--ghn=" + GHN,
        "--target=cells",
        "--out=" + path("refused"),
        "--csv=" + path("refused"));
  }

  @Test
  void embeddingsOfAnotherHypernetworkAreRefused() throws IOException {
    json("fit-properties", known, "--ghn=" + GHN, "--target=cells", "--out=" + path("model.json"));
    refused(
        "is another hypernetwork",
        "predict-properties",
        path("model.json"),
        "val",
        "--nets=1",
        "--ghn=shapes10",
        "--csv=" + path("refused"));
    json("embed", "resnet18", "--ghn=shapes10", "--csv=" + path("other.csv"));
    refused("has embeddings of (", "predict-properties", path("model.json"), path("other.csv"));
    refused("Maybe 'cells'?", "predict-properties", path("model.json"), "resnet18", "--by=cell");
  }

  @Test
  void anInterruptedEmbeddingLeavesTheOldFile() throws IOException {
    String file = write("old.csv", "old");
    Thread.currentThread().interrupt();
    assertThat(run("embed", "val", "--ghn=" + GHN, "--nets=3", "--csv=" + file)).isEqualTo(130);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(folder.resolve("old.csv")).content().isEqualTo("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("old.csv", "known.csv", "held-out.csv");
    }
  }
}
