package org.netloom.report;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a report shows. Accuracies are fractions from 0 to 1; NaN where there is none. Missing
 * parts are empty lists or null: the report then says so or leaves the section out.
 *
 * @param candidates every architecture that was attempted, in the order of the search
 * @param search progress of the strategy that was run, one entry per generation
 * @param baseline progress of random search with the same budget; may be empty
 * @param ranking the top architectures, best first
 * @param curves fine-tuning of the top architectures
 * @param correlation how well predicted accuracy orders architectures; null if not measured
 * @param pictures one SVG document per top architecture
 * @param configuration the effective configuration as text (YAML)
 * @param provenance name and value of version, commit, JVM, devices, hashes and seeds
 * @param caveats what a reader must know besides the ones the report finds itself
 */
public record ReportData(
    String title,
    Summary summary,
    List<Candidate> candidates,
    List<Generation> search,
    List<Generation> baseline,
    List<Ranked> ranking,
    List<LearningCurve> curves,
    @Nullable Correlation correlation,
    List<Picture> pictures,
    String configuration,
    SequencedMap<String, String> provenance,
    List<String> caveats) {

  public ReportData {
    candidates = List.copyOf(candidates);
    search = List.copyOf(search);
    baseline = List.copyOf(baseline);
    ranking = List.copyOf(ranking);
    curves = List.copyOf(curves);
    pictures = List.copyOf(pictures);
    provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
    caveats = List.copyOf(caveats);
  }

  /**
   * What was run.
   *
   * @param strategy for example {@code evolution (NSGA-II)}
   * @param protocol how the accuracy of candidates was measured
   * @param evaluated distinct candidates that were measured, failed ones included
   * @param cached attempts of architectures that had been attempted before
   */
  public record Summary(
      String dataset,
      int classes,
      String hypernetwork,
      String strategy,
      String protocol,
      long seed,
      int evaluated,
      int rejected,
      int failed,
      int cached,
      Duration time) {}

  /** What became of an attempt. */
  public enum Outcome {
    SCORED,
    REJECTED,
    FAILED
  }

  /**
   * One attempt of the search.
   *
   * @param accuracy predicted accuracy; NaN unless scored
   * @param macs multiply-accumulate operations for one image; 0 if unknown
   * @param parameters trainable values; 0 if unknown
   * @param front whether no other candidate is both more accurate and cheaper
   * @param reason why it was rejected or failed; empty if scored
   */
  public record Candidate(
      String id,
      Outcome outcome,
      double accuracy,
      long macs,
      long parameters,
      boolean front,
      String reason) {}

  /**
   * State of a search after one generation.
   *
   * @param evaluations candidates evaluated so far
   * @param best best accuracy so far
   * @param hypervolume hypervolume of the front so far, as a fraction of the reference box
   */
  public record Generation(int evaluations, double best, double hypervolume) {}

  /**
   * An accuracy with how it was measured.
   *
   * @param protocol for example {@code fine-tuned 5 epochs}
   * @param images number of images it was measured on; 0 if unknown
   */
  public record Measurement(double accuracy, String protocol, int images) {}

  /**
   * One of the top architectures; what was not measured is null.
   *
   * @param memory bytes of the plan of a forward pass of one image
   */
  public record Ranked(
      int rank,
      String id,
      @Nullable String folder,
      @Nullable Measurement predicted,
      @Nullable Measurement tunedFromPrediction,
      @Nullable Measurement tunedFromRandom,
      @Nullable Measurement test,
      long parameters,
      long macs,
      long memory) {}

  /** Validation accuracy after an epoch; epoch 0 is before training. */
  public record Epoch(int epoch, double accuracy) {}

  /** Fine-tuning of one architecture from predicted and from random weights. */
  public record LearningCurve(
      int rank, String id, List<Epoch> fromPrediction, List<Epoch> fromRandom) {
    public LearningCurve {
      fromPrediction = List.copyOf(fromPrediction);
      fromRandom = List.copyOf(fromRandom);
    }
  }

  /** Predicted accuracy of one architecture beside the accuracy that training gave it. */
  public record Pair(String id, double predicted, double trained) {}

  /**
   * A rank correlation with its interval.
   *
   * @param statistic for example {@code Kendall τ}
   * @param between what was compared, with both protocols
   * @param confidence of the interval, for example 0.95
   */
  public record Correlation(
      String statistic,
      double value,
      double low,
      double high,
      double confidence,
      String between,
      List<Pair> pairs) {
    public Correlation {
      pairs = List.copyOf(pairs);
    }
  }

  /** A picture of one architecture: a complete SVG document. */
  public record Picture(int rank, String id, String svg) {}
}
