package org.netloom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.Hypernetworks;
import org.netloom.ghn.TrainingRun;
import org.netloom.run.Compute;
import org.netloom.run.GhnChoice;
import org.netloom.run.GhnFit;
import org.netloom.run.GhnTrainings;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.run.SearchRun;
import org.netloom.store.Provenance;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunConditions;
import org.netloom.store.RunDirectory;
import org.netloom.store.RunLog;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;

/**
 * A search in an open run directory, with progress: what {@code search} and {@code resume} share.
 */
final class RunSession {
  private static final Logger LOG = LogManager.getLogger(RunSession.class);

  private final CommonOptions common;
  private final String source;
  private final RunConfig config;
  private final Dataset data;
  private final List<String> arguments;

  /**
   * A session.
   *
   * @param source the YAML file, for messages
   * @param config for the data set
   * @param arguments of the command, for the provenance
   */
  RunSession(
      CommonOptions common, String source, RunConfig config, Dataset data, List<String> arguments) {
    this.common = common;
    this.arguments = List.copyOf(arguments);
    this.source = source;
    this.config = config;
    this.data = data;
  }

  /**
   * Opens the hypernetwork that the configuration names; empty if the run trains its own.
   *
   * @throws InputException if it does not fit, with the command that makes one and its time
   */
  Optional<GhnFile.Loaded> openGhn() throws InterruptedException {
    if (!(config.ghn() instanceof GhnChoice.Named named)) {
      return Optional.empty();
    }
    GhnFile.Loaded loaded = Hypernetworks.open(named.argument());
    Optional<String> problem = GhnFit.problem(config, data, loaded);
    if (problem.isEmpty()) {
      GhnFit.note(config, loaded).ifPresent(note -> System.err.printf("%s: %s%n", source, note));
      return Optional.of(loaded);
    }
    GhnTraining training = RunConfigReader.training(config);
    System.err.println("Timing a few training steps ...");
    double seconds;
    try (Backend backend = common.openBackend()) {
      seconds = GhnTrainings.estimateSeconds(config, data, training, backend);
    }
    throw new InputException(
        String.format(
            Locale.ROOT,
            "No hypernetwork fits: '%s' does not: %s.%n"
                + "  Train one, in about %s on this machine:%n"
                + "    ./netloom train-ghn %s --out results/ghn%n"
                + "  and search with: --set ghn=results/ghn/%s%n"
                + "  Or let the search train it: write 'ghn: {train: {}}' in the file.",
            named.argument(),
            problem.get(),
            GhnFit.duration(seconds),
            source,
            TrainingRun.RESULT));
  }

  /** Runs to the end; the ranking is empty if nothing valid was found. */
  List<RankedRecord> run(RunDirectory run, Optional<GhnFile.Loaded> named)
      throws InterruptedException {
    try (RunLog log = run.openLog();
        PhaseProgress progress = new PhaseProgress()) {
      keepConditions(run);
      Compute compute = new Compute(common.threadCount(), common::openBackend);
      GhnFile.Loaded ghn = named.isPresent() ? named.get() : train(run, progress);
      describe(run, ghn);
      return new SearchRun(config, data, ghn.ghn(), ghnName(), run, compute, progress).run();
    }
  }

  private void keepConditions(RunDirectory run) {
    RunConditions conditions = common.conditions();
    run.database().keep(conditions);
    LOG.info("under {}", CommonOptions.describe(conditions));
  }

  private GhnFile.Loaded train(RunDirectory run, PhaseProgress progress)
      throws InterruptedException {
    GhnTraining training = RunConfigReader.training(config);
    Path folder = run.hypernetwork();
    if (!GhnTrainings.run(config, data, training, folder).isFinished()) {
      progress.phase("training the hypernetwork", training.steps());
      try (Backend backend = common.openBackend()) {
        GhnTrainingProgress told = new GhnTrainingProgress(progress::step);
        var _ = GhnTrainings.train(config, data, training, folder, backend, told);
        told.plannedBytes()
            .ifPresent(
                bytes ->
                    LOG.info(
                        "training the hypernetwork took at most {} of memory for a plan",
                        MemoryException.text(bytes)));
      }
    }
    return GhnFile.load(folder.resolve(TrainingRun.RESULT));
  }

  private void describe(RunDirectory run, GhnFile.Loaded ghn) {
    if (run.provenance().isPresent()) {
      return;
    }
    SequencedMap<String, Long> seeds = new LinkedHashMap<>();
    seeds.put("search", config.search().seed());
    String backendName;
    String reason;
    try (Backend backend = common.openBackend()) {
      backendName = backend.name();
      reason = backend.description();
    }
    run.writeProvenance(
        Provenance.now(
            List.of(new Provenance.Device(backendName, true, reason)),
            seeds,
            new Provenance.Artefact(config.data(), data.sha256()),
            new Provenance.Artefact(ghnName(), ghn.sha256()),
            arguments));
  }

  private String ghnName() {
    return switch (config.ghn()) {
      case GhnChoice.Named named -> named.argument();
      case GhnChoice.Trained trained -> "trained by this run";
    };
  }
}
