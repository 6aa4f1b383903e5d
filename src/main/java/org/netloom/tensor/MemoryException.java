package org.netloom.tensor;

import java.util.Locale;

/** A plan needs more memory than it may have; told before anything is computed. */
public final class MemoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private MemoryException(String message) {
    super(message);
  }

  /**
   * Refuses a plan above a limit.
   *
   * @param need bytes of the arena that it is planned for
   * @param limit the most bytes that an arena may have
   * @throws MemoryException with both figures if the limit is passed
   */
  public static void check(long need, long limit) {
    if (need > limit) {
      throw new MemoryException(
          "The plan needs (%s) of memory; the limit is (%s). Maybe a smaller batch, or a larger --memory?"
              .formatted(text(need), text(limit)));
    }
  }

  /** The same for a network that the message names. */
  public MemoryException of(String network) {
    return new MemoryException("Network '%s': %s".formatted(network, getMessage()));
  }

  /** A size for people, in MB of 2^20 bytes. */
  public static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }
}
