package org.netloom.training;

import java.util.Locale;

/**
 * How well a network classifies a set of images.
 *
 * @param accuracy fraction of images whose largest logit is that of their class, 0 to 1; a row of
 *     logits that holds NaN counts as wrong
 * @param top5 fraction of images whose class is among the five largest logits; NaN where there are
 *     no more than five classes
 * @param loss mean cross-entropy in nats; not finite where the network's outputs are not
 * @param images number of images measured
 * @param protocol how batch norm was treated, for example {@code BN batch statistics, batch 64}
 */
public record Measurement(double accuracy, double top5, double loss, int images, String protocol) {

  /** A measurement of the largest logit alone. */
  public Measurement(double accuracy, double loss, int images, String protocol) {
    this(accuracy, Double.NaN, loss, images, protocol);
  }

  /** Whether the outputs were numbers: a measurement that may be compared with others. */
  public boolean isFinite() {
    return Double.isFinite(loss);
  }

  /** Accuracy in per cent, loss, images and protocol for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "accuracy %.2f %%, loss %.4f, %d images (%s)",
        100 * accuracy,
        loss,
        images,
        protocol);
  }
}
