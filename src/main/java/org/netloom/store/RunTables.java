package org.netloom.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;

/**
 * The tables of a run as text. Columns whose names start with {@code timing_} are the only ones
 * that may differ between two runs of one seed.
 */
final class RunTables {
  private static final List<String> CANDIDATES =
      List.of(
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

  private RunTables() {}

  /** {@code candidates.csv}: every attempt in order; the score is the accuracy. */
  static String candidates(List<CandidateRecord> candidates) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(CANDIDATES);
    for (CandidateRecord candidate : candidates) {
      List<String> line = new ArrayList<>();
      line.add(candidate.architecture().canonical());
      line.add(candidate.architecture().id());
      line.addAll(measurements(candidate.result()));
      line.add(candidate.result().status());
      line.add(candidate.result().reason());
      line.add(Integer.toString(candidate.generation()));
      line.add(String.format(Locale.ROOT, "%.3f", candidate.timingSeconds()));
      lines.add(line);
    }
    return Csv.write(lines);
  }

  /** Score, accuracy, loss, parameters, MACs; empty where there is none. */
  private static List<String> measurements(EvaluationResult result) {
    return switch (result) {
      case Scored scored ->
          List.of(
              Csv.number(scored.accuracy()),
              Csv.number(scored.accuracy()),
              Csv.number(scored.loss()),
              Long.toString(scored.parameters()),
              Long.toString(scored.macs()));
      case Rejected rejected ->
          List.of("", "", "", Long.toString(rejected.parameters()), Long.toString(rejected.macs()));
      case Failed failed -> List.of("", "", "", "", "");
    };
  }

  /** {@code ranking.csv}: the final order, with one column for each part of the score. */
  static String ranking(List<RankedRecord> ranking) {
    SequencedSet<String> parts = new LinkedHashSet<>();
    ranking.forEach(ranked -> parts.addAll(ranked.parts().keySet()));
    List<String> header = new ArrayList<>(List.of("rank", "architecture", "id", "score"));
    header.addAll(parts);
    header.addAll(List.of("parameters", "macs", "status", "reason"));
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    for (RankedRecord ranked : ranking) {
      List<String> line = new ArrayList<>();
      line.add(Integer.toString(lines.size()));
      line.add(ranked.architecture().canonical());
      line.add(ranked.architecture().id());
      line.add(Csv.number(ranked.score()));
      for (String part : parts) {
        line.add(Csv.number(ranked.parts().getOrDefault(part, Double.NaN)));
      }
      line.add(Long.toString(ranked.parameters()));
      line.add(Long.toString(ranked.macs()));
      line.add(ranked.status());
      line.add(ranked.reason());
      lines.add(line);
    }
    return Csv.write(lines);
  }
}
