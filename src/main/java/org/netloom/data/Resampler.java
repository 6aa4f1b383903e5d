package org.netloom.data;

/**
 * Resizes RGB images with a triangle filter: linear interpolation when enlarging, and when
 * shrinking the filter widens with the scale so that nothing aliases. Only IEEE additions,
 * multiplications and divisions in a fixed order, so that bytes are the same on every machine.
 */
final class Resampler {
  private static final int CHANNELS = Pixels.CHANNELS;

  private Resampler() {}

  /**
   * Writes {@code source} [height, width, 3], resized to [toHeight, toWidth, 3], from {@code start}
   * of {@code target} on.
   */
  static void resize(
      byte[] source, int height, int width, byte[] target, int start, int toHeight, int toWidth) {
    if (height == toHeight && width == toWidth) {
      System.arraycopy(source, 0, target, start, source.length);
      return;
    }
    Weights across = Weights.of(width, toWidth);
    Weights down = Weights.of(height, toHeight);
    double[] narrowed = new double[height * toWidth * CHANNELS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < toWidth; x++) {
        double[] weights = across.weights[x];
        for (int c = 0; c < CHANNELS; c++) {
          double sum = 0;
          for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * (source[(y * width + across.first[x] + k) * CHANNELS + c] & 0xff);
          }
          narrowed[(y * toWidth + x) * CHANNELS + c] = sum;
        }
      }
    }
    int row = toWidth * CHANNELS;
    for (int y = 0; y < toHeight; y++) {
      double[] weights = down.weights[y];
      for (int i = 0; i < row; i++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * narrowed[(down.first[y] + k) * row + i];
        }
        target[start + y * row + i] = (byte) (int) Math.min(255, sum + 0.5);
      }
    }
  }

  /** For each output place the first input place and the weights from there on. */
  private record Weights(int[] first, double[][] weights) {

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(1, scale);
      int[] first = new int[to];
      double[][] weights = new double[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int begin = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(from, (int) (centre + support + 0.5));
        double[] row = new double[end - begin];
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
          row[k] = Math.max(0, 1 - Math.abs(begin + k + 0.5 - centre) / support);
          sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
          row[k] /= sum;
        }
        first[i] = begin;
        weights[i] = row;
      }
      return new Weights(first, weights);
    }
  }
}
