package org.netloom.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Parameters;
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
 * <p>An auxiliary head, where the settings ask for one, starts from random weights and is dropped
 * at the end: no epoch's figures, no result and no count of parameters knows of it.
 *
 * <p>Step t of epoch e depends on (seed, e, t) and the state only, and results do not depend on
 * threads, so a run that goes on from a checkpoint gives the bytes of an uninterrupted one.
 */
public final class FineTuner {
  private FineTuner() {}

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
   * @param plannedBytes of the plan of a training step
   */
  public record Tuned(Parameters parameters, List<Epoch> curve, long plannedBytes)
      implements Outcome {
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
    /** Before anything runs: the plan of a step on so many images needs so many bytes. */
    default void planned(int images, long bytes) {}

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
      TrainingSettings settings,
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
