package org.netloom.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Parameters;
import org.netloom.optim.Sgd;
import org.netloom.tensor.Backend;

/**
 * Trains one network by SGD from given initial parameters: predicted ones (fine-tuning) or random
 * ones (training from scratch). The protocol is the published one for DeepNets-1M networks, save
 * that the cosine falls with every step instead of every epoch, so that few epochs end near zero
 * too.
 *
 * <p>Each epoch visits the training images in a new random order, in full batches: what is left
 * over at its end, fewer than a batch, is not trained on in that epoch. A set smaller than the
 * batch is one batch. After each epoch, and before the first, batch norm is calibrated ({@link
 * BatchNormCalibration}) and the network measured on the validation images with those running
 * statistics: every figure is that of the parameters as they would be exported.
 *
 * <p>Step t of epoch e depends on (seed, e, t) and the state only, and results do not depend on
 * threads, so a run that goes on from a checkpoint gives the bytes of an uninterrupted one.
 */
public final class FineTuner {
  private FineTuner() {}

  /**
   * How to train.
   *
   * @param epochs passes over the training images; 0 only calibrates and measures
   * @param batch images per step
   * @param learningRate rate of the first step; it falls to zero by half a cosine
   * @param momentum of SGD, 0 to below 1
   * @param weightDecay L2 decay of every trainable tensor ({@link Sgd})
   * @param clip largest global norm of the gradient; 0 for no clipping
   * @param smoothing label smoothing of the training loss, 0 to below 1
   * @param augmentation changes of the training images
   * @param seed of the images' order and of dropout
   */
  public record Settings(
      int epochs,
      int batch,
      float learningRate,
      float momentum,
      float weightDecay,
      float clip,
      float smoothing,
      Augmentation augmentation,
      long seed) {

    /** Checks the ranges. */
    public Settings {
      if (epochs < 0) {
        throw new IllegalArgumentException("epochs (%d) must be at least 0.".formatted(epochs));
      }
      if (batch < 1) {
        throw new IllegalArgumentException("batch (%d) must be at least 1.".formatted(batch));
      }
      if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
        throw new IllegalArgumentException(
            "learning rate (%s) must be above 0.".formatted(learningRate));
      }
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException(
            "smoothing (%s) must be at least 0 and below 1.".formatted(smoothing));
      }
      Sgd checked = new Sgd(momentum, weightDecay, clip);
      weightDecay = checked.weightDecay();
    }

    /**
     * The published settings for 32x32 images (Knyazev et al. 2021, code): batch 96, rate 0.025,
     * momentum 0.9, decay 3e-4, clip 5, no smoothing, shifted and mirrored images.
     */
    public static Settings published(int epochs, long seed) {
      return new Settings(
          epochs, 96, 0.025f, 0.9f, 3e-4f, 5f, 0f, Augmentation.standard(seed), seed);
    }

    /** These settings with another number of epochs. */
    public Settings withEpochs(int epochs) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another seed of order and dropout; the augmentation keeps its own. */
    public Settings withSeed(long seed) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another number of images per step. */
    public Settings withBatch(int batch) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another learning rate. */
    public Settings withLearningRate(float learningRate) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another momentum. */
    public Settings withMomentum(float momentum) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another weight decay. */
    public Settings withWeightDecay(float weightDecay) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with another label smoothing. */
    public Settings withSmoothing(float smoothing) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }

    /** These settings with other changes of the training images. */
    public Settings withAugmentation(Augmentation augmentation) {
      return new Settings(
          epochs, batch, learningRate, momentum, weightDecay, clip, smoothing, augmentation, seed);
    }
  }

  /** How a run ended. */
  public sealed interface Outcome {
    /** All epochs so far, epoch 0 included. */
    List<Epoch> curve();
  }

  /**
   * A trained network.
   *
   * @param parameters all trainable tensors of the graph, then the running statistics
   * @param curve all epochs, epoch 0 included
   */
  public record Tuned(Parameters parameters, List<Epoch> curve) implements Outcome {
    public Tuned {
      curve = List.copyOf(curve);
    }
  }

  /**
   * A network whose loss stopped being a number.
   *
   * @param reason a sentence: what, when
   * @param curve the epochs before
   */
  public record Diverged(String reason, List<Epoch> curve) implements Outcome {
    public Diverged {
      curve = List.copyOf(curve);
    }
  }

  /** Told what happens, on the training thread. */
  public interface Listener {
    /** The run goes on from a checkpoint with these epochs done. */
    default void resumed(List<Epoch> curve) {}

    /** A step of an epoch is done: {@code step} of {@code steps}, both from 1. */
    default void step(int epoch, int step, int steps, float loss) {}

    /** An epoch is done, measured and written to the checkpoint. */
    default void epoch(Epoch epoch) {}

    /** A listener that does nothing. */
    static Listener none() {
      return new Listener() {};
    }
  }

  /**
   * Trains a network.
   *
   * @param initial trainable tensors; running statistics among them are not used
   * @param checkpoint file that is written after each epoch, epoch 0 included, and that the run
   *     goes on from if it exists; null for none. It is never deleted.
   * @throws InputException if parameters or images do not fit the network, or if the checkpoint is
   *     damaged, of another run, or cannot be written
   * @throws InterruptedException if the thread was interrupted; the checkpoint of the last full
   *     epoch stays
   */
  public static Outcome tune(
      Backend backend,
      ComputationalGraph graph,
      Parameters initial,
      Dataset data,
      Settings settings,
      Listener listener,
      @Nullable Path checkpoint)
      throws InterruptedException {
    TuningRun run = new TuningRun(backend, graph, initial, data, settings, listener);
    return checkpoint == null
        ? run.run()
        : run.run(checkpoint, RunIdentity.of(backend, graph, initial, data, settings));
  }

  /**
   * The run that a checkpoint belongs to.
   *
   * @throws InputException if the file is missing, damaged, or not a checkpoint of {@link #tune}
   */
  public static RunIdentity identityOf(Path checkpoint) {
    return Checkpoint.identity(checkpoint, SafetensorsFile.read(checkpoint));
  }
}
