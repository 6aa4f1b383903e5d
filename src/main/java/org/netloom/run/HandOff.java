package org.netloom.run;

import java.util.Optional;
import org.netloom.network.Decorrelation;
import org.netloom.training.TrainingProtocol;
import org.netloom.training.TrainingSettings;

/**
 * What follows the search: the best, diverse architectures are trained from their predicted weights
 * and ranked again.
 *
 * @param top architectures handed over
 * @param minDistance smallest {@link org.netloom.space.ArchitectureDistance} between two of them
 * @param compareRandom whether the same networks are also trained from random weights, for the same
 *     number of epochs
 * @param protocol name of the protocol that {@code training} and {@code changes} started from
 * @param training how each network is trained, with seed 0
 * @param changes what predicted weights go through before training, with seed 0
 */
public record HandOff(
    int top,
    double minDistance,
    boolean compareRandom,
    String protocol,
    TrainingSettings training,
    Optional<Decorrelation> changes) {

  /** Three epochs of the top five. */
  public static final HandOff USUAL =
      new HandOff(
          5,
          0.15,
          true,
          TrainingProtocol.QUICK.name(),
          TrainingProtocol.QUICK.settings(),
          Optional.empty());

  /** Number of epochs of each training. */
  public int epochs() {
    return training.epochs();
  }
}
