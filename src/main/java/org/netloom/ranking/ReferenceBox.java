package org.netloom.ranking;

import java.util.Locale;

/**
 * The box that a hypervolume is a fraction of: accuracies from {@code lowest} to 1 and MACs from 0
 * to {@code macs}. What lies outside adds nothing beyond the box.
 *
 * @param lowest an accuracy below 1, for example that of guessing
 * @param macs multiply-accumulate operations for one image, above 0
 */
public record ReferenceBox(double lowest, long macs) {
  public ReferenceBox {
    if (!(lowest >= 0 && lowest < 1) || macs < 1) {
      throw new IllegalArgumentException(
          "A reference box needs a lowest accuracy (%s) of 0 to below 1 and MACs (%d) above 0."
              .formatted(lowest, macs));
    }
  }

  /** The box in words. */
  public String describe() {
    return String.format(Locale.ROOT, "accuracy %.3f to 1, MACs 0 to %,d", lowest, macs);
  }
}
