package org.netloom.run;

import org.netloom.data.Augmentation;
import org.netloom.training.FineTuner;

/**
 * What follows the search: the best, diverse architectures are trained from their predicted weights
 * and ranked again.
 *
 * @param top architectures handed over
 * @param minDistance smallest {@link org.netloom.space.ArchitectureDistance} between two of them
 * @param epochs of SGD; 0 only calibrates batch norm
 * @param batch images per step
 * @param learningRate of the first step, falling to 0 by half a cosine
 * @param weightDecay L2 decay
 * @param augment whether training images are shifted and mirrored
 * @param compareRandom whether the same networks are also trained from random weights, for the same
 *     number of epochs
 */
public record HandOff(
    int top,
    double minDistance,
    int epochs,
    int batch,
    float learningRate,
    float weightDecay,
    boolean augment,
    boolean compareRandom) {

  /** The published SGD settings for three epochs of the top five. */
  public static final HandOff USUAL = new HandOff(5, 0.15, 3, 96, 0.025f, 3e-4f, false, true);

  /** How each network is trained. */
  public FineTuner.Settings settings(long seed) {
    return FineTuner.Settings.published(epochs, seed)
        .withBatch(batch)
        .withLearningRate(learningRate)
        .withWeightDecay(weightDecay)
        .withAugmentation(augment ? Augmentation.standard(seed) : Augmentation.none());
  }
}
