package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomCropTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final int BYTES = ROWS * COLUMNS * 3;
  private static final Offset<Float> CLOSE = within(2e-6f);

  /** Two images; the second one has the byte 37y + 91x + 53c + 11xy(c + 1) at (y, x, c). */
  private static ImageSet images() {
    byte[] pixels = new byte[2 * BYTES];
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        for (int c = 0; c < 3; c++) {
          pixels[BYTES + (y * COLUMNS + x) * 3 + c] =
              (byte) (37 * y + 91 * x + 53 * c + 11 * x * y * (c + 1));
        }
      }
    }
    return new ImageSet(1, 3, ROWS, COLUMNS, pixels, new int[2]);
  }

  /** Decisions whose part is 3x4 with its corner at (1, 2). */
  private static long decisions() {
    for (long decisions = 0; decisions < 1_000_000; decisions++) {
      int attempt = RandomCrop.attempt(decisions, ROWS, COLUMNS);
      int rows = RandomCrop.rows(decisions, attempt, ROWS, COLUMNS);
      int columns = RandomCrop.columns(decisions, attempt, ROWS, COLUMNS);
      if (rows == 3
          && columns == 4
          && RandomCrop.top(decisions, attempt, ROWS, rows) == 1
          && RandomCrop.left(decisions, attempt, COLUMNS, columns) == 2) {
        return decisions;
      }
    }
    throw new AssertionError("No decisions choose this part.");
  }

  /** torchvision 0.14's functional.resized_crop(image, 1, 2, 3, 4, [5, 7]) on floats, bilinear. */
  @Test
  void aPartIsEnlargedLikeThePublishedOne() {
    float[] pixels = new float[2 * BYTES];
    RandomCrop.write(images(), 1, decisions(), false, pixels, BYTES);

    assertRow(
        pixels, BYTES, 0, 0.945098f, 0.235294f, 0.529412f, 0.729412f, 0.393557f, 0.344538f,
        0.384314f, 0.646779f, 0.048739f, 0.541177f, 0.398039f, 0.254902f, 0.698039f, 0.149300f,
        0.532773f, 0.352941f, 0.402521f, 0.810644f, 0.137255f, 0.560784f, 0.984314f);
    assertRow(
        pixels, BYTES, 2, 0.172549f, 0.552941f, 0.933333f, 0.330812f, 0.383473f, 0.794678f,
        0.584034f, 0.112325f, 0.572829f, 0.335294f, 0.343137f, 0.350980f, 0.086555f, 0.573950f,
        0.200840f, 0.339776f, 0.302801f, 0.552661f, 0.498039f, 0.133333f, 0.772549f);
    assertRow(
        pixels, BYTES, 3, 0.311373f, 0.743529f, 0.573333f, 0.478880f, 0.592549f, 0.462409f,
        0.746891f, 0.350980f, 0.284930f, 0.512941f, 0.310196f, 0.408628f, 0.278992f, 0.312437f,
        0.561008f, 0.547003f, 0.415070f, 0.612997f, 0.714510f, 0.479216f, 0.645490f);
    assertRow(
        pixels, BYTES, 4, 0.403922f, 0.870588f, 0.333333f, 0.577591f, 0.731933f, 0.240896f,
        0.855462f, 0.510084f, 0.092997f, 0.631373f, 0.288235f, 0.447059f, 0.407283f, 0.138095f,
        0.801120f, 0.685154f, 0.489916f, 0.653221f, 0.858824f, 0.709804f, 0.560784f);
    assertThat(pixels[BYTES - 1]).isZero();
  }

  /** functional.hflip of the same. */
  @Test
  void aMirroredPartIsTheSameFromRightToLeft() {
    float[] pixels = new float[BYTES];
    RandomCrop.write(images(), 1, decisions(), true, pixels, 0);

    assertRow(
        pixels, 0, 0, 0.137255f, 0.560784f, 0.984314f, 0.352941f, 0.402521f, 0.810644f, 0.698039f,
        0.149300f, 0.532773f, 0.541177f, 0.398039f, 0.254902f, 0.384314f, 0.646779f, 0.048739f,
        0.729412f, 0.393557f, 0.344538f, 0.945098f, 0.235294f, 0.529412f);
    assertRow(
        pixels, 0, 4, 0.858824f, 0.709804f, 0.560784f, 0.685154f, 0.489916f, 0.653221f, 0.407283f,
        0.138095f, 0.801120f, 0.631373f, 0.288235f, 0.447059f, 0.855462f, 0.510084f, 0.092997f,
        0.577591f, 0.731933f, 0.240896f, 0.403922f, 0.870588f, 0.333333f);
  }

  private static void assertRow(float[] pixels, int start, int row, float... expected) {
    int from = start + row * COLUMNS * 3;
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels[from + i]).as("value %d of row %d", i, row).isCloseTo(expected[i], CLOSE);
    }
    assertThat(expected).hasSize(COLUMNS * 3);
  }

  /** torchvision 0.14's RandomResizedCrop.get_params, from its fallback on. */
  @ParameterizedTest
  @CsvSource({
    "224, 224, 0, 0, 224, 224",
    "90, 5, 41, 0, 7, 5",
    "5, 90, 0, 41, 5, 7",
    "21, 7, 6, 0, 9, 7",
    "40, 30, 0, 0, 40, 30"
  })
  void whereNoTryFitsTheMiddleIsTaken(
      int height, int width, int top, int left, int rows, int columns) {
    int none = RandomCrop.attempt(0, 1, 1000);
    assertThat(RandomCrop.rows(0, none, height, width)).isEqualTo(rows);
    assertThat(RandomCrop.columns(0, none, height, width)).isEqualTo(columns);
    assertThat(RandomCrop.top(0, none, height, rows)).isEqualTo(top);
    assertThat(RandomCrop.left(0, none, width, columns)).isEqualTo(left);
  }

  /**
   * Means and deviations of 200,000 draws of torchvision 0.14's RandomResizedCrop.get_params for
   * 224x224 (seed 0): top 36.8 and 32.6, left 36.9 and 32.7, rows 150.2 and 42.3, columns 150.2 and
   * 42.4, area 0.480 of the whole; the least side 55.
   */
  @Test
  void partsAreSpreadLikeThePublishedOnes() {
    int draws = 100_000;
    double[] sums = new double[5];
    double[] squares = new double[5];
    int least = 224;
    for (int image = 0; image < draws; image++) {
      long decisions = Bits.of(3, 2, image);
      int attempt = RandomCrop.attempt(decisions, 224, 224);
      int rows = RandomCrop.rows(decisions, attempt, 224, 224);
      int columns = RandomCrop.columns(decisions, attempt, 224, 224);
      int top = RandomCrop.top(decisions, attempt, 224, rows);
      int left = RandomCrop.left(decisions, attempt, 224, columns);
      assertThat(top).isBetween(0, 224 - rows);
      assertThat(left).isBetween(0, 224 - columns);
      least = Math.min(least, Math.min(rows, columns));
      double[] figures = {top, left, rows, columns, rows * columns / (224.0 * 224)};
      for (int i = 0; i < figures.length; i++) {
        sums[i] += figures[i];
        squares[i] += figures[i] * figures[i];
      }
    }
    double[] means = {36.85, 36.92, 150.21, 150.20, 0.4798};
    double[] deviations = {32.57, 32.70, 42.35, 42.44};
    for (int i = 0; i < means.length; i++) {
      double mean = sums[i] / draws;
      assertThat(mean).isCloseTo(means[i], within(0.01 * means[i]));
      if (i < deviations.length) {
        double deviation = Math.sqrt(squares[i] / draws - mean * mean);
        assertThat(deviation).isCloseTo(deviations[i], within(0.01 * deviations[i]));
      }
    }
    assertThat(least).isBetween(55, 57);
  }
}
