package org.netloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.Export;
import org.netloom.training.Epoch;
import org.netloom.training.FineTuner;
import org.netloom.training.RateTuning;
import org.netloom.training.RateTuning.Trial;
import org.netloom.training.RunIdentity;

/**
 * The choice of a first rate, kept in the folder of its run: checkpoints below {@code rates/} while
 * it goes on, its result in {@code metrics.json} of the finished run.
 */
final class RateChoice {
  private static final String FOLDER = "rates";
  private static final String KEY = "rate_tuning";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RateTuning tuning;
  private final RunIdentity identity;
  private final @Nullable Path out;

  /** A choice; {@code out} is the run's folder, null for none. */
  RateChoice(RateTuning tuning, @Nullable String out) {
    this.tuning = tuning;
    this.identity = tuning.identity();
    this.out = out == null ? null : Path.of(out);
  }

  /** What was tried and chosen. */
  record Chosen(float rate, SequencedMap<String, Object> facts) {}

  /**
   * The best rate: that of a finished run in the folder, or found by training.
   *
   * @param force whether to start anew in a folder that holds something else
   * @return empty if every training diverged
   */
  Optional<Chosen> run(boolean force, PrintWriter notes) throws InterruptedException {
    Optional<Chosen> known = known();
    if (known.isPresent()) {
      return known;
    }
    prepare(force);
    Path folder = out == null ? null : out.resolve(FOLDER);
    List<Trial> trials =
        tuning.run(
            folder == null ? null : (rate, number) -> folder.resolve(rate + ".safetensors"),
            (rate, number) -> new Bar("rate %s".formatted(rate)));
    trials.forEach(trial -> notes.println(line(trial)));
    notes.flush();
    return RateTuning.best(trials).map(best -> new Chosen(best.rate(), facts(trials)));
  }

  /** Progress of one training, without lines for its epochs. */
  private static final class Bar implements FineTuner.Listener {
    private final String name;
    private @Nullable Progress progress;

    Bar(String name) {
      this.name = name;
    }

    @Override
    public void step(int epoch, int step, int steps, float loss) {
      if (progress == null) {
        progress = Progress.start("%s, epoch %d".formatted(name, epoch), steps);
      }
      progress.step(1, String.format(Locale.ROOT, "loss %.3f", loss));
    }

    @Override
    public void epoch(Epoch epoch) {
      if (progress != null) {
        progress.close();
        progress = null;
      }
    }
  }

  private static String line(Trial trial) {
    return trial
        .last()
        .map(
            last ->
                String.format(
                    Locale.ROOT,
                    "rate %s: %.2f %% of the held-out training images, loss %.4f",
                    trial.rate(),
                    100 * last.validationAccuracy(),
                    last.validationLoss()))
        .orElse("rate %s: diverged".formatted(trial.rate()));
  }

  private SequencedMap<String, Object> facts(List<Trial> trials) {
    List<Map<String, Object>> tried = new ArrayList<>();
    for (Trial trial : trials) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rate", trial.rate());
      one.put("accuracy", trial.last().map(Epoch::validationAccuracy).orElse(null));
      one.put("loss", trial.last().map(Epoch::validationLoss).orElse(null));
      tried.add(one);
    }
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("tried", tried);
    facts.put("chosen", RateTuning.best(trials).map(Trial::rate).orElse(null));
    facts.put("run", identity.facts());
    return facts;
  }

  /** Puts the choice into the metrics of the run that follows. */
  static void record(Chosen chosen, SequencedMap<String, Object> metrics) {
    metrics.put(KEY, chosen.facts());
  }

  private Optional<Chosen> known() {
    if (out == null || !Files.isRegularFile(out.resolve(Export.METRICS_FILE))) {
      return Optional.empty();
    }
    try {
      JsonNode kept = JSON.readTree(out.resolve(Export.METRICS_FILE).toFile()).path(KEY);
      Map<String, String> facts = new LinkedHashMap<>();
      kept.path("run")
          .properties()
          .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
      return identity.difference(facts).isEmpty() && kept.path("chosen").isNumber()
          ? Optional.of(new Chosen(kept.path("chosen").floatValue(), new LinkedHashMap<>()))
          : Optional.empty();
    } catch (IOException e) {
      throw FileProblem.reading(out, e);
    }
  }

  /** Makes sure that the folder is empty, or holds the beginning of this very choice. */
  private void prepare(boolean force) {
    if (out == null) {
      return;
    }
    Path folder = out.resolve(FOLDER);
    try {
      List<Path> kept = files(folder);
      if (kept.isEmpty() && !isGoingOnIn(out)) {
        OutputFolder.check(out.toString(), force);
      }
      for (Path file : kept) {
        SequencedMap<String, String> facts =
            new LinkedHashMap<>(FineTuner.identityOf(file).facts());
        facts.put("learning_rate", identity.facts().getOrDefault("learning_rate", ""));
        Optional<String> difference = identity.difference(facts);
        if (difference.isPresent() && !force) {
          throw new InputException(
              "%s: holds another run: %s.%n  Maybe another --out, or --force to start anew in it?"
                  .formatted(out, difference.get()));
        }
        if (difference.isPresent()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw FileProblem.writing(out, e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** Takes the checkpoints away once the run that follows is finished. */
  void finish() {
    if (out == null) {
      return;
    }
    Path folder = out.resolve(FOLDER);
    try {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          for (Path file : all.toList()) { // a killed process may have left a part of a file too
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw FileProblem.writing(folder, e);
    }
  }

  /** Whether a folder holds a choice that is going on, and nothing else. */
  static boolean isGoingOnIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder.resolve(FOLDER))) {
      return false;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.allMatch(file -> file.endsWith(FOLDER));
    }
  }
}
