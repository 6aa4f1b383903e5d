package org.netloom.data;

/**
 * Random changes of colours, in random order: brightness, contrast and saturation times 0.6 to 1.4,
 * hue turned by up to a fifth of the circle either way (Krizhevsky, "One weird trick for
 * parallelizing convolutional neural networks", 2014, in the form and with the formulas of
 * torchvision's ColorJitter on floats). Images are [pixels, 3], red, green and blue in [0, 1]; each
 * change ends with values cut off at 0 and 1.
 */
final class ColourJitter {
  private static final double STRENGTH = 0.4;
  private static final double TURN = 0.2;
  private static final int ORDER_BITS = 6;
  private static final int FACTOR_BITS = 10;
  private static final int CHANNELS = Pixels.CHANNELS;

  private ColourJitter() {}

  /** What is changed. */
  enum Change {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE;

    private static final Change[] ALL = values();

    /** The factor of the change, or the part of a circle that hues are turned by. */
    float amount(long decisions) {
      double middle = this == HUE ? 0 : 1;
      double spread = this == HUE ? TURN : STRENGTH;
      long bits = Bits.mix(decisions + FACTOR_BITS + ordinal());
      return (float) Bits.between(bits, middle - spread, middle + spread);
    }

    /** Place among the four changes, 0 for the first one. */
    int place(long decisions) {
      int place = 0;
      for (Change other : ALL) {
        place += other != this && other.order(decisions) < order(decisions) ? 1 : 0;
      }
      return place;
    }

    private long order(long decisions) {
      return Bits.mix(decisions + ORDER_BITS + ordinal());
    }

    /** Changes values {@code from} to {@code to} - 1, whole pixels. */
    void apply(float amount, float[] pixels, int from, int to) {
      switch (this) {
        case BRIGHTNESS -> blend(amount, pixels, from, to, 0);
        case CONTRAST -> blend(amount, pixels, from, to, meanGrey(pixels, from, to));
        case SATURATION -> saturate(amount, pixels, from, to);
        case HUE -> turn(amount, pixels, from, to);
      }
    }
  }

  /** Changes values {@code from} to {@code to} - 1, one image, as its decisions say. */
  static void apply(long decisions, float[] pixels, int from, int to) {
    for (int place = 0; place < Change.ALL.length; place++) {
      for (Change change : Change.ALL) {
        if (change.place(decisions) == place) {
          change.apply(change.amount(decisions), pixels, from, to);
        }
      }
    }
  }

  /** Moves values away from {@code other}, or towards it where the factor is below 1. */
  private static void blend(float factor, float[] pixels, int from, int to, float other) {
    float rest = (1 - factor) * other;
    for (int i = from; i < to; i++) {
      pixels[i] = clip(factor * pixels[i] + rest);
    }
  }

  private static void saturate(float factor, float[] pixels, int from, int to) {
    for (int i = from; i < to; i += CHANNELS) {
      float rest = (1 - factor) * grey(pixels, i);
      for (int c = 0; c < CHANNELS; c++) {
        pixels[i + c] = clip(factor * pixels[i + c] + rest);
      }
    }
  }

  private static float meanGrey(float[] pixels, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i += CHANNELS) {
      sum += grey(pixels, i);
    }
    return (float) (sum / ((to - from) / CHANNELS));
  }

  private static float grey(float[] pixels, int at) {
    return 0.2989f * pixels[at] + 0.587f * pixels[at + 1] + 0.114f * pixels[at + 2];
  }

  /** By way of hue, saturation and value; each sixth of the circle has its own formula. */
  private static void turn(float turn, float[] pixels, int from, int to) {
    for (int i = from; i < to; i += CHANNELS) {
      float red = pixels[i];
      float green = pixels[i + 1];
      float blue = pixels[i + 2];
      float value = Math.max(red, Math.max(green, blue));
      float range = value - Math.min(red, Math.min(green, blue));
      if (range == 0) {
        continue;
      }
      float saturation = range / value;
      float sixths = 6 * fraction(hue(red, green, blue, value, range) / 6 + 1 + turn);
      int sixth = (int) sixths;
      float within = sixths - sixth;
      float low = clip(value * (1 - saturation));
      float falling = clip(value * (1 - saturation * within));
      float rising = clip(value * (1 - saturation * (1 - within)));
      switch (sixth) {
        case 1 -> set(pixels, i, falling, value, low);
        case 2 -> set(pixels, i, low, value, rising);
        case 3 -> set(pixels, i, low, falling, value);
        case 4 -> set(pixels, i, rising, low, value);
        case 5 -> set(pixels, i, value, low, falling);
        // 0, and 6 where a fraction was rounded up to 1
        default -> set(pixels, i, value, rising, low);
      }
    }
  }

  /** In sixths of the circle from red, -1 to 5. */
  private static float hue(float red, float green, float blue, float value, float range) {
    if (value == red) {
      return (green - blue) / range;
    }
    return value == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  }

  private static float fraction(float x) {
    return x - (float) Math.floor(x);
  }

  private static void set(float[] pixels, int at, float red, float green, float blue) {
    pixels[at] = red;
    pixels[at + 1] = green;
    pixels[at + 2] = blue;
  }

  private static float clip(float x) {
    return Math.min(1, Math.max(0, x));
  }
}
