package org.netloom.training;

import org.netloom.data.Augmentation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.TrainingPlaces;
import org.netloom.optim.Optimiser;
import org.netloom.optim.Sgd;

/**
 * How to train one network.
 *
 * @param epochs passes over the training images; 0 only calibrates and measures
 * @param batch images per step
 * @param rate learning rate over the steps
 * @param optimiser how gradients become steps, with its weight decay and clipping
 * @param smoothing label smoothing of the training loss, 0 to below 1
 * @param augmentation changes of the training images
 * @param dropPath probability p, 0 to below 1, that an image loses a path of a cell: p·(e − 1)/
 *     epochs in epoch e (Larsson et al., "FractalNet", 2017; the ramp is DARTS's); identities are
 *     never dropped
 * @param auxiliary weight of the auxiliary head's loss, 0 for no such head
 * @param seed of the images' order, of dropout and dropped paths, and of the auxiliary head
 */
public record TrainingSettings(
    int epochs,
    int batch,
    LearningRate rate,
    Optimiser optimiser,
    float smoothing,
    Augmentation augmentation,
    float dropPath,
    float auxiliary,
    long seed) {

  /** Checks the ranges. */
  public TrainingSettings {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs (%d) must be at least 0.".formatted(epochs));
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch (%d) must be at least 1.".formatted(batch));
    }
    checkFraction("smoothing", smoothing);
    checkFraction("drop-path", dropPath);
    if (!(auxiliary >= 0) || Float.isInfinite(auxiliary)) {
      throw new IllegalArgumentException(
          "auxiliary weight (%s) must be at least 0.".formatted(auxiliary));
    }
  }

  private static void checkFraction(String what, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s (%s) must be at least 0 and below 1.".formatted(what, value));
    }
  }

  /**
   * The published settings for 32x32 images (Knyazev et al. 2021, code): batch 96, SGD with
   * momentum 0.9, rate 0.025 falling by half a cosine, decay 3e-4, clip 5, no smoothing, shifted
   * and mirrored images.
   */
  public static TrainingSettings published(int epochs, long seed) {
    return new TrainingSettings(
        epochs,
        96,
        LearningRate.cosine(0.025f),
        new Sgd(0.9f, 3e-4f, 5f),
        0f,
        Augmentation.standard(seed),
        0f,
        0f,
        seed);
  }

  /** These settings with another number of epochs. */
  public TrainingSettings withEpochs(int epochs) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with another seed, of the augmentation too. */
  public TrainingSettings withSeed(long seed) {
    return new TrainingSettings(
        epochs,
        batch,
        rate,
        optimiser,
        smoothing,
        augmentation.withSeed(seed),
        dropPath,
        auxiliary,
        seed);
  }

  /** These settings with another number of images per step. */
  public TrainingSettings withBatch(int batch) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with another learning rate. */
  public TrainingSettings withRate(LearningRate rate) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with another optimiser. */
  public TrainingSettings withOptimiser(Optimiser optimiser) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with another label smoothing. */
  public TrainingSettings withSmoothing(float smoothing) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with other changes of the training images. */
  public TrainingSettings withAugmentation(Augmentation augmentation) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings with what acts on cells: dropped paths and the auxiliary head's weight. */
  public TrainingSettings withCells(float dropPath, float auxiliary) {
    return new TrainingSettings(
        epochs, batch, rate, optimiser, smoothing, augmentation, dropPath, auxiliary, seed);
  }

  /** These settings without what a network has no place for. */
  public TrainingSettings on(ComputationalGraph graph) {
    TrainingPlaces places = graph.places();
    return withCells(
        places.paths().isEmpty() ? 0 : dropPath, places.auxiliary().isEmpty() ? 0 : auxiliary);
  }
}
