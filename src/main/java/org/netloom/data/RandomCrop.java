package org.netloom.data;

/**
 * A part of random size and shape, brought to the size of the whole: 8 to 100 % of the area, sides
 * of 3:4 to 4:3, anywhere in the image (Szegedy et al., "Going deeper with convolutions", 2015;
 * rules and figures are torchvision's). Ten parts are tried, the first that fits is taken; if none
 * does, the largest one in the middle whose sides have an allowed ratio.
 *
 * <p>Everything is a function of an image's decisions, so that nothing has to be kept.
 */
final class RandomCrop {
  private static final int TRIES = 10;
  private static final double SMALLEST = 0.08;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;
  private static final double LOG_NARROWEST = StrictMath.log(NARROWEST);
  private static final double LOG_WIDEST = StrictMath.log(WIDEST);
  private static final int BITS = 16;
  private static final int BITS_OF_A_TRY = 4;
  private static final int CHANNELS = Pixels.CHANNELS;

  private RandomCrop() {}

  /** The first try that fits, counted from 0; {@value #TRIES} if none does. */
  static int attempt(long decisions, int height, int width) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int rows = drawnRows(decisions, attempt, height, width);
      int columns = drawnColumns(decisions, attempt, height, width);
      if (rows > 0 && rows <= height && columns > 0 && columns <= width) {
        return attempt;
      }
    }
    return TRIES;
  }

  /** Rows of the part. */
  static int rows(long decisions, int attempt, int height, int width) {
    if (attempt < TRIES) {
      return drawnRows(decisions, attempt, height, width);
    }
    double ratio = (double) width / height;
    return ratio < NARROWEST ? (int) Math.rint(width / NARROWEST) : height;
  }

  /** Columns of the part. */
  static int columns(long decisions, int attempt, int height, int width) {
    if (attempt < TRIES) {
      return drawnColumns(decisions, attempt, height, width);
    }
    double ratio = (double) width / height;
    return ratio > WIDEST ? (int) Math.rint(height * WIDEST) : width;
  }

  /** First row of a part of so many. */
  static int top(long decisions, int attempt, int height, int rows) {
    return place(decisions, attempt, 2, height - rows);
  }

  /** First column of a part of so many. */
  static int left(long decisions, int attempt, int width, int columns) {
    return place(decisions, attempt, 3, width - columns);
  }

  private static int place(long decisions, int attempt, int which, int room) {
    return attempt < TRIES ? Bits.below(bits(decisions, attempt, which), room + 1) : room / 2;
  }

  private static int drawnRows(long decisions, int attempt, int height, int width) {
    double area = area(decisions, attempt, height, width);
    return (int) Math.rint(Math.sqrt(area / ratio(decisions, attempt)));
  }

  private static int drawnColumns(long decisions, int attempt, int height, int width) {
    double area = area(decisions, attempt, height, width);
    return (int) Math.rint(Math.sqrt(area * ratio(decisions, attempt)));
  }

  private static double area(long decisions, int attempt, int height, int width) {
    return (double) height * width * Bits.between(bits(decisions, attempt, 0), SMALLEST, 1);
  }

  private static double ratio(long decisions, int attempt) {
    return StrictMath.exp(Bits.between(bits(decisions, attempt, 1), LOG_NARROWEST, LOG_WIDEST));
  }

  private static long bits(long decisions, int attempt, int which) {
    return Bits.mix(decisions + BITS + BITS_OF_A_TRY * attempt + which);
  }

  /**
   * Writes the part that the decisions choose, enlarged by linear interpolation between the centres
   * of pixels.
   *
   * @param pixels receives [height, width, 3] in [0, 1] from {@code target} on
   */
  static void write(
      ImageSet images, int image, long decisions, boolean mirrored, float[] pixels, int target) {
    int height = images.height();
    int width = images.width();
    int attempt = attempt(decisions, height, width);
    int rows = rows(decisions, attempt, height, width);
    int columns = columns(decisions, attempt, height, width);
    int top = top(decisions, attempt, height, rows);
    int left = left(decisions, attempt, width, columns);
    int corner = image * images.imageBytes() + (top * width + left) * CHANNELS;
    byte[] source = images.pixels();
    float down = (float) rows / height;
    float across = (float) columns / width;
    int step = mirrored ? -CHANNELS : CHANNELS;
    for (int y = 0; y < height; y++) {
      float row = Math.max(0f, (y + 0.5f) * down - 0.5f);
      int upper = Math.min(rows - 1, (int) row);
      int below = upper + 1 < rows ? width * CHANNELS : 0;
      int at = target + (y * width + (mirrored ? width - 1 : 0)) * CHANNELS;
      for (int x = 0; x < width; x++) {
        float column = Math.max(0f, (x + 0.5f) * across - 0.5f);
        int first = Math.min(columns - 1, (int) column);
        int beside = first + 1 < columns ? CHANNELS : 0;
        int from = corner + (upper * width + first) * CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
          float above = between(source, from + c, beside, column - first);
          float under = between(source, from + below + c, beside, column - first);
          pixels[at + c] = (above + (row - upper) * (under - above)) / 255f;
        }
        at += step;
      }
    }
  }

  private static float between(byte[] source, int at, int next, float share) {
    int value = source[at] & 0xff;
    return value + share * ((source[at + next] & 0xff) - value);
  }
}
