package org.netloom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.ranking.RankCorrelation;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Pair;
import org.netloom.store.TrainingRecord;
import org.netloom.store.TrainingRecord.Start;

/**
 * How well predicted accuracy orders architectures, judged by the trainings of a run. Trainings
 * compare only if they started alike and took as many epochs; of such groups the one with the most
 * architectures is taken, and of equals the one from random weights, which owe the prediction
 * nothing.
 */
final class Agreement {
  static final int FEWEST = 10;

  private record Group(Start start, int epochs) {}

  private record Study(Group group, String trained, String predicted, List<Pair> pairs) {}

  private Agreement() {}

  /**
   * The rank correlation; null if fewer than {@value FEWEST} architectures were predicted and
   * trained alike, of which an interval would claim more than they can tell, or if it has no value.
   *
   * @param predicted the measurement with predicted weights by id; null if there is none
   * @param seed of the resampling that gives the interval
   */
  static @Nullable Correlation of(
      List<TrainingRecord> trainings,
      Function<String, @Nullable Measurement> predicted,
      long seed) {
    Study study =
        studies(trainings, predicted).stream()
            .filter(s -> s.pairs().size() >= FEWEST)
            .max(
                Comparator.<Study>comparingInt(s -> s.pairs().size())
                    .thenComparing(s -> s.group().start())
                    .thenComparing(s -> s.group().epochs()))
            .orElse(null);
    return study == null ? null : correlation(study, seed);
  }

  private static List<Study> studies(
      List<TrainingRecord> trainings, Function<String, @Nullable Measurement> predicted) {
    Map<Group, Study> studies = new LinkedHashMap<>();
    for (TrainingRecord training : trainings) {
      String id = training.architecture().id();
      Measurement before = predicted.apply(id);
      double after = training.validation().accuracy();
      if (before != null && Findings.measured(before) && Double.isFinite(after)) {
        studies
            .computeIfAbsent(
                new Group(training.start(), training.epochs()),
                group ->
                    new Study(group, training.protocol(), before.protocol(), new ArrayList<>()))
            .pairs()
            .add(new Pair(id, before.accuracy(), after));
      }
    }
    return List.copyOf(studies.values());
  }

  private static @Nullable Correlation correlation(Study study, long seed) {
    RankCorrelation kendall =
        RankCorrelation.kendall(
            study.pairs().stream().mapToDouble(Pair::predicted).toArray(),
            study.pairs().stream().mapToDouble(Pair::trained).toArray(),
            seed);
    if (Double.isNaN(kendall.value()) || Double.isNaN(kendall.low())) {
      return null;
    }
    return new Correlation(
        kendall.statistic(),
        kendall.value(),
        kendall.low(),
        kendall.high(),
        kendall.confidence(),
        "Accuracy with predicted weights (%s) against validation accuracy after training (%s)."
            .formatted(study.predicted(), study.trained()),
        study.pairs());
  }
}
