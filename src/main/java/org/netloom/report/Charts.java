package org.netloom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.netloom.report.Plot.Point;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Epoch;
import org.netloom.report.ReportData.Generation;
import org.netloom.report.ReportData.LearningCurve;
import org.netloom.report.ReportData.Pair;
import org.netloom.report.ReportData.Ranked;

/** The plots of a report. */
final class Charts {
  private Charts() {}

  /** All scored candidates by cost and accuracy, the front and the top architectures. */
  static String pareto(ReportData data) {
    List<Candidate> scored = scored(data);
    List<Candidate> front =
        scored.stream()
            .filter(Candidate::front)
            .sorted(Comparator.comparingLong(Candidate::macs))
            .toList();
    List<Double> accuracies = new ArrayList<>(scored.stream().map(Candidate::accuracy).toList());
    accuracies.add(chance(data));
    Axis x =
        Axis.logarithmic(
            "multiply-accumulates per image (MACs, log scale)",
            scored.stream().map(candidate -> (double) candidate.macs()).toList(),
            Charts::countTick);
    Axis y = Axis.linear("predicted accuracy", accuracies, 6, Charts::percentTick);
    return new Plot("Predicted accuracy against cost of all candidates", 760, 430, x, y)
        .level(chance(data), "chance")
        .points("dot all", 3, "candidates", points(scored))
        .steps("line front", "Pareto front", points(front))
        .points("dot front", 4, "", points(front))
        .points("dot top", 6, "top architectures", top(data, scored, false))
        .labels("rank", top(data, scored, true))
        .svg();
  }

  /** A quantity per evaluations, the search beside random search. */
  static String progress(ReportData data, String name, ToDoubleFunction<Generation> quantity) {
    List<Double> values = new ArrayList<>();
    data.search().forEach(generation -> values.add(quantity.applyAsDouble(generation)));
    data.baseline().forEach(generation -> values.add(quantity.applyAsDouble(generation)));
    int last =
        Math.max(
            data.search().stream().mapToInt(Generation::evaluations).max().orElse(1),
            data.baseline().stream().mapToInt(Generation::evaluations).max().orElse(1));
    boolean percent = name.contains("accuracy");
    Axis x = Axis.whole("candidates evaluated", last);
    Axis y = Axis.linear(name, values, 5, percent ? Charts::percentTick : Text::plain);
    return new Plot(name + " during the search", 520, 320, x, y)
        .steps("line random", "random search", progress(data.baseline(), quantity))
        .steps("line search", data.summary().strategy(), progress(data.search(), quantity))
        .points("dot search", 3, "", progress(data.search(), quantity))
        .svg();
  }

  /** Fine-tuning of one architecture; all plots share the accuracy axis of all curves. */
  static String curve(LearningCurve curve, List<LearningCurve> all) {
    List<Double> values = new ArrayList<>();
    int last = 1;
    for (LearningCurve each : all) {
      for (List<Epoch> epochs : List.of(each.fromPrediction(), each.fromRandom())) {
        for (Epoch epoch : epochs) {
          values.add(epoch.accuracy());
          last = Math.max(last, epoch.epoch());
        }
      }
    }
    Axis x = Axis.whole("epochs of fine-tuning", last);
    Axis y = Axis.linear("validation accuracy", values, 5, Charts::percentTick);
    String title = "#%d %s".formatted(curve.rank(), Text.shortId(curve.id()));
    return new Plot("Fine-tuning of " + title, 400, 280, x, y)
        .line("line random", "random weights", epochs(curve.fromRandom()))
        .points("dot random", 3, "", epochs(curve.fromRandom()))
        .line("line search", "predicted weights", epochs(curve.fromPrediction()))
        .points("dot search", 3, "", epochs(curve.fromPrediction()))
        .svg();
  }

  /** Predicted accuracy against what training gave. */
  static String agreement(Correlation correlation) {
    List<Pair> pairs = correlation.pairs();
    Axis x =
        Axis.linear(
            "predicted accuracy",
            pairs.stream().map(Pair::predicted).toList(),
            5,
            Charts::percentTick);
    Axis y =
        Axis.linear(
            "accuracy after training",
            pairs.stream().map(Pair::trained).toList(),
            5,
            Charts::percentTick);
    List<Point> points =
        pairs.stream()
            .map(
                pair ->
                    new Point(
                        pair.predicted(),
                        pair.trained(),
                        "%s: predicted %s, trained %s"
                            .formatted(
                                Text.shortId(pair.id()),
                                Text.percent(pair.predicted()),
                                Text.percent(pair.trained()))))
            .toList();
    return new Plot("Predicted accuracy against accuracy after training", 460, 340, x, y)
        .points("dot search", 4, "one architecture each", points)
        .svg();
  }

  /** Accuracy of guessing. */
  static double chance(ReportData data) {
    return 1.0 / Math.max(1, data.summary().classes());
  }

  static List<Candidate> scored(ReportData data) {
    return data.candidates().stream()
        .filter(candidate -> candidate.outcome() == ReportData.Outcome.SCORED)
        .filter(candidate -> Double.isFinite(candidate.accuracy()) && candidate.macs() > 0)
        .toList();
  }

  private static List<Point> top(ReportData data, List<Candidate> scored, boolean rankOnly) {
    List<Point> points = new ArrayList<>();
    for (Ranked ranked : data.ranking()) {
      for (Candidate candidate : scored) {
        if (candidate.id().equals(ranked.id())) {
          String rank = "#" + ranked.rank();
          String title = rankOnly ? rank : rank + " " + title(candidate);
          points.add(new Point(candidate.macs(), candidate.accuracy(), title));
          break;
        }
      }
    }
    return points;
  }

  private static List<Point> points(List<Candidate> candidates) {
    return candidates.stream()
        .map(candidate -> new Point(candidate.macs(), candidate.accuracy(), title(candidate)))
        .toList();
  }

  private static String title(Candidate candidate) {
    return "%s: %s, %s MACs, %s parameters"
        .formatted(
            Text.shortId(candidate.id()),
            Text.percent(candidate.accuracy()),
            Text.count(candidate.macs()),
            Text.count(candidate.parameters()));
  }

  private static List<Point> progress(
      List<Generation> generations, ToDoubleFunction<Generation> quantity) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < generations.size(); i++) {
      Generation generation = generations.get(i);
      double value = quantity.applyAsDouble(generation);
      points.add(
          new Point(
              generation.evaluations(),
              value,
              "generation %d, %d evaluated: %s"
                  .formatted(i, generation.evaluations(), Text.fixed(value, 3))));
    }
    return points;
  }

  private static List<Point> epochs(List<Epoch> epochs) {
    return epochs.stream()
        .map(
            epoch ->
                new Point(
                    epoch.epoch(),
                    epoch.accuracy(),
                    "epoch %d: %s".formatted(epoch.epoch(), Text.percent(epoch.accuracy()))))
        .toList();
  }

  private static String countTick(double count) {
    return Text.count(count).replaceFirst("\\.0+(?= |$)", "");
  }

  private static String percentTick(double fraction) {
    return Text.plain(100 * fraction) + " %";
  }
}
