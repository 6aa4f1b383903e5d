package org.netloom.data;

import org.netloom.config.InputException;

/** The storage of images that readers fill: RGB bytes, images one after the other. */
final class Pixels {
  static final int CHANNELS = 3;

  private Pixels() {}

  /**
   * An array for {@code count} images.
   *
   * @throws InputException if they do not fit into one array
   */
  static byte[] allocate(String source, long count, int height, int width) {
    long bytes = count * height * width * CHANNELS;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new InputException(
          ("%s: too many pixels: %d images of %dx%d in RGB are %d bytes; allowed are %d.\n"
                  + "  Maybe choose a smaller input size or fewer images.")
              .formatted(source, count, height, width, bytes, Integer.MAX_VALUE - 8));
    }
    return new byte[(int) bytes];
  }

  /** Writes grey values as equal red, green and blue from {@code target} on. */
  static void repeatGrey(byte[] grey, int from, int count, byte[] rgb, int target) {
    int at = target;
    for (int i = from; i < from + count; i++) {
      rgb[at++] = grey[i];
      rgb[at++] = grey[i];
      rgb[at++] = grey[i];
    }
  }
}
