package org.netloom.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Batches;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Parameters;
import org.netloom.optim.Schedule;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.training.FineTuner.Diverged;
import org.netloom.training.FineTuner.Listener;
import org.netloom.training.FineTuner.Outcome;
import org.netloom.training.FineTuner.Tuned;

/** The loop of {@link FineTuner}: epochs of steps, each followed by calibration and measurement. */
final class TuningRun {
  private final Backend backend;
  private final ComputationalGraph graph;
  private final TrainingSettings settings;
  private final Listener listener;
  private final Batches batches;
  private final int batch;
  private final int steps;
  private final Schedule schedule;
  private final BatchNormCalibration calibration;
  private final Measurer validation;
  private final TrainingStep step;
  private final float[] pixels;
  private final float[] labels;
  private final List<Epoch> curve = new ArrayList<>();
  private String place = "epoch 0, before training";

  TuningRun(
      Backend backend,
      ComputationalGraph graph,
      Parameters initial,
      Dataset data,
      TrainingSettings settings,
      Listener listener) {
    ImageSet train = data.split(Split.TRAIN);
    Fit.check(graph, train);
    Normalisation normalisation = Normalisation.of(train);
    this.backend = backend;
    this.graph = graph;
    this.settings = settings;
    this.listener = listener;
    this.calibration = BatchNormCalibration.on(train, normalisation);
    this.validation = Measurer.of(data.split(Split.VALIDATION), normalisation);
    this.batches = Batches.of(train, normalisation, settings.augmentation());
    this.batch = Math.min(settings.batch(), train.size());
    this.steps = train.size() / batch;
    this.schedule = settings.rate().schedule(settings.epochs(), steps);
    this.step = new TrainingStep(backend, graph, initial.trainable(graph), batch, settings);
    this.pixels = new float[batch * train.imageBytes()];
    this.labels = new float[batch];
  }

  /** Trains without a checkpoint. */
  Outcome run() throws InterruptedException {
    return run(null, checkpoint -> {});
  }

  /** Trains from a checkpoint, if it exists, and writes one after each epoch. */
  Outcome run(Path file, RunIdentity identity) throws InterruptedException {
    Checkpoint kept = Files.exists(file) ? Checkpoint.read(file, identity) : null;
    return run(kept, checkpoint -> write(checkpoint, file, identity));
  }

  private interface Keeper {
    void keep(Checkpoint checkpoint) throws InterruptedException;
  }

  private Outcome run(@Nullable Checkpoint kept, Keeper keeper) throws InterruptedException {
    listener.planned(batch, step.plannedBytes());
    Parameters parameters;
    if (kept == null) {
      parameters = step.weights();
    } else {
      parameters = kept.parameters();
      step.restore(parameters.trainable(graph), kept.state());
      curve.addAll(kept.curve());
      listener.resumed(List.copyOf(curve));
    }
    for (int epoch = curve.size(); epoch <= settings.epochs(); epoch++) {
      double trainingLoss = epoch == 0 ? Double.NaN : train(epoch);
      if (epoch > 0 && !Double.isFinite(trainingLoss)) {
        return diverged("the training loss became (%s) in %s".formatted(trainingLoss, place));
      }
      parameters =
          calibration.calibrate(backend, graph, step.weights(), done -> stopIfInterrupted());
      Optional<String> broken = firstNotFinite(parameters);
      if (broken.isPresent()) {
        return diverged("tensor '%s' is not finite after %s".formatted(broken.get(), place));
      }
      Measurement measured =
          validation.measure(
              backend, graph, parameters, BatchNormMode.RUNNING, done -> stopIfInterrupted());
      if (!measured.isFinite()) {
        return diverged(
            "the validation loss became (%s) after %s".formatted(measured.loss(), place));
      }
      Epoch done = new Epoch(epoch, trainingLoss, measured.accuracy(), measured.loss());
      curve.add(done);
      keeper.keep(new Checkpoint(parameters, step.state(), curve));
      listener.epoch(done);
    }
    return new Tuned(parameters, curve, step.plannedBytes());
  }

  /** One epoch; its mean loss, or the first loss that is not finite. */
  private double train(int epoch) throws InterruptedException {
    int[] order = Batches.permutation(batches.size(), settings.seed(), epoch);
    float ramp = (epoch - 1f) / settings.epochs();
    double total = 0;
    for (int i = 0; i < steps; i++) {
      stopIfInterrupted();
      long t = (epoch - 1L) * steps + i;
      batches.fill(order, i * batch, (i + 1) * batch, epoch, pixels, labels);
      float loss = step.run(pixels, labels, schedule.at(t), t, maskSeed(t), ramp);
      if (!Float.isFinite(loss)) {
        place = "step %d of %d of epoch %d".formatted(i + 1, steps, epoch);
        return loss;
      }
      total += loss;
      listener.step(epoch, i + 1, steps, loss);
    }
    place = "epoch %d".formatted(epoch);
    return total / steps;
  }

  /** Mixes seed and step (Stafford's variant 13 of MurmurHash3's finaliser, as in SplitMix64). */
  private int maskSeed(long t) {
    long z = settings.seed() + (t + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (int) (z ^ (z >>> 31));
  }

  private Diverged diverged(String what) {
    return new Diverged(
        "Training diverged: %s (learning rate %s).".formatted(what, settings.rate().first()),
        curve);
  }

  private static Optional<String> firstNotFinite(Parameters parameters) {
    return parameters.tensors().entrySet().stream()
        .filter(entry -> !isFinite(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isFinite(Tensor tensor) {
    for (float value : tensor.data()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static void write(Checkpoint checkpoint, Path file, RunIdentity identity)
      throws InterruptedException {
    try {
      checkpoint.write(file, identity);
    } catch (InputException e) {
      // an interrupt closes the file that is being written; the one before stays as it was
      stopIfInterrupted();
      throw e;
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Training was interrupted.");
    }
  }
}
