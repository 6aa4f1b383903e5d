package org.netloom.data;

/**
 * The usual view of photographs for networks of 224x224: the shorter side is brought to 256, the
 * longer one in proportion (rounded down), and the middle 224x224 are kept. Where the margin is
 * odd, its half is rounded to the even number, as torchvision does.
 */
final class CentreCrop {
  /** Rows and columns that are kept. */
  static final int SIDE = 224;

  private static final int SHORTER = 256;

  private CentreCrop() {}

  /** Writes the view of {@code source} [height, width, 3] from {@code start} of target on. */
  static void view(byte[] source, int height, int width, byte[] target, int start) {
    int shorter = Math.min(height, width);
    int rows = (int) ((long) SHORTER * height / shorter);
    int columns = (int) ((long) SHORTER * width / shorter);
    byte[] resized = new byte[rows * columns * Pixels.CHANNELS];
    Resampler.resize(source, height, width, resized, 0, rows, columns);
    int top = (int) Math.rint((rows - SIDE) / 2.0);
    int left = (int) Math.rint((columns - SIDE) / 2.0);
    int row = SIDE * Pixels.CHANNELS;
    for (int y = 0; y < SIDE; y++) {
      int from = ((top + y) * columns + left) * Pixels.CHANNELS;
      System.arraycopy(resized, from, target, start + y * row, row);
    }
  }
}
