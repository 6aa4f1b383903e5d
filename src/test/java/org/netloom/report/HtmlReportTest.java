package org.netloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Generation;
import org.netloom.report.ReportData.Outcome;
import org.netloom.report.ReportData.Picture;
import org.netloom.report.ReportData.Summary;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest {
  private static final String SVG =
      """
      <?xml version="1.0"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>
      """;

  @Test
  void theWholeReportIsWellFormedAndRepeats() {
    ReportData data = Samples.run(List.of(new Picture(1, "abc", SVG)));
    String html = HtmlReport.render(data);
    parse(html);
    assertThat(HtmlReport.render(data)).isEqualTo(html);
    assertThat(html).contains("<path d=\"M0 0h9\"/>").doesNotContain("<?xml");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    String html = HtmlReport.render(Samples.run(List.of(new Picture(1, "abc", SVG))));
    assertThat(html)
        .doesNotContain(
            "<script", "<link", "<img", "<iframe", "@import", "url(", " src=", " href=");
    assertThat(html.replaceAll("xmlns=\"[^\"]*\"", "")).doesNotContain("http:", "https:", "//");
  }

  @Test
  void everyScoredCandidateIsPlottedAndEveryOtherOneCounted() {
    ReportData data = Samples.run(List.of());
    String html = HtmlReport.render(data);
    long scored = data.candidates().stream().filter(c -> c.outcome() == Outcome.SCORED).count();
    long legend = 1;
    assertThat(html.split("<circle class=\"dot all\"", -1)).hasSize((int) (scored + legend) + 1);
    assertThat(html).contains("6 failed</th><td>logits are NaN");
    assertThat(html).contains("10 rejected</th><td>MACs (…) exceed 100 M");
    for (int rank = 1; rank <= 5; rank++) {
      assertThat(html).contains(">#" + rank + "</text>");
    }
  }

  @Test
  void accuraciesStandWithTheirProtocolsMarginsAndUnits() {
    String html = HtmlReport.render(Samples.run(List.of()));
    assertThat(html)
        .contains("86.0 %</span><small>± 1.5</small>")
        .contains("<small>5 epochs from random, lr 0.05</small>")
        .contains("reaches 85.0 % test accuracy (fine-tuned 5 epochs)")
        .contains("Kendall τ = 0.41")
        .contains("95 % interval 0.22 to 0.58, over 40 architectures")
        .contains("2 min 41 s")
        .contains("+14.0 points")
        .contains("Measured on a shared machine.");
  }

  @Test
  void textsAreEscaped() {
    ReportData run = Samples.run(List.of());
    Summary s = run.summary();
    ReportData hostile =
        new ReportData(
            "<script>alert('1')</script> & \"x\" \u0000",
            new Summary("<b>", 2, "a&b", "<i>", "\"p\"", s.seed(), 1, 0, 1, 0, Duration.ofHours(3)),
            List.of(new Candidate("<id>", Outcome.FAILED, Double.NaN, 1, 1, false, "</td><x>")),
            run.search(),
            run.baseline(),
            run.ranking(),
            run.curves(),
            run.correlation(),
            List.of(),
            "</pre>",
            run.provenance(),
            List.of("<li>"));
    String html = HtmlReport.render(hostile);
    parse(html);
    assertThat(html).doesNotContain("<script", "<b>", "<i>", "</td><x>", "</pre></pre>");
  }

  @Test
  void aRunWithoutAnyResultSaysSo() {
    String html = HtmlReport.render(Samples.empty());
    parse(html);
    assertThat(html)
        .contains("no candidate could be scored")
        .contains("Nothing was ranked")
        .contains("there is no front")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void oneCandidateAndOneGenerationAreDrawn() {
    ReportData empty = Samples.empty();
    ReportData one =
        new ReportData(
            empty.title(),
            empty.summary(),
            List.of(new Candidate("only", Outcome.SCORED, 0.5, 1000, 10, true, "")),
            List.of(new Generation(1, 0.5, Double.NaN)),
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            "",
            empty.provenance(),
            List.of());
    String html = HtmlReport.render(one);
    parse(html);
    assertThat(html)
        .contains("only: 50.0 %, 1.00 k MACs, 10 parameters")
        .contains("Random search was not run beside")
        .doesNotContain("NaN", "Infinity");
  }

  private static Document parse(String html) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(html.substring("<!DOCTYPE html>".length()))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }
}
