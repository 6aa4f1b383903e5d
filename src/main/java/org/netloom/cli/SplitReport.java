package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netloom.run.SplitEvaluation;
import org.netloom.run.SplitEvaluation.Failed;
import org.netloom.run.SplitEvaluation.Measured;
import org.netloom.run.SplitEvaluation.Outcome;
import org.netloom.store.Csv;
import org.netloom.training.Measurement;

/** What {@code evaluate-ghn --split} says about a split and about each of its networks. */
record SplitReport(String ghn, String dataset, String split, List<Outcome> outcomes) {

  /** A line for each network, failed ones with their reason. */
  String csv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "network",
            "architecture",
            "id",
            "accuracy",
            "loss",
            "parameters",
            "protocol",
            "status",
            "reason"));
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      List<String> line = new ArrayList<>();
      line.add("split:%s/%d".formatted(split, i));
      line.add(outcome.architecture().canonical());
      line.add(outcome.architecture().id());
      switch (outcome) {
        case Measured(_, long parameters, Measurement m) -> {
          line.add(Csv.number(m.accuracy()));
          line.add(Csv.number(m.loss()));
          line.add(String.valueOf(parameters));
          line.addAll(List.of("predicted, " + m.protocol(), "scored", ""));
        }
        case Failed(_, String reason) -> line.addAll(List.of("", "", "", "", "failed", reason));
      }
      lines.add(line);
    }
    return Csv.write(lines);
  }

  /** The figures as JSON. */
  String json() throws Exception {
    SplitEvaluation.Summary figures = SplitEvaluation.summary(outcomes);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ghn", ghn);
    facts.put("dataset", dataset);
    facts.put("split", split);
    facts.put("networks", figures.networks());
    facts.put("failed", outcomes.size() - figures.networks());
    facts.put("images", first().images());
    facts.put("protocol", "predicted, " + first().protocol());
    facts.put("mean", figures.mean());
    facts.put(
        "standard_error", Double.isNaN(figures.standardError()) ? null : figures.standardError());
    facts.put("median", figures.median());
    facts.put("min", figures.min());
    facts.put("max", figures.max());
    return JsonMapper.builder().build().writeValueAsString(facts);
  }

  /** The figures in a line or two. */
  String prose() {
    SplitEvaluation.Summary figures = SplitEvaluation.summary(outcomes);
    int failed = outcomes.size() - figures.networks();
    String line =
        String.format(
            Locale.ROOT,
            "%d networks of split %s on %d images (predicted, %s): mean %.2f %%%s, median %.2f,"
                + " min %.2f, max %.2f",
            figures.networks(),
            split,
            first().images(),
            first().protocol(),
            100 * figures.mean(),
            Double.isNaN(figures.standardError())
                ? ""
                : String.format(
                    Locale.ROOT, " ± %.2f (standard error)", 100 * figures.standardError()),
            100 * figures.median(),
            100 * figures.min(),
            100 * figures.max());
    return failed == 0 ? line : line + "%n%d could not be measured".formatted(failed);
  }

  /** The first measurement under batch statistics; all of them have one protocol. */
  private Measurement first() {
    List<Measurement> all =
        outcomes.stream()
            .filter(Measured.class::isInstance)
            .map(outcome -> ((Measured) outcome).measurement())
            .toList();
    return all.stream()
        .filter(measurement -> !measurement.protocol().startsWith("no BN"))
        .findFirst()
        .orElseGet(all::getFirst);
  }
}
