package org.netloom.ghn;

/** The images of the golden cases, by the formula of golden/README.md. */
final class GoldenInputs {
  private static final int SIDE = 32;

  private GoldenInputs() {}

  /** The images that logits belong to. */
  static float[] evaluation() {
    return images(4, 0);
  }

  /** The images of the training step. */
  static float[] training() {
    return images(8, 5);
  }

  /** Drawn in NCHW order, given in NHWC order. */
  private static float[] images(int count, int seed) {
    int positions = SIDE * SIDE;
    float[] y = new float[count * 3 * positions];
    for (int i = 0; i < y.length; i++) {
      int v = (i + seed) * 1664525 + 1013904223;
      v = (v ^ (v >>> 15)) * (int) 2246822519L;
      double x = Integer.toUnsignedLong(v) * 0x1p-32 * 2 - 1;
      int n = i / (3 * positions);
      int c = i / positions % 3;
      y[(n * positions + i % positions) * 3 + c] = (float) x;
    }
    return y;
  }
}
