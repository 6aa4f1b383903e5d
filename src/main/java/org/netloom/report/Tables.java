package org.netloom.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Outcome;
import org.netloom.report.ReportData.Ranked;

/** The tables of a report. */
final class Tables {
  private record Column(String title, Function<Ranked, @Nullable Measurement> measurement) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Predicted", Ranked::predicted),
          new Column("Tuned from prediction", Ranked::tunedFromPrediction),
          new Column("Tuned from random", Ranked::tunedFromRandom),
          new Column("Test", Ranked::test));

  private Tables() {}

  /** The top architectures; a protocol stands in the head when a whole column shares it. */
  static String ranking(List<Ranked> ranking) {
    StringBuilder out =
        new StringBuilder("<div class=\"scroll\"><table class=\"ranking\">\n<thead>");
    out.append("<tr><th>#</th><th>Architecture</th>");
    for (Column column : COLUMNS) {
      String shared = sharedProtocol(column, ranking);
      out.append("<th class=\"number\">").append(column.title());
      if (!shared.isEmpty()) {
        out.append("<small>").append(Text.escape(shared)).append("</small>");
      }
      out.append("</th>");
    }
    out.append("<th class=\"number\">Parameters</th><th class=\"number\">MACs</th>");
    out.append("<th class=\"number\">Memory<small>one image</small></th></tr></thead>\n");
    out.append("<tbody>\n");
    ranking.forEach(ranked -> row(out, ranked, ranking));
    return out.append("</tbody></table></div>\n").toString();
  }

  private static void row(StringBuilder out, Ranked ranked, List<Ranked> ranking) {
    out.append("<tr><td class=\"rank\">").append(ranked.rank()).append("</td><td><code title=\"");
    out.append(Text.escape(ranked.id()))
        .append("\">")
        .append(Text.escape(Text.shortId(ranked.id())));
    out.append("</code>");
    if (ranked.folder() != null) {
      out.append("<small>").append(Text.escape(ranked.folder())).append("</small>");
    }
    out.append("</td>");
    for (Column column : COLUMNS) {
      boolean shared = !sharedProtocol(column, ranking).isEmpty();
      cell(out, column.measurement().apply(ranked), shared);
    }
    out.append("<td class=\"number\">").append(Text.count(ranked.parameters()));
    out.append("</td><td class=\"number\">")
        .append(Text.count(ranked.macs()))
        .append("</td><td class=\"number\">")
        .append(Text.megabytes(ranked.memory()))
        .append("</td></tr>\n");
  }

  private static void cell(StringBuilder out, @Nullable Measurement measurement, boolean shared) {
    out.append("<td class=\"number\">");
    if (measurement == null || !Findings.measured(measurement)) {
      out.append("<span class=\"none\">–</span></td>");
      return;
    }
    double accuracy = measurement.accuracy();
    out.append("<span class=\"bar\" style=\"--share:");
    out.append(Text.fixed(Math.clamp(100 * accuracy, 0, 100), 1)).append("%\">");
    out.append(Text.percent(accuracy)).append("</span>");
    if (measurement.images() > 0) {
      double margin = 1.96 * Math.sqrt(accuracy * (1 - accuracy) / measurement.images());
      out.append("<small>± ").append(Text.fixed(100 * margin, 1)).append("</small>");
    }
    if (!shared) {
      out.append("<small>").append(Text.escape(measurement.protocol())).append("</small>");
    }
    out.append("</td>");
  }

  private static String sharedProtocol(Column column, List<Ranked> ranking) {
    Set<String> protocols = new LinkedHashSet<>();
    for (Ranked ranked : ranking) {
      Measurement measurement = column.measurement().apply(ranked);
      if (measurement != null) {
        protocols.add(measurement.protocol());
      }
    }
    return protocols.size() == 1 ? protocols.iterator().next() : "";
  }

  /** How often candidates were rejected or failed, by reason; empty if none was. */
  static String reasons(List<Candidate> candidates) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Outcome outcome : List.of(Outcome.REJECTED, Outcome.FAILED)) {
      for (Candidate candidate : candidates) {
        if (candidate.outcome() == outcome) {
          String kind = outcome == Outcome.REJECTED ? "rejected" : "failed";
          String reason = candidate.reason().replaceAll("\\([^()]*\\d[^()]*\\)", "(…)");
          counts.merge(kind + "\n" + reason, 1, Integer::sum);
        }
      }
    }
    if (counts.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<table class=\"facts\">\n");
    counts.forEach(
        (key, count) -> {
          String[] parts = key.split("\n", 2);
          out.append("<tr><th>").append(count).append(' ').append(parts[0]).append("</th><td>");
          out.append(Text.escape(parts[1].isBlank() ? "no reason given" : parts[1]));
          out.append("</td></tr>\n");
        });
    return out.append("</table>\n").toString();
  }

  /** Names and values. */
  static String facts(Map<String, String> facts) {
    StringBuilder out = new StringBuilder("<table class=\"facts\">\n");
    facts.forEach(
        (name, value) ->
            out.append("<tr><th>")
                .append(Text.escape(name))
                .append("</th><td>")
                .append(Text.escape(value))
                .append("</td></tr>\n"));
    return out.append("</table>\n").toString();
  }
}
