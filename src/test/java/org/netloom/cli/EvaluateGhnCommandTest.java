package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.store.Csv;

/** {@code evaluate-ghn}: its figures, its table, and going on after an interruption. */
class EvaluateGhnCommandTest {
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();
  private String data = "";
  private Path csv = Path.of("");
  private Path part = Path.of("");

  @BeforeEach
  void create() throws IOException {
    data = ImageFolders.create(folder.resolve("images"), 10);
    csv = folder.resolve("split.csv");
    part = folder.resolve("split.csv.part");
  }

  private int run(String... more) {
    List<String> line = new ArrayList<>(List.of("evaluate-ghn", GHN, "--limit", "4"));
    line.addAll(List.of(more));
    return netloom.run(line.toArray(String[]::new));
  }

  private int split(String... more) {
    List<String> line = new ArrayList<>(List.of("--data", data, "--split", "train"));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  private List<List<String>> lines() throws IOException {
    return Csv.read(csv.toString(), Files.readString(csv));
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(netloom.out());
  }

  @Test
  void aSplitGivesItsFiguresAndALineForEachNetwork() throws IOException {
    assertThat(split("--nets", "3", "--csv", csv.toString(), "--json")).as(netloom.err()).isZero();

    JsonNode figures = json();
    assertThat(figures.get("split").asText()).isEqualTo("train");
    assertThat(figures.get("networks").asInt() + figures.get("failed").asInt()).isEqualTo(3);
    assertThat(figures.get("images").asInt()).isEqualTo(4);
    assertThat(figures.get("protocol").asText())
        .isEqualTo("predicted, BN batch statistics, batch 64");
    for (JsonNode spread : List.of(figures, figures.get("top5"))) {
      assertThat(spread.get("mean").asDouble())
          .isBetween(spread.get("min").asDouble(), spread.get("max").asDouble());
    }
    assertThat(figures.at("/top5/mean").asDouble()).isGreaterThan(figures.get("mean").asDouble());
    assertThat(lines()).hasSize(4).first().isEqualTo(EvaluationTable.HEADER);
    List<String> second = lines().get(2);
    assertThat(second.getFirst()).isEqualTo("split:train/1");
    assertThat(second.get(1))
        .isEqualTo(
            NetworkSet.open("train").network(1).architecture(10, InputShape.CIFAR).canonical());
    assertThat(Double.parseDouble(second.get(4)))
        .isGreaterThanOrEqualTo(Double.parseDouble(second.get(3)));
    assertThat(second.get(8)).isEqualTo("scored");
    assertThat(part).doesNotExist();
  }

  @Test
  void heldOutNetworksOfASpaceHaveTheSameTable() throws IOException {
    Path space = folder.resolve("space.yaml");
    Files.writeString(space, "space: {channels: 8, cells: 2, steps: 1}\n");
    String[] line = {"--data", data, "--space", space.toString(), "--nets", "2"};

    assertThat(run(line)).as(netloom.err()).isZero();
    assertThat(netloom.out())
        .contains("2 held-out networks of " + space + " on 4 test images (predicted, BN batch")
        .containsPattern("top-1 +\\d")
        .containsPattern("top-5 +\\d");

    List<String> more = new ArrayList<>(List.of(line));
    more.addAll(List.of("--csv", csv.toString(), "--json"));
    assertThat(run(more.toArray(String[]::new))).as(netloom.err()).isZero();
    assertThat(json().get("space").asText()).isEqualTo(space.toString());
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2).getFirst()).isEqualTo("held-out/1");
  }

  @Test
  void anInterruptedEvaluationGoesOnFromWhatItMeasured() throws Exception {
    assertThat(split("--nets", "12", "--threads", "1", "--csv", csv.toString())).isZero();
    String whole = netloom.out();
    byte[] table = Files.readAllBytes(csv);
    Files.delete(csv);

    assertThat(interrupted()).isEqualTo(Main.INTERRUPTED);
    assertThat(netloom.err())
        .containsPattern("Interrupted; [1-9]\\d* of 12 networks are in .*split.csv.part");
    assertThat(csv).doesNotExist();
    Files.writeString(part, Files.readString(part) + "split:train/11,cut o");

    assertThat(split("--nets", "12", "--threads", "2", "--csv", csv.toString())).isZero();
    assertThat(netloom.err()).containsPattern("goes on behind [1-9]\\d* networks");
    assertThat(Files.readAllBytes(csv)).isEqualTo(table);
    assertThat(netloom.out()).isEqualTo(whole);
    assertThat(part).doesNotExist();
  }

  @Test
  void whatWasMeasuredIsNotMeasuredAgainAndBelongsToItsEvaluation() throws Exception {
    assertThat(interrupted()).isEqualTo(Main.INTERRUPTED);
    List<List<String>> lines = new ArrayList<>(Csv.read("part", Files.readString(part)));
    List<String> first = new ArrayList<>(lines.get(1));
    first.set(3, "0.125");
    lines.set(1, first);
    Files.writeString(part, Csv.write(lines));

    assertThat(split("--nets", "12", "--noise", "0.1", "--csv", csv.toString())).isEqualTo(2);
    assertThat(netloom.err()).contains("split.csv.part:2: belongs to an evaluation with another");
    assertThat(split("--nets", "12", "--csv", csv.toString())).isZero();
    assertThat(lines()).anyMatch(line -> line.get(3).equals("0.125"));
  }

  @Test
  void withoutATableNothingIsKept() {
    Thread.currentThread().interrupt();
    assertThat(split("--nets", "2")).isEqualTo(Main.INTERRUPTED);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(netloom.err()).contains("Interrupted; nothing was kept.", "Maybe --csv FILE");
  }

  @Test
  void aSpaceKnowsNoNoiseAndASplitAndASpaceExcludeEachOther() {
    assertThat(run("--data", "shapes10", "--space", "none.yaml", "--noise", "0.1")).isEqualTo(2);
    assertThat(netloom.err()).contains("--noise, --input and --images are for");
    assertThat(run("--data", "shapes10", "--space", "none.yaml", "--split", "val")).isEqualTo(2);
    assertThat(netloom.err()).contains("--space", "--split");
    assertThat(run("--data", "shapes10")).isEqualTo(2);
    assertThat(split("--nets", "1", "--csv", folder.toString())).isEqualTo(2);
    assertThat(netloom.err()).contains("it is a folder");
  }

  /** Runs on a thread of its own until some networks are in the table. */
  private int interrupted() throws Exception {
    int[] code = {-1};
    Thread thread =
        new Thread(
            () -> code[0] = split("--nets", "12", "--threads", "1", "--csv", csv.toString()));
    thread.start();
    while (thread.isAlive() && !(Files.exists(part) && Files.readAllLines(part).size() > 1)) {
      Thread.sleep(1);
    }
    thread.interrupt();
    thread.join();
    return code[0];
  }
}
