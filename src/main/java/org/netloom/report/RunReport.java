package org.netloom.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.exchange.AtomicFile;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.ranking.ParetoFront;
import org.netloom.report.ReportData.Candidate;
import org.netloom.report.ReportData.Epoch;
import org.netloom.report.ReportData.LearningCurve;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Outcome;
import org.netloom.report.ReportData.Picture;
import org.netloom.report.ReportData.Ranked;
import org.netloom.report.ReportData.Summary;
import org.netloom.store.CandidateRecord;
import org.netloom.store.Measured;
import org.netloom.store.Phase;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDatabase;
import org.netloom.store.RunDirectory;
import org.netloom.store.RunFacts;
import org.netloom.store.Source;
import org.netloom.store.TrainingRecord;

/**
 * The report of a run directory. Everything follows from what is kept there, so that a report can
 * be made again at any time without computing anything anew.
 */
public final class RunReport {
  private static final String PICTURE = "graph.svg";
  private static final List<Phase> NEEDED = List.of(Phase.SEARCH, Phase.FINE_TUNING, Phase.EXPORT);

  private final RunDirectory run;
  private final RunDatabase database;
  private final RunFacts facts;
  private final List<CandidateRecord> attempts;
  private final List<CandidateRecord> baseline;
  private final List<TrainingRecord> trainings;
  private final Tunings tunings;
  private final List<RankedRecord> ranking;

  private RunReport(RunDirectory run, RunFacts facts) {
    this.run = run;
    this.database = run.database();
    this.facts = facts;
    this.attempts = database.candidates(Source.SEARCH);
    this.baseline = database.candidates(Source.BASELINE);
    this.trainings = database.trainings();
    this.tunings = new Tunings(trainings);
    this.ranking = database.ranking();
  }

  /**
   * What a run's report shows.
   *
   * @throws InputException if the run ended before it was known what is run
   */
  public static ReportData data(RunDirectory run) {
    RunFacts facts =
        run.database()
            .facts()
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: has nothing to report: the run ended before it began its search.%n"
                                .formatted(run.path())
                            + "  Maybe 'netloom resume'?"));
    return new RunReport(run, facts).data();
  }

  /** Writes the page; the run's own place is {@link RunDirectory#report()}. */
  public static void write(ReportData data, Path file) {
    AtomicFile.write(file, HtmlReport.render(data).getBytes(UTF_8));
  }

  private ReportData data() {
    Progressions progressions = new Progressions(facts, attempts, baseline);
    return new ReportData(
        facts.title(),
        summary(),
        candidates(),
        progressions.of(attempts),
        progressions.of(baseline),
        ranked(),
        curves(),
        Agreement.of(trainings, this::predicted, facts.seed()),
        pictures(),
        run.effective(),
        run.provenance().map(ProvenanceFacts::of).orElseGet(LinkedHashMap::new),
        caveats());
  }

  private Summary summary() {
    double seconds = database.finished().values().stream().mapToDouble(s -> s).sum();
    return new Summary(
        facts.dataset(),
        facts.classes(),
        facts.hypernetwork(),
        facts.strategy(),
        facts.protocol(),
        facts.seed(),
        count(Scored.class) + count(Failed.class),
        count(Rejected.class),
        count(Failed.class),
        (int) attempts.stream().filter(CandidateRecord::cached).count(),
        Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private int count(Class<? extends EvaluationResult> outcome) {
    return (int)
        attempts.stream().filter(a -> !a.cached() && outcome.isInstance(a.result())).count();
  }

  /** Every architecture once, where it was first attempted. */
  private List<Candidate> candidates() {
    List<CandidateRecord> first = attempts.stream().filter(a -> !a.cached()).toList();
    List<CandidateRecord> scored =
        first.stream().filter(a -> a.result() instanceof Scored).toList();
    Set<CandidateRecord> front =
        new HashSet<>(ParetoFront.of(scored, attempt -> (Scored) attempt.result()));
    return first.stream().map(attempt -> candidate(attempt, front.contains(attempt))).toList();
  }

  private static Candidate candidate(CandidateRecord attempt, boolean front) {
    String id = attempt.architecture().id();
    String reason = attempt.result().reason();
    return switch (attempt.result()) {
      case Scored s ->
          new Candidate(id, Outcome.SCORED, s.accuracy(), s.macs(), s.parameters(), front, reason);
      case Rejected r ->
          new Candidate(id, Outcome.REJECTED, Double.NaN, r.macs(), r.parameters(), false, reason);
      case Failed f -> new Candidate(id, Outcome.FAILED, Double.NaN, 0, 0, false, reason);
    };
  }

  private List<Ranked> ranked() {
    List<Ranked> all = new ArrayList<>();
    for (RankedRecord ranked : ranking) {
      int rank = all.size() + 1;
      String id = ranked.architecture().id();
      Path folder = run.topFolder(rank, ranked.architecture());
      TrainingRecord tuned = tunings.fromPrediction(id);
      TrainingRecord random = tunings.fromRandom(id);
      all.add(
          new Ranked(
              rank,
              id,
              Files.isDirectory(folder) ? "top/" + folder.getFileName() : null,
              predicted(id),
              tuned == null ? null : measurement(tuned, tuned.validation()),
              random == null ? null : measurement(random, random.validation()),
              tuned == null || tuned.test() == null ? null : measurement(tuned, tuned.test()),
              ranked.parameters(),
              ranked.macs(),
              NetworkMemory.forward(GraphBuilder.build(ranked.architecture()), 1)));
    }
    return all;
  }

  private @Nullable Measurement predicted(String id) {
    return database.known(id).orElse(null) instanceof Scored scored
        ? new Measurement(scored.accuracy(), scored.protocol(), facts.images())
        : null;
  }

  private static Measurement measurement(TrainingRecord training, Measured measured) {
    return new Measurement(measured.accuracy(), training.protocol(), measured.images());
  }

  private List<LearningCurve> curves() {
    List<LearningCurve> all = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      String id = ranking.get(i).architecture().id();
      LearningCurve curve =
          new LearningCurve(
              i + 1, id, epochs(tunings.fromPrediction(id)), epochs(tunings.fromRandom(id)));
      if (!curve.fromPrediction().isEmpty() || !curve.fromRandom().isEmpty()) {
        all.add(curve);
      }
    }
    return all;
  }

  private static List<Epoch> epochs(@Nullable TrainingRecord training) {
    return training == null
        ? List.of()
        : training.curve().stream().map(e -> new Epoch(e.epoch(), e.accuracy())).toList();
  }

  private List<Picture> pictures() {
    List<Picture> all = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      Architecture architecture = ranking.get(i).architecture();
      Path file = run.topFolder(i + 1, architecture).resolve(PICTURE);
      if (Files.isRegularFile(file)) {
        all.add(new Picture(i + 1, architecture.id(), read(file)));
      }
    }
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private List<String> caveats() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      String reason = ranking.get(i).reason();
      if (!reason.isEmpty()) {
        String id = Text.shortId(ranking.get(i).architecture().id());
        all.add("Fine-tuning of #%d %s gave nothing: %s".formatted(i + 1, id, reason));
      }
    }
    unfinished().ifPresent(all::add);
    return all;
  }

  private Optional<String> unfinished() {
    String missing =
        NEEDED.stream()
            .filter(phase -> !database.isFinished(phase))
            .map(phase -> phase.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The run was not finished when this report was made. Missing: " + missing + ".");
  }
}
