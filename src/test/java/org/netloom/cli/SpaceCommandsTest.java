package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.HoldOut;

class SpaceCommandsTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String file = "";

  @BeforeEach
  void writeSpace() throws IOException {
    file = space("space: {}\nconstraints: {macs: {max: 2M}}\nsearch: {evaluations: 40}\n");
  }

  private String space(String text) throws IOException {
    Path path = folder.resolve("space.yaml");
    Files.writeString(path, text);
    return path.toString();
  }

  @Test
  void sampledArchitecturesAreDistinctWithinTheConstraintsAndReadBack() {
    assertThat(run("sample", file, "-n", "12")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(12).doesNotHaveDuplicates();
    for (String line : lines) {
      Architecture read = ArchitectureReader.read(line).architecture();
      assertThat(read.canonical()).isEqualTo(line);
      assertThat(Cost.of(GraphBuilder.build(read)).macs()).isLessThanOrEqualTo(2_000_000);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aSampleDependsOnItsSeedAlone() {
    String first = sample("--seed", "5");
    assertThat(sample("--seed", "5", "--threads", "2")).isEqualTo(first);
    assertThat(sample("--seed", "6")).isNotEqualTo(first);
  }

  private String sample(String... more) {
    out.getBuffer().setLength(0);
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"sample", file, "-n", "3"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    assertThat(run(arguments)).isZero();
    return out.toString();
  }

  @Test
  void heldOutArchitecturesAreThoseThatNoHypernetworkLearnsFrom() throws IOException {
    assertThat(run("sample", file, "-n", "4", "--held-out", "--json")).isZero();
    JsonNode document = JsonMapper.builder().build().readTree(out.toString());
    assertThat(document.get("architectures")).hasSize(4);
    for (JsonNode one : document.get("architectures")) {
      Architecture read =
          ArchitectureReader.read(one.get("architecture").toString()).architecture();
      assertThat(HoldOut.contains(read)).isTrue();
      assertThat(read.id()).isEqualTo(one.get("id").asText());
    }
  }

  @Test
  void moreThanASpaceHasIsAMistakeThatSaysHowManyThereAre() throws IOException {
    file = space("space: {channels: 8, cells: 3, steps: 1, operations: [conv_1x1, conv_3x3]}\n");
    assertThat(run("sample", file, "-n", "17")).isEqualTo(2);
    assertThat(err.toString()).contains("(17) distinct", "only (16)");
    assertThat(run("sample", file, "-n", "16")).isZero();
  }

  @Test
  void validateDescribesSpaceConstraintsAndSearch() {
    assertThat(run("validate", file)).isZero();
    assertThat(out.toString())
        .contains(
            "space.yaml: no problems",
            "3,486,843,450 architectures",
            "macs <= 2000000:",
            "evolution (NSGA-II), 40 evaluations on 1000 images, population 20, seed 42");
  }

  @Test
  void validateAsJsonHoldsTheEffectiveConfiguration() throws IOException {
    assertThat(run("validate", file, "--json", "--set", "search.population=7")).isZero();
    JsonNode document = JsonMapper.builder().build().readTree(out.toString());
    assertThat(document.get("size").asLong()).isEqualTo(3_486_843_450L);
    assertThat(document.at("/effective/search/population").asInt()).isEqualTo(7);
    assertThat(document.at("/effective/space/operations")).hasSize(9);
    assertThat(document.at("/effective/constraints/macs/max").asLong()).isEqualTo(2_000_000);
    double fraction = document.get("within_constraints").asDouble();
    assertThat(fraction)
        .isBetween(
            document.get("within_constraints_low").asDouble(),
            document.get("within_constraints_high").asDouble());
  }

  @Test
  void everyProblemOfAFileIsToldAtOnceAndNothingIsPrinted() throws IOException {
    file =
        space(
            """
            space:
              operations: [conv_3x3, conv_4x4]
            constraints:
              macs: {max: many}
            search:
              strategy: evolution
              populaton: 10
            finetune:
              epochs: few
            """);
    for (String command : List.of("validate", "sample")) {
      err.getBuffer().setLength(0);
      assertThat(run(command, file)).isEqualTo(2);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString())
          .contains(
              "space.yaml:2:26: space.operations[1]: unknown operation 'conv_4x4'",
              "space.yaml:4:15: constraints.macs.max:",
              "space.yaml:7:3: search.populaton: unknown key 'populaton'",
              "Maybe 'population'?",
              "space.yaml:9:11: finetune.epochs:",
              "4 problems. Nothing was run.");
    }
  }

  @Test
  void aMissingFileIsAMistake() {
    assertThat(run("validate", folder.resolve("nothing.yaml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nothing.yaml").doesNotContain("\tat ");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
