package org.netloom.data;

/**
 * A surface of two colours and a pattern that says how they mix, 0 to 255 at each pixel: waves
 * along one direction, two crossed waves, or smooth noise.
 */
final class Texture {
  private static final int LATTICE = 12;
  private static final int TURN = 1 << 16;

  private final int[] base;
  private final int[] change;
  private final boolean noise;
  private final boolean crossed;
  private final int alongX;
  private final int alongY;
  private final int phase;
  private final int[] lattice = new int[LATTICE * LATTICE];

  /**
   * A random pattern.
   *
   * @param base red, green, blue, 0 to 255
   * @param contrast largest difference per channel between the two colours
   */
  Texture(ImageRandom random, int[] base, int contrast) {
    this.base = base;
    this.change = new int[base.length];
    for (int c = 0; c < base.length; c++) {
      change[c] = random.between(-contrast, contrast);
    }
    int kind = random.below(4);
    this.noise = kind == 0;
    this.crossed = kind == 1;
    // waves of 5 to 11 pixels, of which the last kind is so long that it is a gradient
    double period = kind == 3 ? random.between(48.0, 80.0) : random.between(5.0, 11.0);
    double angle = random.between(0, 2 * StrictMath.PI);
    double cell = random.between(3.5, 8.0);
    this.alongX = (int) (TURN / (noise ? cell : period) * (noise ? 1 : StrictMath.cos(angle)));
    this.alongY = (int) (TURN / (noise ? cell : period) * (noise ? 1 : StrictMath.sin(angle)));
    this.phase = random.below(TURN);
    if (noise) {
      for (int i = 0; i < lattice.length; i++) {
        lattice[i] = random.below(256);
      }
    }
  }

  /** Of the second colour at a pixel, 0 to 255. */
  int mixture(int x, int y) {
    if (noise) {
      return smoothNoise(x * alongX, y * alongY);
    }
    int wave = wave(x * alongX + y * alongY + phase);
    return crossed ? (wave + wave(x * alongY - y * alongX)) / 2 : wave;
  }

  /** The value of a channel for a mixture, in 1/256. */
  int colour(int channel, int mixture) {
    return base[channel] * 256 + change[channel] * mixture;
  }

  /** A triangular wave. */
  private static int wave(int turns) {
    int part = turns & (TURN - 1);
    return Math.min(part, TURN - 1 - part) >> 7;
  }

  private int smoothNoise(int u, int v) {
    int column = u >> 16;
    int row = v >> 16;
    int fx = u >> 8 & 0xff;
    int fy = v >> 8 & 0xff;
    int at = row * LATTICE + column;
    int top = lattice[at] * (256 - fx) + lattice[at + 1] * fx;
    int bottom = lattice[at + LATTICE] * (256 - fx) + lattice[at + LATTICE + 1] * fx;
    return (top * (256 - fy) + bottom * fy) >> 16;
  }
}
