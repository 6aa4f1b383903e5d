package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.config.YamlReader;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.store.RunConditions;
import org.netloom.store.RunDirectory;
import org.netloom.tensor.OwnMachine;
import org.netloom.training.Subjects;

/** What commands tell of the memory that was planned, and what they refuse for want of it. */
final class MemoryCommandsTest {
  private static final Architecture SMALL = Subjects.smallArchitecture();
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();

  private int predict(String... more) {
    String[] first = {
      "predict", SMALL.canonical(), "--ghn", GHN, "--out", folder.resolve("p.safetensors") + ""
    };
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return netloom.run(all);
  }

  @Test
  void aPredictionTellsItsPlanAndTheLimitCountsToTheByte() throws Exception {
    assertThat(predict("--json")).as(netloom.err()).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(netloom.out());
    long bytes = facts.get("memory").asLong();
    assertThat(bytes).isPositive();
    assertThat(predict()).isZero();
    assertThat(netloom.out())
        .contains(
            String.format(Locale.ROOT, "s, %.1f MB of memory, written to ", bytes / 1048576.0));
    String enough = String.format(Locale.ROOT, "%.9fk", bytes / 1024.0);
    String little = String.format(Locale.ROOT, "%.9fk", (bytes - 1) / 1024.0);
    assertThat(predict("--memory", enough)).as(netloom.err()).isZero();
    assertThat(predict("--memory", little)).isEqualTo(2);
    assertThat(netloom.err()).contains("The plan needs (", "; the limit is (", "Maybe");
  }

  @Test
  void aPredictionWhoseHypernetworkAloneIsAboveTheLimitTellsWhatAllOfItNeeds() throws Exception {
    assertThat(predict("--json")).isZero();
    long bytes = JsonMapper.builder().build().readTree(netloom.out()).get("memory").asLong();
    assertThat(predict("--memory", "1k")).isEqualTo(2);
    assertThat(netloom.err())
        .contains(String.format(Locale.ROOT, "The plan needs (%.1f MB)", bytes / 1048576.0));
  }

  @Test
  void anEvaluationTellsItsPlanAndTheLimitCountsToTheByte() throws Exception {
    String data = ImageFolders.create(folder.resolve("images"), 10);
    assertThat(predict()).isZero();
    List<String> line =
        List.of(
            "evaluate",
            SMALL.canonical(),
            "--params",
            folder.resolve("p.safetensors") + "",
            "--data",
            data,
            "--json",
            "--memory");
    assertThat(evaluate(line, "1g")).as(netloom.err()).isZero();
    long bytes = JsonMapper.builder().build().readTree(netloom.out()).get("memory").asLong();
    assertThat(evaluate(line, String.format(Locale.ROOT, "%.9fk", bytes / 1024.0))).isZero();
    for (long less : new long[] {bytes - 1, 1}) {
      assertThat(evaluate(line, String.format(Locale.ROOT, "%.9fk", less / 1024.0))).isEqualTo(2);
      assertThat(netloom.err())
          .contains(String.format(Locale.ROOT, "The plan needs (%.1f MB)", bytes / 1048576.0));
    }
  }

  private int evaluate(List<String> line, String memory) {
    return netloom.run(Stream.concat(line.stream(), Stream.of(memory)).toArray(String[]::new));
  }

  /** The file of a small search whose winner is trained with batches of a size. */
  private Path space(String data, int evaluations, int batch) throws IOException {
    return Files.writeString(
        folder.resolve("space.yaml"),
        """
        data: %s
        ghn: %s
        space: {channels: 8, cells: 3, steps: 1, operations: [conv_3x3, sep_conv_3x3]}
        search: {population: 2, evaluations: %d, images: 8}
        finetune: {top: 1, epochs: 1, batch: %d, compare_random: false}
        export: {formats: [safetensors]}
        """
            .formatted(data, GHN, evaluations, batch));
  }

  /** A run that was stopped before its first candidate. */
  private Path begun(RunConditions conditions) throws IOException {
    String data = ImageFolders.create(folder.resolve("images"), 10, 60);
    Path file = space(data, 3, 64);
    RunConfig read = YamlReader.read(file, List.of(), RunConfigReader::read);
    Path run = folder.resolve("begun");
    try (RunDirectory made =
        RunDirectory.create(
            run, false, Files.readString(file), read.forData(read.openData()).effective())) {
      made.database().keep(conditions);
    }
    return run;
  }

  @Test
  void aRunKeepsItsMemoryLimitAndBackendAndTellsWhyNothingCameOfIt() throws Exception {
    Path run = begun(new RunConditions("scalar", 100_000));
    OwnMachine.Ended ended =
        OwnMachine.run(List.of(), Main.class, List.of("resume", run.toString()));
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains("  3 failed, the last: The plan needs ", "the limit is (0.1 MB)")
        .doesNotContain("began with");
    assertThat(run.resolve("candidates.csv")).content().contains("the limit is (0.1 MB)");
    assertThat(run.resolve("log.txt"))
        .content()
        .contains("under --backend scalar and --memory of 0.1 MB");
  }

  @Test
  void aRunMayGoOnUnderAnotherLimitWhichIsToldAndKept() throws Exception {
    Path run = begun(new RunConditions("scalar", 100_000));
    OwnMachine.Ended ended =
        OwnMachine.run(
            List.of(), Main.class, List.of("resume", run.toString(), "--memory", "256m"));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "the run began with --backend scalar and --memory of 0.1 MB and goes on with"
                + " --backend scalar and --memory of 256.0 MB: results may differ");
    try (RunDirectory made = RunDirectory.open(run)) {
      assertThat(made.database().conditions()).contains(new RunConditions("scalar", 256L << 20));
    }
  }

  @Nested
  class AHeapThatIsShort {
    private static final List<String> HEAP = List.of("-Xmx160m");
    private String data = "";

    @BeforeEach
    void draw() throws IOException {
      data = ImageFolders.create(folder.resolve("images"), 10, 60);
    }

    @Test
    void endsATrainingWithBothFigures() throws Exception {
      OwnMachine.Ended ended =
          OwnMachine.run(
              HEAP,
              Main.class,
              List.of(
                  "finetune",
                  SMALL.canonical(),
                  "--data",
                  data,
                  "--epochs=1",
                  "--batch=512",
                  "--memory=4g"));
      assertThat(ended.code()).as(ended.err()).isEqualTo(2);
      assertThat(ended.err())
          .containsPattern(
              "The plan needs \\(\\d+\\.\\d MB\\) of memory beside what is in use; the heap has"
                  + " \\(160\\.0 MB\\)\\. Maybe ")
          .doesNotContain("\tat ");
    }

    @Test
    void failsAWinnerOfASearchWithBothFiguresAndTheRunGoesOn() throws Exception {
      Path file = space(data, 2, 512);
      Path run = folder.resolve("run");
      OwnMachine.Ended ended =
          OwnMachine.run(
              HEAP, Main.class, List.of("search", file + "", "--out", run + "", "--memory=4g"));
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err())
          .contains(
              "no training from predicted weights: The plan needs (", "the heap has (160.0 MB)")
          .doesNotContain("\tat ");
      assertThat(ended.out()).containsPattern("(?m)^   1 .* -  .* \\d\\.\\d\\d MB$");
      for (String result : List.of("ranking.csv", "report.html", "log.txt")) {
        assertThat(run.resolve(result)).content().contains("the heap has (160.0 MB)");
      }
    }
  }
}
