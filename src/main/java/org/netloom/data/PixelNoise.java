package org.netloom.data;

/**
 * Gaussian noise on pixels scaled to [0, 1], cut off at 0 and 1 and normalised afterwards: how much
 * of its accuracy a network keeps (Knyazev et al. 2021, section 5; 0.08 on CIFAR-10, 0.18 on
 * ImageNet). The noise of an image depends only on the seed and its index in its set, so that every
 * network sees the same images.
 *
 * @param sigma standard deviation of the noise before it is cut off
 */
public record PixelNoise(double sigma, long seed) {

  public PixelNoise {
    if (!(sigma > 0 && sigma <= 10)) {
      throw new IllegalArgumentException(
          "Noise (%s) must be above 0 and at most 10.".formatted(sigma));
    }
  }

  /**
   * Noisy images {@code from} to {@code to} - 1.
   *
   * @param pixels receives [to - from, height, width, channels]
   */
  public void fill(ImageSet images, Normalisation normalisation, int from, int to, float[] pixels) {
    float[] mean = normalisation.mean();
    float[] std = normalisation.std();
    byte[] source = images.pixels();
    int size = images.imageBytes();
    for (int image = from; image < to; image++) {
      int start = (image - from) * size;
      for (int i = 0; i < size; i += 2) {
        long bits = Bits.of(seed, image, i);
        // Box and Muller 1958: two normal numbers from two uniform ones of 24 bits, the first above
        // 0. Strict functions give the same images on every machine.
        double length = Math.sqrt(-2 * StrictMath.log(((bits >>> 40) + 1) * 0x1p-24));
        double angle = 2 * Math.PI * (bits & 0xffffff) * 0x1p-24;
        pixels[start + i] =
            noisy(source, image * size + i, length * StrictMath.cos(angle), mean, std);
        if (i + 1 < size) {
          pixels[start + i + 1] =
              noisy(source, image * size + i + 1, length * StrictMath.sin(angle), mean, std);
        }
      }
    }
  }

  private float noisy(byte[] source, int at, double normal, float[] mean, float[] std) {
    int channel = at % mean.length;
    double value = Math.clamp((source[at] & 0xff) / 255.0 + sigma * normal, 0.0, 1.0);
    return (float) ((value - mean[channel]) / std[channel]);
  }
}
