package org.netloom.network;

import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Value;

/**
 * What chance does in a step of training.
 *
 * @param seed a value [1] whose bits seed all masks of the step
 * @param dropPath probability with which an image loses a path of a cell; 0 for never
 * @param ramp a value [1] that {@code dropPath} is multiplied by; null for 1
 */
public record Chance(Value seed, float dropPath, @Nullable Value ramp) {
  /** Only what the network's own operators say: dropout and stochastic depth. */
  public static Chance of(Value seed) {
    return new Chance(seed, 0f, null);
  }
}
