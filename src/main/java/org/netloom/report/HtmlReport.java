package org.netloom.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Generation;
import org.netloom.report.ReportData.LearningCurve;
import org.netloom.report.ReportData.Picture;
import org.netloom.report.ReportData.Summary;

/**
 * A run as one HTML page: no scripts, nothing loaded from elsewhere, readable offline, in light and
 * dark, and on paper. The page is also well-formed XML.
 */
public final class HtmlReport {
  private final ReportData data;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(ReportData data) {
    this.data = data;
  }

  /** The page; equal data give equal text. */
  public static String render(ReportData data) {
    HtmlReport report = new HtmlReport(data);
    report.page();
    return report.out.toString();
  }

  private void page() {
    String title = Text.escape(data.title());
    out.append(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n");
    out.append("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\"");
    out.append(" content=\"width=device-width, initial-scale=1\"/>\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    out.append("<title>").append(title).append(" · Netloom</title>\n");
    out.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    out.append("<header>\n<p class=\"brand\">Netloom · architecture search</p>\n");
    out.append("<h1>").append(title).append("</h1>\n");
    out.append("<p class=\"lead\">").append(Text.escape(Findings.headline(data))).append("</p>\n");
    tiles();
    out.append("</header>\n");
    ranking();
    front();
    progress();
    curves();
    correlation();
    pictures();
    caveats();
    provenance();
    out.append("</main>\n</body>\n</html>\n");
  }

  private void tiles() {
    Summary summary = data.summary();
    out.append("<div class=\"tiles\">\n");
    tile("Data set", summary.dataset(), summary.classes() + " classes");
    tile("Hypernetwork", summary.hypernetwork(), "predicts all weights");
    tile("Search", summary.strategy(), "seed " + summary.seed());
    tile(
        "Candidates",
        Text.whole(summary.evaluated()),
        "evaluated, %s of them failed · %s rejected · %s repeated"
            .formatted(
                Text.whole(summary.failed()),
                Text.whole(summary.rejected()),
                Text.whole(summary.cached())));
    tile("Time", Text.time(summary.time()), "search, fine-tuning and export");
    Findings.gain(data)
        .ifPresent(
            gain ->
                tile(
                    "Worth of the prediction",
                    Text.points(gain) + " points",
                    "fine-tuned, against random weights"));
    out.append("</div>\n");
  }

  private void tile(String name, String value, String note) {
    out.append("<div class=\"tile\"><span class=\"name\">").append(Text.escape(name));
    out.append("</span><span class=\"value\">").append(Text.escape(value));
    out.append("</span><span class=\"note\">").append(Text.escape(note)).append("</span></div>\n");
  }

  private void ranking() {
    open("ranking", "Ranking");
    if (data.ranking().isEmpty()) {
      paragraph("Nothing was ranked.");
    } else {
      out.append(Tables.ranking(data.ranking()));
      paragraph(
          "Each accuracy stands with its protocol; ± is the 95 % margin that follows from the"
              + " number of images.");
    }
    close();
  }

  private void front() {
    open("front", "Accuracy against cost");
    int scored = Charts.scored(data).size();
    if (scored == 0) {
      paragraph("No candidate was scored, so there is no front.");
    } else {
      out.append("<figure>").append(Charts.pareto(data));
      out.append("<figcaption>All ").append(Text.whole(scored));
      out.append(" scored candidates by accuracy, ");
      out.append(Text.escape(data.summary().protocol()));
      out.append(", and multiply-accumulates. No candidate is both more accurate and cheaper than");
      out.append(" one on the front. Rest the pointer on a dot to see its numbers.</figcaption>");
      out.append("</figure>\n");
    }
    String reasons = Tables.reasons(data.candidates());
    if (!reasons.isEmpty()) {
      out.append("<h3>Not scored</h3>\n").append(reasons);
    }
    close();
  }

  private void progress() {
    if (data.search().isEmpty()) {
      return;
    }
    open("progress", "Progress of the search");
    out.append("<div class=\"pair\">\n<figure>");
    out.append(Charts.progress(data, "best predicted accuracy", Generation::best));
    out.append("<figcaption>Best predicted accuracy so far.</figcaption></figure>\n<figure>");
    out.append(Charts.progress(data, "hypervolume of the front", Generation::hypervolume));
    out.append("<figcaption>Share of the accuracy–cost box that the front dominates.");
    out.append("</figcaption></figure>\n</div>\n");
    close();
  }

  private void curves() {
    if (data.curves().isEmpty()) {
      return;
    }
    open("curves", "Fine-tuning");
    paragraph(
        "The same network, the same number of epochs: once from the weights that the hypernetwork"
            + " predicted, once from random initialisation. Epoch 0 is before training.");
    out.append("<div class=\"grid\">\n");
    for (LearningCurve curve : data.curves()) {
      out.append("<figure><h3>#").append(curve.rank()).append(" <code>");
      out.append(Text.escape(Text.shortId(curve.id()))).append("</code></h3>");
      out.append(Charts.curve(curve, data.curves())).append("</figure>\n");
    }
    out.append("</div>\n");
    close();
  }

  private void correlation() {
    Correlation correlation = data.correlation();
    if (correlation == null) {
      return;
    }
    open("correlation", "Can the prediction be trusted?");
    out.append("<div class=\"pair\">\n<div>\n<p class=\"figure\">");
    out.append(Text.escape(correlation.statistic())).append(" = ");
    out.append(Text.fixed(correlation.value(), 2)).append("</p>\n<p>");
    out.append(
        String.format(
            Locale.ROOT,
            "%.0f %% interval %s to %s, over %d architectures.",
            100 * correlation.confidence(),
            Text.fixed(correlation.low(), 2),
            Text.fixed(correlation.high(), 2),
            correlation.pairs().size()));
    out.append("</p>\n");
    paragraph(correlation.between());
    paragraph("1 is the same order, 0 no relation, −1 the reverse order.");
    out.append("</div>\n<figure>");
    if (correlation.pairs().isEmpty()) {
      paragraph("No pairs were recorded.");
    } else {
      out.append(Charts.agreement(correlation));
    }
    out.append("</figure>\n</div>\n");
    close();
  }

  private void pictures() {
    if (data.pictures().isEmpty()) {
      return;
    }
    open("networks", "The top networks");
    out.append("<div class=\"grid pictures\">\n");
    for (Picture picture : data.pictures()) {
      out.append("<figure><h3>#").append(picture.rank()).append(" <code>");
      out.append(Text.escape(Text.shortId(picture.id()))).append("</code></h3>");
      out.append("<div class=\"picture\">").append(withoutProlog(picture.svg()));
      out.append("</div></figure>\n");
    }
    out.append("</div>\n");
    close();
  }

  private void caveats() {
    List<String> caveats = Findings.caveats(data);
    open("caveats", "What to keep in mind");
    out.append("<ul>\n");
    caveats.forEach(caveat -> out.append("<li>").append(Text.escape(caveat)).append("</li>\n"));
    out.append("</ul>\n");
    close();
  }

  private void provenance() {
    open("provenance", "Configuration and provenance");
    if (!data.provenance().isEmpty()) {
      out.append(Tables.facts(data.provenance()));
    }
    if (!data.configuration().isBlank()) {
      out.append("<details><summary>Effective configuration</summary><pre>");
      out.append(Text.escape(data.configuration())).append("</pre></details>\n");
    }
    close();
  }

  private void open(String id, String title) {
    out.append("<section id=\"").append(id).append("\">\n<h2>").append(title).append("</h2>\n");
  }

  private void close() {
    out.append("</section>\n");
  }

  private void paragraph(String text) {
    out.append("<p>").append(Text.escape(text)).append("</p>\n");
  }

  private static String withoutProlog(String svg) {
    int start = svg.indexOf("<svg");
    return start < 0 ? "" : svg.substring(start);
  }

  private static String style() {
    try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
      if (stream == null) {
        throw new IllegalStateException("The style sheet report.css is not on the class path.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
