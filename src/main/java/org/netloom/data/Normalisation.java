package org.netloom.data;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Mean and standard deviation per channel of pixels scaled to [0, 1]; a network sees {@code (pixel
 * / 255 - mean) / std}.
 *
 * @param mean one value per channel
 * @param std one positive value per channel, of the whole population (not of a sample)
 */
public record Normalisation(float[] mean, float[] std) {
  /** The customary figures of ImageNet's training images. */
  public static final Normalisation IMAGENET =
      new Normalisation(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  /** Checks the lengths and that nothing is divided by zero. */
  public Normalisation {
    if (mean.length != std.length) {
      throw new IllegalArgumentException(
          "mean (%s) and std (%s) must have one value per channel each."
              .formatted(Arrays.toString(mean), Arrays.toString(std)));
    }
    for (float value : std) {
      if (!(value > 0)) {
        throw new IllegalArgumentException(
            "std (%s) must be above 0.".formatted(Arrays.toString(std)));
      }
    }
    mean = mean.clone();
    std = std.clone();
  }

  /**
   * How images are normalised of which these are the training ones. Images of 224x224 are taken for
   * photographs and get the figures of {@link #IMAGENET}, as networks and hypernetworks for that
   * size do everywhere; others get the statistics of their own training images. Sums are exact
   * integers, so that the result does not depend on any order. A channel without variation gets the
   * standard deviation 1.
   */
  public static Normalisation of(ImageSet train) {
    int channels = train.channels();
    if (channels == Pixels.CHANNELS
        && train.height() == CentreCrop.SIDE
        && train.width() == CentreCrop.SIDE) {
      return IMAGENET;
    }
    long[] sum = new long[channels];
    long[] squares = new long[channels];
    byte[] pixels = train.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int value = pixels[i] & 0xff;
      int channel = i % channels;
      sum[channel] += value;
      squares[channel] += (long) value * value;
    }
    long count = (long) train.size() * train.height() * train.width();
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) (sum[c] / (255.0 * count));
      // count^2 * variance; it passes 64 bits from about 40,000 images of 32x32 on
      BigInteger spread =
          BigInteger.valueOf(count)
              .multiply(BigInteger.valueOf(squares[c]))
              .subtract(BigInteger.valueOf(sum[c]).pow(2));
      double deviation = StrictMath.sqrt(spread.doubleValue()) / (255.0 * count);
      std[c] = deviation > 0 ? (float) deviation : 1;
    }
    return new Normalisation(mean, std);
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] std() {
    return std.clone();
  }

  /** What a network sees for each byte: entry [channel * 256 + pixel]. */
  float[] table() {
    float[] table = new float[mean.length * 256];
    for (int c = 0; c < mean.length; c++) {
      for (int pixel = 0; pixel < 256; pixel++) {
        table[c * 256 + pixel] = (pixel / 255f - mean[c]) / std[c];
      }
    }
    return table;
  }
}
