package org.netloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.config.InputException;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.ranking.ReferenceBox;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Generation;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Outcome;
import org.netloom.report.ReportData.Pair;
import org.netloom.report.ReportData.Ranked;
import org.netloom.store.Attempts;
import org.netloom.store.CandidateRecord;
import org.netloom.store.Measured;
import org.netloom.store.Phase;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDirectory;
import org.netloom.store.RunFacts;
import org.netloom.store.Source;
import org.netloom.store.TrainingRecord;
import org.netloom.store.TrainingRecord.Epoch;
import org.netloom.store.TrainingRecord.Start;

class RunReportTest {
  private static final List<DeepNetsArchitecture> NETS = Attempts.architectures(6, 3);

  @TempDir private Path folder;

  /** Six attempts in two generations, two of which are ranked. */
  private RunDirectory small(ReferenceBox box) {
    RunDirectory run = RunDirectory.create(folder.resolve("run"), false, "a: 1\n", "a: 1\nb: 2\n");
    run.database()
        .describe(new RunFacts("small", "d", 4, "ghn", "evolution", "predicted", 500, 9, box));
    run.database()
        .record(
            Source.SEARCH,
            List.of(
                attempt(0, 0, 0, new Scored(0.5, 1, 400, 40, "predicted"), false),
                attempt(1, 0, 1, new Scored(0.4, 1, 500, 50, "predicted"), false),
                attempt(2, 0, 2, new Rejected("macs <= 1000", "2000", 1, 2000, 70), false)));
    run.database()
        .record(
            Source.SEARCH,
            List.of(
                attempt(3, 1, 0, new Scored(0.5, 1, 400, 40, "predicted"), true),
                attempt(4, 1, 3, new Failed("NaN"), false),
                attempt(5, 1, 4, new Scored(0.75, 1, 800, 80, "predicted"), false)));
    run.database()
        .record(
            Source.BASELINE,
            List.of(attempt(0, 0, 5, new Scored(0.25, 1, 100, 10, "predicted"), false)));
    return run;
  }

  private static CandidateRecord attempt(
      int index, int generation, int net, EvaluationResult result, boolean cached) {
    return new CandidateRecord(index, generation, NETS.get(net), result, cached, 0.5);
  }

  private static void train(
      RunDirectory run, int net, Start start, int epochs, double last, boolean test) {
    train(run, NETS.get(net), start, epochs, last, test);
  }

  private static void train(
      RunDirectory run,
      DeepNetsArchitecture net,
      Start start,
      int epochs,
      double last,
      boolean test) {
    run.database()
        .record(
            new TrainingRecord(
                net,
                start,
                epochs,
                List.of(new Epoch(0, 0.25, 1), new Epoch(epochs, last, 1)),
                new Measured(last, 1, 500),
                test ? new Measured(last - 0.125, 1, 400) : null,
                start + " " + epochs,
                1));
  }

  private static void rank(RunDirectory run) {
    run.database()
        .rank(
            List.of(
                new RankedRecord(NETS.get(4), 0.9, new LinkedHashMap<>(), 80, 800, "scored", ""),
                new RankedRecord(NETS.get(0), 0.8, new LinkedHashMap<>(), 40, 400, "scored", "")));
  }

  @Test
  void candidatesAreCountedAndKeptInTheOrderOfTheSearch() {
    try (RunDirectory run = small(null)) {
      run.database().finish(Phase.SEARCH, 2.25);
      run.database().finish(Phase.FINE_TUNING, 1.5);
      ReportData data = RunReport.data(run);
      assertThat(data.summary())
          .isEqualTo(
              new ReportData.Summary(
                  "d", 4, "ghn", "evolution", "predicted", 9, 4, 1, 1, 1, Duration.ofMillis(3750)));
      assertThat(data.candidates())
          .containsExactly(
              new Candidate(NETS.get(0).id(), Outcome.SCORED, 0.5, 400, 40, true, ""),
              new Candidate(NETS.get(1).id(), Outcome.SCORED, 0.4, 500, 50, false, ""),
              new Candidate(
                  NETS.get(2).id(),
                  Outcome.REJECTED,
                  Double.NaN,
                  2000,
                  70,
                  false,
                  "breaks macs <= 1000 (2000)"),
              new Candidate(NETS.get(3).id(), Outcome.FAILED, Double.NaN, 0, 0, false, "NaN"),
              new Candidate(NETS.get(4).id(), Outcome.SCORED, 0.75, 800, 80, true, ""));
      assertThat(data.configuration()).isEqualTo("a: 1\nb: 2\n");
    }
  }

  @Test
  void progressIsBestAndHypervolumeOfTheGivenBoxAfterEachGeneration() {
    try (RunDirectory run = small(new ReferenceBox(0, 1000))) {
      ReportData data = RunReport.data(run);
      assertThat(data.search()).hasSize(2);
      assertThat(data.search().get(0)).isEqualTo(new Generation(2, 0.5, 0.6 * 0.5));
      Generation last = data.search().get(1);
      assertThat(last.evaluations()).isEqualTo(4);
      assertThat(last.best()).isEqualTo(0.75);
      assertThat(last.hypervolume()).isCloseTo(0.6 * 0.5 + 0.2 * 0.25, within(1e-12));
      assertThat(data.baseline()).containsExactly(new Generation(1, 0.25, 0.9 * 0.25));
    }
  }

  @Test
  void withoutABoxSearchAndBaselineShareTheOneOfTheLargestCandidate() {
    try (RunDirectory run = small(null)) {
      ReportData data = RunReport.data(run);
      double chance = 0.25;
      assertThat(data.search().get(0).hypervolume())
          .isCloseTo(0.5 * (0.5 - chance) / 0.75, within(1e-12));
      assertThat(data.baseline().getFirst().hypervolume()).isZero();
    }
  }

  @Test
  void rankedArchitecturesShowTheLongestTuningAndItsCounterpartOfAsManyEpochs() throws Exception {
    try (RunDirectory run = small(null)) {
      train(run, 4, Start.PREDICTED, 2, 0.8125, false);
      train(run, 4, Start.PREDICTED, 5, 0.875, true);
      train(run, 4, Start.RANDOM, 5, 0.625, false);
      train(run, 4, Start.RANDOM, 20, 0.9375, false);
      train(run, 0, Start.PREDICTED, 2, 0.75, false);
      train(run, 0, Start.RANDOM, 5, 0.5, false);
      rank(run);
      Path top = run.topFolder(1, NETS.get(4));
      Files.createDirectories(top);
      Files.writeString(top.resolve("graph.svg"), "<svg><path d=\"M1 2\"/></svg>");
      ReportData data = RunReport.data(run);
      assertThat(data.ranking())
          .containsExactly(
              new Ranked(
                  1,
                  NETS.get(4).id(),
                  "top/01-" + NETS.get(4).id().substring(0, 8),
                  new Measurement(0.75, "predicted", 500),
                  new Measurement(0.875, "PREDICTED 5", 500),
                  new Measurement(0.625, "RANDOM 5", 500),
                  new Measurement(0.75, "PREDICTED 5", 400),
                  80,
                  800,
                  NetworkMemory.forward(GraphBuilder.build(NETS.get(4)), 1)),
              new Ranked(
                  2,
                  NETS.get(0).id(),
                  null,
                  new Measurement(0.5, "predicted", 500),
                  new Measurement(0.75, "PREDICTED 2", 500),
                  null,
                  null,
                  40,
                  400,
                  NetworkMemory.forward(GraphBuilder.build(NETS.get(0)), 1)));
      assertThat(data.curves().get(0).fromPrediction())
          .containsExactly(new ReportData.Epoch(0, 0.25), new ReportData.Epoch(5, 0.875));
      assertThat(data.curves().get(1).fromRandom()).isEmpty();
      assertThat(data.pictures()).hasSize(1);
      assertThat(HtmlReport.render(data))
          .contains("<path d=\"M1 2\"/>")
          .contains("reaches 75.0 % test accuracy (PREDICTED 5)")
          .contains("+25.0 points")
          .contains("Memory<small>one image</small>", " MB</td></tr>")
          .contains("87.5 %</span><small>± 2.9</small>");
    }
  }

  @Test
  void agreementIsJudgedByTheLargestGroupOfTrainingsThatWereAlike() {
    List<DeepNetsArchitecture> nets = Attempts.architectures(12, 8);
    try (RunDirectory run = RunDirectory.create(folder.resolve("run"), false, "", "")) {
      run.database().describe(new RunFacts("t", "d", 4, "g", "s", "predicted", 500, 9, null));
      List<CandidateRecord> attempts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Scored scored = new Scored(0.03125 * i, 1, 400, 40, "predicted");
        attempts.add(new CandidateRecord(i, 0, nets.get(i), scored, false, 1));
      }
      run.database().record(Source.SEARCH, attempts);
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        double trained = 0.5 + 0.03125 * (i == 3 ? 4 : i == 4 ? 3 : i);
        train(run, nets.get(i), Start.PREDICTED, 5, 0.5 + 0.03125 * i, false);
        train(run, nets.get(i), Start.RANDOM, 20, trained, false);
        pairs.add(new Pair(nets.get(i).id(), 0.03125 * i, trained));
      }
      train(run, nets.get(10), Start.RANDOM, 20, 0.25, false); // was never scored
      train(run, nets.get(0), Start.RANDOM, 40, 0.25, false);
      Correlation correlation = RunReport.data(run).correlation();
      assertThat(correlation).isNotNull();
      assertThat(correlation.value()).isCloseTo(43 / 45.0, within(1e-12));
      assertThat(correlation.low()).isLessThan(correlation.value());
      assertThat(correlation.pairs()).isEqualTo(pairs);
      assertThat(correlation.between()).contains("predicted", "RANDOM 20");
      assertThat(HtmlReport.render(RunReport.data(run)))
          .contains("Kendall τ-b = 0.96")
          .contains("rests on 10 architectures only");
    }
  }

  @Test
  void threeTrainingsThatAgreeByChanceAreNoAgreement() {
    try (RunDirectory run = small(null)) {
      train(run, 0, Start.RANDOM, 20, 0.625, false);
      train(run, 1, Start.RANDOM, 20, 0.5, false);
      train(run, 4, Start.RANDOM, 20, 0.75, false);
      assertThat(RunReport.data(run).correlation()).isNull();
      assertThat(HtmlReport.render(RunReport.data(run)))
          .contains("fewer than 10 architectures were trained alike");
    }
  }

  @Test
  void anUnfinishedRunSaysWhatIsMissing() {
    try (RunDirectory run = small(null)) {
      run.database().finish(Phase.SEARCH, 1);
      assertThat(HtmlReport.render(RunReport.data(run)))
          .contains("was not finished when this report was made. Missing: fine-tuning, export.")
          .contains("No architecture was ranked");
    }
  }

  @Test
  void aRunThatNeverBeganHasNothingToReport() {
    try (RunDirectory run = RunDirectory.create(folder.resolve("run"), false, "", "")) {
      assertThatThrownBy(() -> RunReport.data(run))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("nothing to report")
          .hasMessageContaining("resume");
    }
  }

  @Test
  void theReportOfARunRepeatsAfterReopeningAndNamesItsOrigin() {
    String first;
    try (RunDirectory run = RunFixture.create(folder.resolve("run"))) {
      first = HtmlReport.render(RunReport.data(run));
    }
    try (RunDirectory run = RunDirectory.open(folder.resolve("run"))) {
      assertThat(HtmlReport.render(RunReport.data(run))).isEqualTo(first);
    }
    assertThat(first)
        .contains("0.1.0, commit 0123abc")
        .contains("netloom search search-spaces/quickstart.yaml --out results/quickstart")
        .contains("shapes10, SHA-256 " + "5f3a".repeat(16))
        .contains("not used: no OpenCL device was found")
        .contains("2 min 33 s")
        .contains("budget: 288");
  }
}
