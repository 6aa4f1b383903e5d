package org.netloom.evaluation;

import java.time.Duration;

/**
 * How a network with predicted weights is measured: batch norms use the statistics of the batch.
 *
 * @param images first images of the validation split, at most
 * @param batch images per batch, on which the statistics depend; the last batch may be smaller
 * @param timeout for one candidate, looked at between batches; zero sets no limit
 */
public record Protocol(int images, int batch, Duration timeout) {
  /** The published batch size (Knyazev et al. 2021). */
  public static final int BATCH = 64;

  public Protocol {
    if (images < 1 || batch < 1 || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "A protocol needs images (%d) and a batch (%d) of 1 or more and a time-out (%s)."
              .formatted(images, batch, timeout));
    }
  }

  /** The usual batches, without a time-out. */
  public static Protocol of(int images) {
    return new Protocol(images, BATCH, Duration.ZERO);
  }

  /** This protocol with a time-out. */
  public Protocol within(Duration limit) {
    return new Protocol(images, batch, limit);
  }

  /** As results name it. */
  public String describe() {
    return "predicted (BN batch statistics, batch %d)".formatted(batch);
  }
}
