package org.netloom.tensor;

/**
 * How an arena's memory is cut: multiples of a piece are borders that no value lies across, because
 * one array of a device can hold no more.
 *
 * @param floats length of a piece, a multiple of 16
 * @param limits what the device has, for people
 */
public record Pieces(long floats, String limits) {
  /** Memory in one piece. */
  public static final Pieces ONE = new Pieces(Long.MAX_VALUE / 2, "");

  /**
   * First place from {@code at} on where so many values lie in one piece.
   *
   * @throws ShapeException if a piece is too small for them
   */
  public long fit(long at, long size) {
    if (size > floats) {
      throw new ShapeException(
          "A tensor of (%d) MB is larger than a buffer can be: %s.%n  Maybe a smaller batch, or --backend cpu?"
              .formatted(size * Float.BYTES >> 20, limits));
    }
    long border = (at / floats + 1) * floats;
    return at + size <= border ? at : border;
  }
}
