package org.netloom.store;

/**
 * A measurement over images.
 *
 * @param accuracy fraction of images classified rightly, 0 to 1; NaN if training diverged
 * @param loss mean cross-entropy in nats; NaN if training diverged
 * @param images number of images
 */
public record Measured(double accuracy, double loss, int images) {
  public Measured {
    if (accuracy < 0 || accuracy > 1 || images < 1) {
      throw new IllegalArgumentException(
          "A measurement needs an accuracy (%s) of 0 to 1 and at least one image (%d)."
              .formatted(accuracy, images));
    }
  }
}
