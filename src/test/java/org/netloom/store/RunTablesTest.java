package org.netloom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult.Scored;

class RunTablesTest {
  @TempDir private Path folder;

  @Test
  void candidatesHaveTheColumnsOfTheContract() {
    List<List<String>> lines =
        Csv.read("c.csv", RunTables.candidates(Attempts.generation(0, 12, 1)));
    assertThat(lines.getFirst())
        .containsExactly(
            "architecture",
            "id",
            "score",
            "accuracy",
            "loss",
            "parameters",
            "macs",
            "status",
            "reason",
            "generation",
            "timing_seconds");
    assertThat(lines).hasSize(13);
  }

  @Test
  void everyOutcomeIsALineThatSaysWhatIsKnown() {
    List<CandidateRecord> attempts = Attempts.generation(0, 12, 1);
    List<List<String>> lines = Csv.read("c.csv", RunTables.candidates(attempts)).subList(1, 13);
    Scored first = (Scored) attempts.getFirst().result();
    DeepNetsArchitecture net = (DeepNetsArchitecture) attempts.getFirst().architecture();
    assertThat(lines.get(0))
        .startsWith(net.canonical(), net.id())
        .containsSubsequence(
            Double.toString(first.accuracy()),
            Double.toString(first.accuracy()),
            Double.toString(first.loss()),
            Long.toString(first.parameters()),
            Long.toString(first.macs()),
            "scored",
            "",
            "0");
    assertThat(ArchitectureReader.read(lines.get(0).getFirst()).architecture()).isEqualTo(net);
    assertThat(lines.get(3).subList(2, 9))
        .startsWith("", "", "", "9000")
        .endsWith("rejected", attempts.get(3).result().reason());
    assertThat(lines.get(6).subList(2, 9))
        .containsExactly(
            "", "", "", "", "", "failed", "logits hold NaN, \"conv1\" first,\nthen the head");
  }

  @Test
  void twoRunsOfOneSeedDifferInTimingColumnsOnly() throws Exception {
    Locale before = Locale.getDefault();
    List<String> tables = new ArrayList<>();
    for (long clock : new long[] {1, 2}) {
      Locale.setDefault(clock == 1 ? Locale.ROOT : Locale.GERMANY);
      try (RunDirectory run =
          RunDirectory.create(folder.resolve("run" + clock), false, "a: 1", "a: 1")) {
        run.database().record(Source.SEARCH, Attempts.generation(0, 12, clock));
        run.database().record(Source.BASELINE, Attempts.generation(0, 7, clock));
        run.database().record(Source.SEARCH, Attempts.generation(1, 12, clock));
        run.writeTables();
        tables.add(Files.readString(run.path().resolve("candidates.csv")));
      } finally {
        Locale.setDefault(before);
      }
    }
    assertThat(tables.get(0)).isNotEqualTo(tables.get(1));
    assertThat(untimed(tables.get(0))).isEqualTo(untimed(tables.get(1))).hasSize(25);
  }

  private static List<List<String>> untimed(String table) {
    List<List<String>> lines = Csv.read("c.csv", table);
    List<String> header = lines.getFirst();
    List<List<String>> kept = new ArrayList<>();
    for (List<String> line : lines) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < header.size(); i++) {
        if (!header.get(i).startsWith("timing_")) {
          fields.add(line.get(i));
        }
      }
      kept.add(fields);
    }
    return kept;
  }

  @Test
  void theRankingHasOneColumnForEachPartOfTheScore() {
    List<DeepNetsArchitecture> nets = Attempts.architectures(2, 1);
    SequencedMap<String, Double> parts = new LinkedHashMap<>();
    parts.put("fine_tuned_accuracy", 0.875);
    parts.put("predicted_accuracy", Double.NaN);
    List<List<String>> lines =
        Csv.read(
            "r.csv",
            RunTables.ranking(
                List.of(
                    new RankedRecord(nets.get(0), 0.875, parts, 1200, 3400, "scored", ""),
                    new RankedRecord(
                        nets.get(1), Double.NaN, new LinkedHashMap<>(), 5, 6, "failed", "a, b"))));
    assertThat(lines)
        .containsExactly(
            List.of(
                "rank",
                "architecture",
                "id",
                "score",
                "fine_tuned_accuracy",
                "predicted_accuracy",
                "parameters",
                "macs",
                "status",
                "reason"),
            List.of(
                "1",
                nets.get(0).canonical(),
                nets.get(0).id(),
                "0.875",
                "0.875",
                "",
                "1200",
                "3400",
                "scored",
                ""),
            List.of(
                "2",
                nets.get(1).canonical(),
                nets.get(1).id(),
                "",
                "",
                "",
                "5",
                "6",
                "failed",
                "a, b"));
  }
}
