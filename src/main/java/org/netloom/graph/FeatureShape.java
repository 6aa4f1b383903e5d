package org.netloom.graph;

/** Shape of one image's features: channels, height, width. Vectors have height = width = 1. */
public record FeatureShape(int channels, int height, int width) {
  public FeatureShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Features need positive sides, but are (%dx%dx%d).".formatted(channels, height, width));
    }
  }

  /** A vector of n features. */
  public static FeatureShape vector(int n) {
    return new FeatureShape(n, 1, 1);
  }

  /** Number of values. */
  public long size() {
    return (long) channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
