package org.netloom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.store.CandidateRecord;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDirectory;
import org.netloom.store.Source;

/** A run's ranking on standard output. */
final class RankingPrinter {
  private static final int NOTHING_VALID = 3;

  private final boolean json;

  RankingPrinter(boolean json) {
    this.json = json;
  }

  /** Prints the ranking; gives the exit code: 0, or 3 if it is empty. */
  int print(RunDirectory run, List<RankedRecord> ranking) throws JsonProcessingException {
    if (json) {
      System.out.println(JsonMapper.builder().build().writeValueAsString(facts(run, ranking)));
    } else if (!ranking.isEmpty()) {
      table(run, ranking);
    }
    if (ranking.isEmpty()) {
      nothing(run).forEach(System.err::println);
      return NOTHING_VALID;
    }
    return 0;
  }

  /** Why there is no ranking: how many attempts failed and were rejected, with a reason of each. */
  private static List<String> nothing(RunDirectory run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Nothing valid was found within the budget; every attempt and its reason stands in %s."
            .formatted(run.path().resolve("candidates.csv")));
    Map<String, List<String>> reasons = new TreeMap<>();
    for (CandidateRecord attempt : run.database().candidates(Source.SEARCH)) {
      EvaluationResult result = attempt.result();
      reasons.computeIfAbsent(result.status(), status -> new ArrayList<>()).add(result.reason());
    }
    reasons.forEach(
        (status, all) ->
            lines.add("  %d %s, the last: %s".formatted(all.size(), status, all.getLast())));
    if (reasons.containsKey("rejected")) {
      lines.add("  Maybe wider constraints, or more evaluations?");
    }
    return lines;
  }

  private static void table(RunDirectory run, List<RankedRecord> ranking) {
    System.out.printf(
        "%4s  %-8s  %11s  %9s  %11s  %9s  %10s  %8s  %9s%n",
        "rank",
        "id",
        "fine-tuned",
        "test",
        "from random",
        "predicted",
        "parameters",
        "MACs",
        "memory");
    int rank = 1;
    for (RankedRecord r : ranking) {
      System.out.printf(
          Locale.ROOT,
          "%4d  %-8s  %11s  %9s  %11s  %9s  %10d  %7.2fM  %9s%n",
          rank++,
          r.architecture().id().substring(0, 8),
          percent(r, "fine_tuned_accuracy"),
          percent(r, "fine_tuned_test_accuracy"),
          percent(r, "random_init_accuracy"),
          percent(r, "predicted_accuracy"),
          r.parameters(),
          r.macs() * 1e-6,
          NetworkMemory.ofOneImage(graph(r)));
    }
    System.out.printf("Report: %s%nRun directory: %s%n", run.report(), run.path());
  }

  private static ComputationalGraph graph(RankedRecord record) {
    return GraphBuilder.build(record.architecture());
  }

  private static String percent(RankedRecord record, String part) {
    double value = record.parts().getOrDefault(part, Double.NaN);
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  private static Map<String, Object> facts(RunDirectory run, List<RankedRecord> ranking) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (RankedRecord r : ranking) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("rank", lines.size() + 1);
      line.put("id", r.architecture().id());
      line.put("architecture", r.architecture().canonical());
      r.parts().forEach((name, value) -> line.put(name, Double.isNaN(value) ? null : value));
      line.put("parameters", r.parameters());
      line.put("macs", r.macs());
      line.put("memory", NetworkMemory.forward(graph(r), 1));
      line.put("status", r.status());
      lines.add(line);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run.path().toString());
    all.put("report", run.report().toString());
    all.put("ranking", lines);
    return all;
  }
}
