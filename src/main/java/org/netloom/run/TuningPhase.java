package org.netloom.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.search.Attempt;
import org.netloom.store.Measured;
import org.netloom.store.RunDatabase;
import org.netloom.store.TrainingRecord;
import org.netloom.store.TrainingRecord.Start;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import org.netloom.training.Epoch;
import org.netloom.training.FineTuner;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;

/**
 * Trains the handed-over architectures, one a thread, each from its predicted weights and from
 * random ones. Every training has a checkpoint in {@code work/}, so that it goes on after an
 * interruption and ends with the same bytes.
 */
final class TuningPhase {
  private static final Logger LOG = LogManager.getLogger(TuningPhase.class);

  private final RunConfig config;
  private final Dataset data;
  private final Ghn ghn;
  private final Path folder;
  private final RunDatabase database;
  private final Compute compute;
  private final RunListener listener;
  private final Measurer test;

  TuningPhase(
      RunConfig config,
      Dataset data,
      Ghn ghn,
      Path folder,
      RunDatabase database,
      Compute compute,
      RunListener listener) {
    this.config = config;
    this.data = data;
    this.ghn = ghn;
    this.folder = folder;
    this.database = database;
    this.compute = compute;
    this.listener = listener;
    this.test = Measurer.of(data.split(Split.TEST), Normalisation.of(data.split(Split.TRAIN)));
  }

  /** Number of epochs that {@link #run} trains in all. */
  static long epochs(RunConfig config, int architectures) {
    int starts = config.handOff().compareRandom() ? 2 : 1;
    return (long) architectures * starts * Math.max(1, config.handOff().epochs());
  }

  /**
   * One training.
   *
   * @param record what became of it; null if there was no memory for it
   * @param parameters unless there are none for a reason
   * @param crowded whether there may be memory for it alone
   */
  private record Job(
      Architecture architecture,
      Start start,
      @Nullable TrainingRecord record,
      @Nullable Parameters parameters,
      String reason,
      boolean crowded) {}

  List<Tuned> run(List<Attempt> chosen) throws InterruptedException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            compute.threads(), Thread.ofPlatform().daemon().name("netloom-tuning-", 0).factory());
    try {
      List<Future<Job>> jobs = new ArrayList<>();
      for (Attempt attempt : chosen) {
        for (Start start : starts()) {
          jobs.add(pool.submit(() -> train(attempt.architecture(), start)));
        }
      }
      List<Job> done = new ArrayList<>();
      for (Future<Job> job : jobs) {
        done.add(kept(await(job)));
      }
      repeatAlone(done);
      List<Tuned> tuned = new ArrayList<>();
      for (int i = 0; i < chosen.size(); i++) {
        Job predicted = done.get(i * starts().size());
        TrainingRecord random =
            starts().contains(Start.RANDOM) ? done.get(i * starts().size() + 1).record() : null;
        tuned.add(
            new Tuned(
                chosen.get(i),
                predicted.parameters(),
                predicted.record(),
                random,
                predicted.reason()));
      }
      return tuned;
    } finally {
      pool.shutdownNow();
      while (!pool.isTerminated()) {
        pool.close();
      }
    }
  }

  private Job kept(Job job) {
    if (job.record() != null) {
      database.record(job.record());
    }
    return job;
  }

  /**
   * Memory is shared, so a training that found none may have lacked only what its neighbours held:
   * it gets a second chance alone.
   */
  private void repeatAlone(List<Job> jobs) throws InterruptedException {
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      if (job.crowded()) {
        jobs.set(i, kept(train(job.architecture(), job.start())));
      }
      if (jobs.get(i).record() == null) {
        LOG.warn(
            "{}: no training from {} weights: {}",
            job.architecture().id(),
            job.start() == Start.RANDOM ? "random" : "predicted",
            jobs.get(i).reason());
      }
    }
  }

  private List<Start> starts() {
    return config.handOff().compareRandom()
        ? List.of(Start.PREDICTED, Start.RANDOM)
        : List.of(Start.PREDICTED);
  }

  private Job train(Architecture architecture, Start start) throws InterruptedException {
    try {
      return attempt(architecture, start);
    } catch (MemoryException e) {
      String reason = String.valueOf(e.getMessage());
      return new Job(architecture, start, null, null, reason, e.isCrowded());
    } catch (OutOfMemoryError e) {
      String reason =
          "out of memory with a heap of %d MB".formatted(Runtime.getRuntime().maxMemory() >> 20);
      return new Job(architecture, start, null, null, reason, true);
    }
  }

  private Job attempt(Architecture architecture, Start start) throws InterruptedException {
    long begin = System.nanoTime();
    ComputationalGraph graph = GraphBuilder.build(architecture);
    long seed = config.search().seed();
    try (Backend backend = compute.backends().apply(1)) {
      Parameters initial =
          start == Start.RANDOM
              ? Initialisation.random(graph, seed)
              : predicted(backend, graph, seed);
      Path checkpoint =
          folder.resolve(
              "%s-%s.safetensors"
                  .formatted(
                      architecture.id().substring(0, 12),
                      start == Start.RANDOM ? "random" : "predicted"));
      FineTuner.Outcome outcome =
          FineTuner.tune(
              backend,
              graph,
              initial,
              data,
              config.handOff().training().withSeed(seed).on(graph),
              new Heard(architecture, start),
              checkpoint);
      Parameters parameters = outcome instanceof FineTuner.Tuned tuned ? tuned.parameters() : null;
      Measured measured = parameters == null ? null : test(backend, graph, parameters);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      return new Job(
          architecture,
          start,
          record(architecture, start, outcome, measured, seconds),
          parameters,
          parameters == null ? "training diverged" : "",
          false);
    }
  }

  private Parameters predicted(Backend backend, ComputationalGraph graph, long seed) {
    Parameters plain =
        Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
    return config
        .handOff()
        .changes()
        .map(changes -> changes.withSeed(seed).apply(graph, plain))
        .orElse(plain);
  }

  private Measured test(Backend backend, ComputationalGraph graph, Parameters parameters) {
    Measurement m = test.measure(backend, graph, parameters, BatchNormMode.RUNNING);
    return new Measured(m.accuracy(), m.loss(), m.images());
  }

  private TrainingRecord record(
      Architecture architecture,
      Start start,
      FineTuner.Outcome outcome,
      @Nullable Measured measured,
      double seconds) {
    int epochs = config.handOff().epochs();
    Epoch last = outcome.curve().getLast();
    boolean diverged = outcome instanceof FineTuner.Diverged;
    int images = data.split(Split.VALIDATION).size();
    return new TrainingRecord(
        architecture,
        start,
        epochs,
        outcome.curve().stream()
            .map(
                e ->
                    new TrainingRecord.Epoch(e.epoch(), e.validationAccuracy(), e.validationLoss()))
            .toList(),
        new Measured(
            diverged ? Double.NaN : last.validationAccuracy(),
            diverged ? Double.NaN : last.validationLoss(),
            images),
        measured,
        start == Start.RANDOM
            ? "trained %d epochs from random weights".formatted(epochs)
            : "fine-tuned %d epochs from predicted weights".formatted(epochs),
        seconds);
  }

  private static Job await(Future<Job> job) throws InterruptedException {
    try {
      return job.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Passes finished epochs on, one at a time. */
  private final class Heard implements FineTuner.Listener {
    private final Architecture architecture;
    private final Start start;

    Heard(Architecture architecture, Start start) {
      this.architecture = architecture;
      this.start = start;
    }

    /** The same from either start, so it is told once. */
    @Override
    public void planned(int images, long bytes) {
      if (start == Start.PREDICTED) {
        LOG.info(
            "{}: {} of memory for a training step of {} images",
            architecture.id(),
            MemoryException.text(bytes),
            images);
      }
    }

    @Override
    public void resumed(List<Epoch> curve) {
      tell(curve.size() - 1);
    }

    @Override
    public void epoch(Epoch epoch) {
      tell(epoch.epoch() == 0 ? 0 : 1);
    }

    private void tell(int epochs) {
      synchronized (listener) {
        listener.step(epochs, "");
      }
    }
  }
}
