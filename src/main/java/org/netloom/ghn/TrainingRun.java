package org.netloom.ghn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Split;
import org.netloom.tensor.Backend;

/**
 * Training of a hypernetwork in a folder: {@value #CHECKPOINT} while it goes on, {@value #RESULT}
 * at its end, {@value #LOG} with a line for every step. A run that goes on from a checkpoint ends
 * with the bytes of an uninterrupted one.
 */
public final class TrainingRun {
  /** What training goes on from. */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  /** The trained hypernetwork. */
  public static final String RESULT = "ghn.safetensors";

  /** Loss, rate and gradient norm by step. */
  public static final String LOG = "training.csv";

  private static final int MOST_SKIPPED = 50;
  private static final int WARM_UP_STEPS = 6;
  private static final int TIMED_STEPS = 5;

  private final Path folder;
  private final GhnTraining training;
  private final GhnOrigin origin;
  private final String identity;

  /** Hears of every step. */
  public interface Listener {
    /** Training goes on after that many steps. */
    default void resumed(long steps) {}

    /** A step is done; the loss is not finite if it was skipped. */
    default void step(int step, double loss) {}

    /** All steps are done; the largest plan of those since the run began or went on. */
    default void finished(long plannedBytes) {}
  }

  /**
   * A run in a folder.
   *
   * @param origin what is trained on; its steps and seed are the training's
   * @param identity the effective configuration; a checkpoint of another one is refused
   */
  public TrainingRun(Path folder, GhnTraining training, GhnOrigin origin, String identity) {
    this.folder = folder;
    this.training = training;
    this.origin = origin;
    this.identity = identity;
  }

  /** Whether the folder holds a finished training. */
  public boolean isFinished() {
    return Files.exists(folder.resolve(RESULT)) && !Files.exists(folder.resolve(CHECKPOINT));
  }

  /** Whether the folder holds a training that can go on. */
  public boolean canResume() {
    return Files.exists(folder.resolve(CHECKPOINT));
  }

  /**
   * Trains to the end, from the checkpoint if there is one.
   *
   * @throws InputException if training diverges, or if the checkpoint is of another run
   * @throws InterruptedException if the thread was interrupted; a checkpoint of the last full step
   *     has been written then
   */
  public Ghn run(Backend backend, TrainingNetworks networks, Dataset data, Listener listener)
      throws InterruptedException {
    Ghn fresh =
        Ghn.initialise(training.config(data.classes()), new SplittableRandom(training.seed()));
    GhnTrainer.Settings settings =
        new GhnTrainer.Settings(training.weightDecay(), training.clip(), training.smoothing());
    try (GhnTrainer trainer = new GhnTrainer(backend, fresh, settings)) {
      TrainingSteps steps = new TrainingSteps(trainer, training, networks, data.split(Split.TRAIN));
      TrainingLog log = new TrainingLog();
      TrainingCheckpoint last = new TrainingCheckpoint(trainer.checkpoint(), 0, steps.position());
      if (canResume()) {
        last = TrainingCheckpoint.read(folder.resolve(CHECKPOINT), identity);
        trainer.restore(last.state());
        steps.goOn(last.position());
        log = TrainingLog.read(folder.resolve(LOG), last.step());
        listener.resumed(last.step());
      }
      loop(trainer, steps, log, last, networks.retries(), listener);
      listener.finished(trainer.plannedBytes());
      Ghn trained = trainer.ghn();
      log.write(folder.resolve(LOG));
      GhnFile.write(folder.resolve(RESULT), trained, origin);
      Files.deleteIfExists(folder.resolve(CHECKPOINT));
      return trained;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Seconds of one step with a whole meta-batch on this machine: the median of a few, behind some
   * that warm up. Nothing is kept.
   */
  public static double secondsPerStep(
      GhnTraining training, TrainingNetworks networks, Dataset data, Backend backend)
      throws InterruptedException {
    Ghn fresh =
        Ghn.initialise(training.config(data.classes()), new SplittableRandom(training.seed()));
    try (GhnTrainer trainer = new GhnTrainer(backend, fresh, GhnTrainer.Settings.PUBLISHED)) {
      TrainingSteps steps = new TrainingSteps(trainer, training, networks, data.split(Split.TRAIN));
      double[] seconds = new double[TIMED_STEPS];
      for (int t = 0; t < WARM_UP_STEPS + TIMED_STEPS; t++) {
        long start = System.nanoTime();
        steps.step(t);
        if (t >= WARM_UP_STEPS) {
          seconds[t - WARM_UP_STEPS] = (System.nanoTime() - start) * 1e-9;
        }
      }
      Arrays.sort(seconds);
      return seconds[TIMED_STEPS / 2];
    }
  }

  private void loop(
      GhnTrainer trainer,
      TrainingSteps steps,
      TrainingLog log,
      TrainingCheckpoint first,
      boolean retries,
      Listener listener)
      throws InterruptedException {
    TrainingCheckpoint last = first;
    int skipped = 0;
    int t = first.step();
    try {
      for (; t < training.steps(); t++) {
        if (t > first.step() && t % training.checkpointEvery() == 0) {
          last = new TrainingCheckpoint(trainer.checkpoint(), t, steps.position());
          write(last, log);
        }
        TrainingSteps.Outcome outcome = steps.step(t);
        if (retries && !Double.isFinite(outcome.loss())) {
          throw stopped(last, steps.position(), t, log);
        }
        skipped = Double.isFinite(outcome.loss()) ? 0 : skipped + 1;
        if (skipped > MOST_SKIPPED) {
          throw new InputException(
              "The loss was no number in %d steps in a row, up to step %d.%n".formatted(skipped, t)
                  + "  Maybe a lower learning_rate than %s?".formatted(training.learningRate()));
        }
        log.add(t, outcome);
        listener.step(t, outcome.loss());
      }
    } catch (InterruptedException e) {
      write(new TrainingCheckpoint(trainer.checkpoint(), t, steps.position()), log);
      throw e;
    }
  }

  /**
   * The end of a run whose networks failed too often, as published: who starts it again goes on
   * from the last checkpoint, but with the networks behind those that failed.
   */
  private InputException stopped(
      TrainingCheckpoint last, TrainingSteps.Position failed, int step, TrainingLog log) {
    write(
        new TrainingCheckpoint(
            last.state(), last.step(), new TrainingSteps.Position(failed.place(), 0)),
        log);
    return new InputException(
        ("The loss was no number for (%d) groups of networks in one epoch, the last at step %d.%n"
                + "  Maybe a lower learning_rate than %s? Or --resume, which goes on from step %d"
                + " with other networks.")
            .formatted(failed.failures(), step, training.learningRate(), last.step()));
  }

  /** The log first: a checkpoint without its lines could not go on, lines beyond it are dropped. */
  private void write(TrainingCheckpoint checkpoint, TrainingLog log) {
    log.write(folder.resolve(LOG));
    checkpoint.write(folder.resolve(CHECKPOINT), identity);
  }
}
