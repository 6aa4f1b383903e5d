package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PixelNoiseTest {
  private static final int SIDE = 32;
  private static final int SIZE = 3 * SIDE * SIDE;
  private static final Normalisation NORMALISATION =
      new Normalisation(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.2f, 0.25f, 0.3f});

  private static ImageSet images(int grey, int count) {
    byte[] pixels = new byte[count * SIZE];
    Arrays.fill(pixels, (byte) grey);
    return new ImageSet(10, 3, SIDE, SIDE, pixels, new int[count]);
  }

  private static float[] noisy(ImageSet images, int from, int to, double sigma, long seed) {
    float[] pixels = new float[(to - from) * SIZE];
    new PixelNoise(sigma, seed).fill(images, NORMALISATION, from, to, pixels);
    return pixels;
  }

  @Test
  void noiseHasItsDeviationAndIsNormalWhereNothingIsCutOff() {
    ImageSet images = images(128, 20);
    float[] pixels = noisy(images, 0, 20, 0.08, 1);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      double value = pixels[i] * NORMALISATION.std()[channel] + NORMALISATION.mean()[channel];
      double off = (value - 128 / 255.0) / 0.08;
      sum += off;
      squares += off * off;
      fourth += Math.pow(off, 4);
    }
    int n = pixels.length;
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
    assertThat(fourth / n).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
  }

  @Test
  void nothingIsDarkerThanBlackOrBrighterThanWhite() {
    for (int grey : new int[] {0, 255}) {
      float[] pixels = noisy(images(grey, 2), 0, 2, 0.18, 1);
      int cut = 0;
      for (int i = 0; i < pixels.length; i++) {
        int c = i % 3;
        float black = (0 - NORMALISATION.mean()[c]) / NORMALISATION.std()[c];
        float white = (1 - NORMALISATION.mean()[c]) / NORMALISATION.std()[c];
        assertThat(pixels[i]).isBetween(black - 1e-5f, white + 1e-5f);
        cut += Math.abs(pixels[i] - (grey == 0 ? black : white)) < 1e-5f ? 1 : 0;
      }
      assertThat(cut / (double) pixels.length).isCloseTo(0.5, within(0.03));
    }
  }

  @Test
  void anImageHasItsOwnNoiseWhateverBatchItIsIn() {
    ImageSet images = images(100, 9);
    float[] all = noisy(images, 0, 9, 0.08, 4);
    assertThat(noisy(images, 4, 7, 0.08, 4)).isEqualTo(Arrays.copyOfRange(all, 4 * SIZE, 7 * SIZE));
    assertThat(Arrays.copyOfRange(all, 0, SIZE))
        .isNotEqualTo(Arrays.copyOfRange(all, SIZE, 2 * SIZE));
    assertThat(noisy(images, 0, 9, 0.08, 5)).isNotEqualTo(all);
  }

  @Test
  void noNoiseOrTooMuchIsAMistake() {
    for (double sigma : new double[] {0, -1, Double.NaN, 11}) {
      assertThatThrownBy(() -> new PixelNoise(sigma, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be above 0");
    }
  }
}
