package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netloom.run.GhnEvaluation;
import org.netloom.run.GhnEvaluation.Outcome;
import org.netloom.run.Spread;
import org.netloom.training.Measurement;

/** What {@code evaluate-ghn} says about all of its networks. */
final class EvaluationReport {
  private final Map<String, Object> subject;
  private final String networks;
  private final String images;
  private final Measurement shown;
  private final int failed;
  private final Spread top1;
  private final Spread top5;

  /**
   * A report.
   *
   * @param subject what was evaluated, for JSON
   * @param networks what the networks are, for a line that starts with their number
   * @param images which images they saw
   * @throws org.netloom.config.InputException if no network could be measured
   */
  EvaluationReport(
      Map<String, Object> subject, String networks, String images, List<Outcome> outcomes) {
    List<Measurement> measured = GhnEvaluation.measurements(outcomes);
    this.subject = subject;
    this.networks = networks;
    this.images = images;
    this.shown =
        measured.stream()
            .filter(measurement -> !measurement.protocol().startsWith("no BN"))
            .findFirst()
            .orElseGet(measured::getFirst);
    this.failed = outcomes.size() - measured.size();
    this.top1 = Spread.of(measured, Measurement::accuracy);
    this.top5 = Spread.of(measured, Measurement::top5);
  }

  private boolean hasTop5() {
    return !Double.isNaN(shown.top5());
  }

  /** The figures as JSON. */
  String json() throws Exception {
    Map<String, Object> facts = new LinkedHashMap<>(subject);
    facts.put("networks", top1.networks());
    facts.put("failed", failed);
    facts.put("images", shown.images());
    facts.put("protocol", "predicted, " + shown.protocol());
    facts.putAll(figures(top1));
    if (hasTop5()) {
      facts.put("top5", figures(top5));
    }
    return JsonMapper.builder().build().writeValueAsString(facts);
  }

  private static Map<String, Object> figures(Spread spread) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("mean", spread.mean());
    boolean single = Double.isNaN(spread.standardError());
    figures.put("standard_error", single ? null : spread.standardError());
    figures.put("median", spread.median());
    figures.put("min", spread.min());
    figures.put("max", spread.max());
    return figures;
  }

  /** The figures as a small table. */
  String prose() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d %s on %d %s images (predicted, %s)%n",
            top1.networks(),
            networks,
            shown.images(),
            images,
            shown.protocol()));
    text.append("  %      mean  std. error  median     min     max");
    line(text, "top-1", top1);
    if (hasTop5()) {
      line(text, "top-5", top5);
    }
    if (failed > 0) {
      text.append(String.format(Locale.ROOT, "%n%d could not be measured", failed));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Spread spread) {
    boolean single = Double.isNaN(spread.standardError());
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s%7.2f%12s%8.2f%8.2f%8.2f",
            name,
            100 * spread.mean(),
            single ? "-" : String.format(Locale.ROOT, "%.2f", 100 * spread.standardError()),
            100 * spread.median(),
            100 * spread.min(),
            100 * spread.max()));
  }
}
