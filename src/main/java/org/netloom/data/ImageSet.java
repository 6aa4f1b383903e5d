package org.netloom.data;

import java.util.Arrays;

/**
 * Labelled images in memory. The arrays are shared, not copied: whoever holds a set only reads it.
 *
 * @param classes number of classes; labels are 0 to classes - 1
 * @param channels 3 for every reader of this package
 * @param height rows
 * @param width columns
 * @param pixels unsigned bytes [size, height, width, channels]
 * @param labels class of each image [size]
 */
public record ImageSet(
    int classes, int channels, int height, int width, byte[] pixels, int[] labels) {

  /** Checks that the arrays fit together. */
  public ImageSet {
    long expected = (long) labels.length * channels * height * width;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "pixels.length (%d) must be images (%d) * height (%d) * width (%d) * channels (%d)."
              .formatted(pixels.length, labels.length, height, width, channels));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label (%d) of image (%d) must be at least 0 and below classes (%d)."
                .formatted(labels[i], i, classes));
      }
    }
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Class of image {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** Bytes of one image: height * width * channels. */
  public int imageBytes() {
    return height * width * channels;
  }

  /** The first images, at most {@code limit} of them, in file order. */
  public ImageSet first(int limit) {
    if (limit >= size()) {
      return this;
    }
    return new ImageSet(
        classes,
        channels,
        height,
        width,
        Arrays.copyOf(pixels, limit * imageBytes()),
        Arrays.copyOf(labels, limit));
  }
}
