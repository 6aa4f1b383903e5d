package org.netloom.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.netloom.data.Dataset;
import org.netloom.evaluation.CachingEvaluator;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.PredictionEvaluator;
import org.netloom.evaluation.Protocol;
import org.netloom.ghn.Ghn;
import org.netloom.search.Attempt;
import org.netloom.search.Progress;
import org.netloom.search.SearchProblem;
import org.netloom.search.SearchResult;
import org.netloom.search.SearchSettings;
import org.netloom.search.SearchStrategy;
import org.netloom.store.CandidateRecord;
import org.netloom.store.RunDatabase;
import org.netloom.store.Source;

/**
 * A search over predicted networks, kept generation by generation. What the database knows already
 * is not measured again: a resumed search replays and goes on.
 */
final class CandidatePhase {
  private final RunConfig config;
  private final Dataset data;
  private final Ghn ghn;
  private final RunDatabase database;
  private final Compute compute;
  private final RunListener listener;
  private final Map<String, Double> seconds = new ConcurrentHashMap<>();

  CandidatePhase(
      RunConfig config,
      Dataset data,
      Ghn ghn,
      RunDatabase database,
      Compute compute,
      RunListener listener) {
    this.config = config;
    this.data = data;
    this.ghn = ghn;
    this.database = database;
    this.compute = compute;
    this.listener = listener;
  }

  /** How candidates are measured. */
  static Protocol protocol(SearchSettings settings) {
    Protocol protocol = Protocol.of(settings.measurement().images());
    int timeout = settings.measurement().timeoutSeconds();
    return timeout == 0 ? protocol : protocol.within(Duration.ofSeconds(timeout));
  }

  SearchResult run(Source source, SearchStrategy strategy, SearchSettings settings)
      throws InterruptedException {
    Map<String, EvaluationResult> recorded = new LinkedHashMap<>();
    for (Source known : Source.values()) {
      database.candidates(known).forEach(c -> recorded.put(c.architecture().id(), c.result()));
    }
    try (PredictionEvaluator predictions =
        PredictionEvaluator.of(
            ghn,
            data,
            protocol(settings),
            compute.threads(),
            compute.backends(),
            (architecture, result, time) -> {
              seconds.put(architecture.id(), time.toNanos() * 1e-9);
              listener.step(0, "");
            })) {
      SearchProblem problem =
          new SearchProblem(
              config.space(),
              config.constraints(),
              settings,
              new CachingEvaluator(predictions, recorded));
      int[] told = {0};
      return strategy.run(
          problem,
          (progress, attempts) -> {
            database.record(source, attempts.stream().map(this::kept).toList());
            listener.step(progress.evaluations() - told[0], text(progress));
            told[0] = progress.evaluations();
          });
    }
  }

  private CandidateRecord kept(Attempt attempt) {
    return new CandidateRecord(
        attempt.index(),
        attempt.generation(),
        attempt.architecture(),
        attempt.result(),
        attempt.cached(),
        attempt.cached() ? 0 : seconds.getOrDefault(attempt.architecture().id(), 0.0));
  }

  private static String text(Progress progress) {
    return String.format(
        Locale.ROOT,
        "generation %d, best %.1f %%",
        progress.generation(),
        100 * progress.bestAccuracy());
  }
}
