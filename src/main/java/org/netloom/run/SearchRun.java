package org.netloom.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.netloom.data.Dataset;
import org.netloom.data.Split;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.Protocol;
import org.netloom.exchange.Export;
import org.netloom.ghn.Ghn;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.ranking.ReferenceBox;
import org.netloom.report.RunReport;
import org.netloom.search.Attempt;
import org.netloom.search.RandomSearch;
import org.netloom.search.SearchResult;
import org.netloom.search.SearchSettings;
import org.netloom.search.SearchStrategy;
import org.netloom.search.TopK;
import org.netloom.store.Build;
import org.netloom.store.Phase;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDirectory;
import org.netloom.store.RunFacts;
import org.netloom.store.Source;
import org.netloom.store.TrainingRecord;

/**
 * The main job: search, baseline, training of the best, export, report, each kept in the run's
 * folder. A run that is started again goes on where it was and ends with the same bytes.
 */
public final class SearchRun {
  private static final Logger LOG = LogManager.getLogger(SearchRun.class);

  private final RunConfig config;
  private final Dataset data;
  private final Ghn ghn;
  private final String ghnName;
  private final RunDirectory run;
  private final Compute compute;
  private final RunListener listener;

  /**
   * A run.
   *
   * @param config for this data set ({@link RunConfig#forData})
   * @param ghnName the hypernetwork's name, for the report
   */
  public SearchRun(
      RunConfig config,
      Dataset data,
      Ghn ghn,
      String ghnName,
      RunDirectory run,
      Compute compute,
      RunListener listener) {
    this.config = config;
    this.data = data;
    this.ghn = ghn;
    this.ghnName = ghnName;
    this.run = run;
    this.compute = compute;
    this.listener = listener;
  }

  /** What is run, for the report. */
  private RunFacts facts(@Nullable ReferenceBox box) {
    SearchSettings settings = config.search();
    Protocol protocol = CandidatePhase.protocol(settings);
    return new RunFacts(
        "Search on " + config.data(),
        config.data(),
        data.classes(),
        ghnName,
        SearchStrategy.of(settings).describe(settings),
        protocol.describe(),
        Math.min(protocol.images(), data.split(Split.VALIDATION).size()),
        settings.seed(),
        box);
  }

  /**
   * Runs to the end.
   *
   * @return the ranking, best first; empty if nothing valid was found within the budget
   * @throws InterruptedException if the thread was interrupted; what was found is kept
   */
  public List<RankedRecord> run() throws InterruptedException {
    run.database().describe(facts(null));
    LOG.info("{} with hypernetwork {}, seed {}", config.data(), ghnName, config.search().seed());
    SearchResult found = search();
    run.database().describe(facts(found.box()));
    run.writeTables();
    if (!found.foundAny()) {
      return List.of();
    }
    List<Tuned> tuned = tune(found);
    List<RankedRecord> ranking = rank(tuned);
    report();
    return ranking;
  }

  private SearchResult search() throws InterruptedException {
    SearchSettings settings = config.search();
    CandidatePhase phase = new CandidatePhase(config, data, ghn, run.database(), compute, listener);
    int evaluations = settings.budget().evaluations();
    long start = System.nanoTime();
    listener.phase("search", evaluations);
    SearchResult found = phase.run(Source.SEARCH, SearchStrategy.of(settings), settings);
    finish(Phase.SEARCH, start);
    if (settings.baseline() && settings.strategy() != SearchSettings.Strategy.RANDOM) {
      long begin = System.nanoTime();
      listener.phase("random search", evaluations);
      phase.run(
          Source.BASELINE,
          new RandomSearch(),
          settings.withStrategy(SearchSettings.Strategy.RANDOM));
      finish(Phase.BASELINE, begin);
    }
    return found;
  }

  private List<Tuned> tune(SearchResult found) throws InterruptedException {
    HandOff handOff = config.handOff();
    List<Attempt> chosen =
        TopK.select(
            found.attempts(), handOff.top(), handOff.minDistance(), config.search().objectives());
    long start = System.nanoTime();
    listener.phase("fine-tuning", TuningPhase.epochs(config, chosen.size()));
    List<Tuned> tuned =
        new TuningPhase(config, data, ghn, run.work(), run.database(), compute, listener)
            .run(chosen);
    finish(Phase.FINE_TUNING, start);
    List<Tuned> ordered = new ArrayList<>(tuned);
    ordered.sort(
        Comparator.comparingDouble((Tuned t) -> Double.isNaN(t.score()) ? -1 : t.score())
            .reversed()
            .thenComparingLong(t -> scored(t).macs())
            .thenComparing(t -> t.attempt().architecture().id()));
    return ordered;
  }

  private List<RankedRecord> rank(List<Tuned> tuned) {
    List<RankedRecord> ranking = tuned.stream().map(SearchRun::ranked).toList();
    run.database().rank(ranking);
    for (RankedRecord ranked : ranking) {
      LOG.info(
          "{}: {} of memory for one image",
          ranked.architecture().id(),
          NetworkMemory.ofOneImage(GraphBuilder.build(ranked.architecture())));
    }
    long start = System.nanoTime();
    listener.phase("export", tuned.size());
    for (int i = 0; i < tuned.size(); i++) {
      export(i + 1, tuned.get(i));
      listener.step(1, "");
    }
    finish(Phase.EXPORT, start);
    return ranking;
  }

  private static RankedRecord ranked(Tuned tuned) {
    SequencedMap<String, Double> parts = new LinkedHashMap<>();
    parts.put("fine_tuned_accuracy", tuned.score());
    parts.put("predicted_accuracy", scored(tuned).accuracy());
    parts.put("predicted_loss", scored(tuned).loss());
    parts.put(
        "random_init_accuracy",
        Optional.ofNullable(tuned.random()).map(r -> r.validation().accuracy()).orElse(Double.NaN));
    parts.put("fine_tuned_test_accuracy", testAccuracy(tuned.predicted()));
    parts.put("random_init_test_accuracy", testAccuracy(tuned.random()));
    boolean failed = Double.isNaN(tuned.score());
    return new RankedRecord(
        tuned.attempt().architecture(),
        tuned.score(),
        parts,
        scored(tuned).parameters(),
        scored(tuned).macs(),
        failed ? "failed" : "scored",
        tuned.reason());
  }

  private static double testAccuracy(@Nullable TrainingRecord training) {
    return training == null || training.test() == null ? Double.NaN : training.test().accuracy();
  }

  private static EvaluationResult.Scored scored(Tuned tuned) {
    return (EvaluationResult.Scored) tuned.attempt().result();
  }

  private void export(int rank, Tuned tuned) {
    if (tuned.parameters() == null) {
      return;
    }
    ComputationalGraph graph = GraphBuilder.build(tuned.attempt().architecture());
    new Export(
            tuned.attempt().architecture(),
            graph,
            tuned.parameters(),
            metrics(rank, tuned, graph),
            Build.current().version())
        .write(run.topFolder(rank, tuned.attempt().architecture()), config.formats());
  }

  private SequencedMap<String, Object> metrics(int rank, Tuned tuned, ComputationalGraph graph) {
    Cost cost = Cost.of(graph);
    EvaluationResult.Scored predicted = scored(tuned);
    SequencedMap<String, Object> all = new LinkedHashMap<>();
    all.put("rank", rank);
    all.put("id", tuned.attempt().architecture().id());
    all.put("dataset", config.data());
    all.put("classes", data.classNames());
    all.put("parameters", cost.parameters());
    all.put("macs", cost.macs());
    all.put("memory", NetworkMemory.forward(graph, 1));
    SequencedMap<String, Object> prediction = new LinkedHashMap<>();
    prediction.put("protocol", predicted.protocol());
    prediction.put("images", config.search().measurement().images());
    prediction.put("validation_accuracy", predicted.accuracy());
    prediction.put("validation_loss", predicted.loss());
    all.put("predicted", prediction);
    all.put("fine_tuned", training(Objects.requireNonNull(tuned.predicted())));
    if (tuned.random() != null) {
      all.put("random_init", training(tuned.random()));
    }
    return all;
  }

  private SequencedMap<String, Object> training(TrainingRecord record) {
    SequencedMap<String, Object> all = new LinkedHashMap<>();
    all.put("protocol", record.protocol() + ", BN running statistics");
    all.put("validation_images", data.split(Split.VALIDATION).size());
    put(all, "validation_accuracy", record.validation().accuracy());
    put(all, "validation_loss", record.validation().loss());
    if (record.test() != null) {
      all.put("test_images", record.test().images());
      put(all, "test_accuracy", record.test().accuracy());
      put(all, "test_loss", record.test().loss());
    }
    return all;
  }

  /** JSON has no NaN: what was not measured is left out. */
  private static void put(SequencedMap<String, Object> all, String name, double value) {
    if (!Double.isNaN(value)) {
      all.put(name, value);
    }
  }

  private void report() {
    long start = System.nanoTime();
    run.writeTables();
    RunReport.write(RunReport.data(run), run.report());
    finish(Phase.REPORT, start);
  }

  private void finish(Phase phase, long start) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    run.database().finish(phase, seconds);
    LOG.info("{} finished in {} s", phase, String.format(Locale.ROOT, "%.1f", seconds));
  }
}
