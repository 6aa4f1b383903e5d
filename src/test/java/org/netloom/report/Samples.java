package org.netloom.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Epoch;
import org.netloom.report.ReportData.Generation;
import org.netloom.report.ReportData.LearningCurve;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Outcome;
import org.netloom.report.ReportData.Pair;
import org.netloom.report.ReportData.Picture;
import org.netloom.report.ReportData.Ranked;
import org.netloom.report.ReportData.Summary;

/** Made-up runs for tests of the report. */
final class Samples {
  private static final String PROTOCOL = "predicted (BN batch statistics, batch 64)";

  private Samples() {}

  /** A run of the usual size. */
  static ReportData run(List<Picture> pictures) {
    SplittableRandom random = new SplittableRandom(3);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double cost = random.nextDouble();
      double accuracy = 0.2 + 0.35 * Math.sqrt(cost) * random.nextDouble(0.5, 1);
      long macs = (long) (2e6 * Math.pow(60, cost));
      String id = "%016x".formatted(random.nextLong());
      boolean failed = i % 50 == 7;
      boolean rejected = i % 30 == 11;
      candidates.add(
          new Candidate(
              id,
              failed ? Outcome.FAILED : rejected ? Outcome.REJECTED : Outcome.SCORED,
              failed || rejected ? Double.NaN : accuracy,
              macs,
              macs / 30,
              false,
              failed
                  ? "logits are NaN"
                  : rejected ? "MACs (%d) exceed 100 M".formatted(macs) : ""));
    }
    candidates.replaceAll(c -> withFront(c, candidates));
    List<Candidate> best =
        candidates.stream()
            .filter(c -> c.outcome() == Outcome.SCORED)
            .sorted(Comparator.comparingDouble(Candidate::accuracy).reversed())
            .limit(5)
            .toList();
    List<Ranked> ranking = new ArrayList<>();
    List<LearningCurve> curves = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      Candidate c = best.get(i);
      ranking.add(
          new Ranked(
              i + 1,
              c.id(),
              "top/%02d-%s".formatted(i + 1, c.id().substring(0, 8)),
              new Measurement(c.accuracy(), PROTOCOL, 2000),
              new Measurement(0.86 - 0.01 * i, "fine-tuned 5 epochs, lr 0.01", 2000),
              new Measurement(0.74 - 0.02 * i, "5 epochs from random, lr 0.05", 2000),
              i < 3 ? new Measurement(0.85 - 0.012 * i, "fine-tuned 5 epochs", 2000) : null,
              c.parameters(),
              c.macs(),
              c.macs() / 20));
      curves.add(
          new LearningCurve(
              i + 1, c.id(), curve(c.accuracy(), 0.86 - 0.01 * i), curve(0.1, 0.74 - 0.02 * i)));
    }
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("Netloom", "0.1.0 (commit 0123abc)");
    provenance.put("JVM", "25.0.1, 2 cores, AVX2");
    provenance.put("Hypernetwork", "shapes10, SHA-256 5f3a…");
    return new ReportData(
        "quickstart on shapes10",
        new Summary(
            "shapes10",
            10,
            "GHN-2 shapes10",
            "evolution (NSGA-II)",
            PROTOCOL,
            42,
            284,
            10,
            6,
            37,
            Duration.ofSeconds(161)),
        candidates,
        generations(0.30, 0.055),
        generations(0.30, 0.035),
        ranking,
        curves,
        new Correlation(
            "Kendall τ",
            0.41,
            0.22,
            0.58,
            0.95,
            "Predicted accuracy (batch 64) against accuracy after 20 epochs of SGD.",
            pairs(random)),
        pictures,
        "space: quickstart\nsearch:\n  generations: 12\n  # <50 MACs & \"quotes\"\n",
        provenance,
        List.of("Measured on a shared machine."));
  }

  /** A run in which nothing came out. */
  static ReportData empty() {
    return new ReportData(
        "nothing",
        new Summary("shapes10", 10, "none", "random", PROTOCOL, 1, 0, 0, 0, 0, Duration.ZERO),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        "",
        new LinkedHashMap<>(),
        List.of());
  }

  private static Candidate withFront(Candidate c, List<Candidate> all) {
    boolean front =
        c.outcome() == Outcome.SCORED
            && all.stream().noneMatch(o -> o.accuracy() > c.accuracy() && o.macs() <= c.macs());
    return new Candidate(
        c.id(), c.outcome(), c.accuracy(), c.macs(), c.parameters(), front, c.reason());
  }

  private static List<Generation> generations(double first, double gain) {
    List<Generation> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double progress = Math.sqrt(i) * gain;
      all.add(new Generation(24 * (i + 1), first + progress, 0.35 + progress));
    }
    return all;
  }

  private static List<Epoch> curve(double first, double last) {
    List<Epoch> all = new ArrayList<>();
    for (int i = 0; i <= 5; i++) {
      all.add(new Epoch(i, last - (last - first) * Math.exp(-0.8 * i)));
    }
    return all;
  }

  private static List<Pair> pairs(SplittableRandom random) {
    List<Pair> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double predicted = random.nextDouble(0.3, 0.6);
      all.add(
          new Pair("arch" + i, predicted, 0.6 + 0.5 * predicted + random.nextDouble(-0.08, 0.08)));
    }
    return all;
  }
}
