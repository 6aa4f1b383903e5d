package org.netloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Ranked;

/** Sentences that follow from the numbers: the result in short, and what limits it. */
public final class Findings {
  private static final int FEW_PAIRS = 20;

  private Findings() {}

  /** The result in one or two sentences. */
  public static String headline(ReportData data) {
    if (data.ranking().isEmpty()) {
      return "No architecture was ranked: "
          + (Charts.scored(data).isEmpty()
              ? "no candidate could be scored."
              : "the run ended before its best candidates were fine-tuned.");
    }
    Ranked best = data.ranking().getFirst();
    Measurement shown = shown(best);
    String network =
        "The best network (%s, %s parameters, %s MACs)"
            .formatted(
                Text.shortId(best.id()), Text.count(best.parameters()), Text.count(best.macs()));
    if (shown == null) {
      return network + " was not measured.";
    }
    return "%s reaches %s %s (%s)."
        .formatted(
            network,
            Text.percent(shown.accuracy()),
            shown.equals(best.test()) ? "test accuracy" : "validation accuracy",
            shown.protocol());
  }

  /** Mean gain of starting from predicted instead of random weights, over those with both. */
  public static OptionalDouble gain(ReportData data) {
    return data.ranking().stream()
        .filter(ranked -> measured(ranked.tunedFromPrediction()))
        .filter(ranked -> measured(ranked.tunedFromRandom()))
        .mapToDouble(
            ranked -> accuracy(ranked.tunedFromPrediction()) - accuracy(ranked.tunedFromRandom()))
        .average();
  }

  /** The most final measurement of an architecture. */
  static @Nullable Measurement shown(Ranked ranked) {
    for (Measurement measurement :
        new @Nullable Measurement[] {
          ranked.test(), ranked.tunedFromPrediction(), ranked.predicted()
        }) {
      if (measured(measurement)) {
        return measurement;
      }
    }
    return null;
  }

  /** What a reader must know: found in the numbers, then given. */
  static List<String> caveats(ReportData data) {
    List<String> all = new ArrayList<>();
    if (!Charts.scored(data).isEmpty()) {
      all.add(
          "Accuracies of candidates are %s: those of networks with predicted weights. They order"
                  .formatted(data.summary().protocol())
              + " candidates; they are not what the networks reach when they are trained.");
    }
    if (!data.ranking().isEmpty()) {
      all.add(
          "The top architectures were chosen by validation accuracy, so their validation accuracies"
              + " are optimistic; test accuracy was looked at only after the choice.");
      all.add(
          "Networks were fine-tuned for a few epochs with one seed. Differences smaller than the"
              + " stated margins (95 %, from the number of images alone) mean nothing.");
    }
    Correlation correlation = data.correlation();
    if (correlation == null) {
      all.add(
          "How well predicted accuracy orders architectures was not measured in this run: fewer"
              + " than"
              + " %d architectures were trained alike.".formatted(Agreement.FEWEST));
    } else {
      if (correlation.low() <= 0) {
        all.add(
            "The interval of %s includes 0: in this run the order by predicted accuracy cannot be"
                    .formatted(correlation.statistic())
                + " told from chance.");
      }
      if (correlation.pairs().size() < FEW_PAIRS) {
        all.add(
            String.format(
                Locale.ROOT,
                "The rank correlation rests on %d architectures only; its interval is wide.",
                correlation.pairs().size()));
      }
    }
    if (data.baseline().isEmpty() && !data.search().isEmpty()) {
      all.add("Random search was not run beside the search: the gain over it is unknown.");
    }
    gain(data)
        .ifPresent(
            gain -> {
              if (gain < 0) {
                all.add(
                    "Starting from predicted weights was worse than from random ones (%s points)."
                        .formatted(Text.points(gain)));
              }
            });
    all.addAll(data.caveats());
    return all;
  }

  static boolean measured(@Nullable Measurement measurement) {
    return measurement != null && Double.isFinite(measurement.accuracy());
  }

  private static double accuracy(@Nullable Measurement measurement) {
    return measurement == null ? Double.NaN : measurement.accuracy();
  }
}
