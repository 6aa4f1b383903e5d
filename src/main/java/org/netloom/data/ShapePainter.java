package org.netloom.data;

import java.util.List;

/**
 * Paints one image of {@link Shapes10} after the other: a textured ground with a few specks, the
 * textured shape with random size, place, turn and stretch, often something that hides a part of
 * it, and noise. The shape is lighter than the ground; colours are independent of the class. Holds
 * scratch memory, hence for one thread.
 */
final class ShapePainter {
  static final int SIDE = 32;

  private static final int CHANNELS = Pixels.CHANNELS;
  private static final int GROUND_CONTRAST = 25;
  private static final int SHAPE_CONTRAST = 20;
  private static final int LEAST_COLOUR_DISTANCE = 100;
  private static final int OCCLUSION_PERCENT = 30;

  private static final double MAX_TURN = StrictMath.PI / 6;

  private final List<Outline> outlines = Outline.classes();
  private final Outline disc = Outline.disc();
  private final Coverage coverage = new Coverage(SIDE);
  private final int[] canvas = new int[SIDE * SIDE * CHANNELS];

  /** Paints an image of class {@code label} from {@code start} of {@code pixels} on. */
  void paint(int label, ImageRandom random, byte[] pixels, int start) {
    int[] one = colour(random);
    int[] other = colourFarFrom(one, random);
    boolean swapped = lightness(one) > lightness(other);
    int[] groundColour = swapped ? other : one;
    int[] shapeColour = swapped ? one : other;
    ground(new Texture(random, groundColour, GROUND_CONTRAST));
    int specks = random.below(4);
    for (int i = 0; i < specks; i++) {
      speck(random);
    }
    shape(outlines.get(label), new Texture(random, shapeColour, SHAPE_CONTRAST), random);
    finish(random, pixels, start);
  }

  private void ground(Texture texture) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int mixture = texture.mixture(x, y);
        for (int c = 0; c < CHANNELS; c++) {
          canvas[(y * SIDE + x) * CHANNELS + c] = texture.colour(c, mixture);
        }
      }
    }
  }

  private void speck(ImageRandom random) {
    double x = random.between(0.0, SIDE);
    double y = random.between(0.0, SIDE);
    double radius = random.between(1.0, 2.2);
    coverage.draw(disc, Coverage.Placement.of(x, y, radius, radius, 0));
    blend(new Texture(random, colour(random), SHAPE_CONTRAST));
  }

  private void shape(Outline outline, Texture texture, ImageRandom random) {
    double radius = random.between(9.0, 13.0);
    double slack = SIDE / 2.0 - 0.95 * radius;
    double x = SIDE / 2.0 + random.between(-slack, slack);
    double y = SIDE / 2.0 + random.between(-slack, slack);
    double stretch = random.between(0.85, 1.0);
    double angle = random.between(-MAX_TURN, MAX_TURN);
    boolean along = random.happens(50);
    coverage.draw(
        outline,
        Coverage.Placement.of(
            x, y, along ? radius : radius * stretch, along ? radius * stretch : radius, angle));
    blend(texture);
    if (random.happens(OCCLUSION_PERCENT)) {
      occlude(x, y, radius, random);
    }
  }

  /** A bar across the whole image or a disc, near the middle or the border of the shape. */
  private void occlude(double x, double y, double radius, ImageRandom random) {
    double turn = random.between(0, 2 * StrictMath.PI);
    double away = random.between(0.2, 1.0) * radius;
    double cx = x + away * StrictMath.cos(turn);
    double cy = y + away * StrictMath.sin(turn);
    if (random.happens(50)) {
      double size = random.between(2.5, 6.5);
      coverage.draw(disc, Coverage.Placement.of(cx, cy, size, size, 0));
    } else {
      double angle = random.between(0, 2 * StrictMath.PI);
      double halfWidth = random.between(0.8, 2.5);
      coverage.draw(Outline.bar(1, 1), Coverage.Placement.of(cx, cy, 2 * SIDE, halfWidth, angle));
    }
    blend(new Texture(random, colour(random), SHAPE_CONTRAST));
  }

  private void blend(Texture texture) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int cover = coverage.at(x, y);
        if (cover > 0) {
          int mixture = texture.mixture(x, y);
          for (int c = 0; c < CHANNELS; c++) {
            int at = (y * SIDE + x) * CHANNELS + c;
            int difference = texture.colour(c, mixture) - canvas[at];
            canvas[at] += difference * cover / Coverage.FULL;
          }
        }
      }
    }
  }

  /** Adds noise, the sum of three bytes per channel, and rounds to bytes. */
  private void finish(ImageRandom random, byte[] pixels, int start) {
    int strength = random.between(6, 18);
    for (int i = 0; i < canvas.length; i += CHANNELS) {
      long first = random.next();
      long second = random.next();
      for (int c = 0; c < CHANNELS; c++) {
        int noise =
            (int) (first >>> 16 * c & 0xff)
                + (int) (first >>> 16 * c + 8 & 0xff)
                + (int) (second >>> 16 * c & 0xff)
                + (int) (second >>> 16 * c + 8 & 0xff)
                - 510;
        int value = canvas[i + c] + noise * strength / 2 + 128 >> 8;
        pixels[start + i + c] = (byte) Math.clamp(value, 0, 255);
      }
    }
  }

  private static int[] colour(ImageRandom random) {
    return new int[] {random.between(20, 235), random.between(20, 235), random.between(20, 235)};
  }

  /** Roughly how light a colour looks, from 0 to 2550. */
  private static int lightness(int[] colour) {
    return 3 * colour[0] + 6 * colour[1] + colour[2];
  }

  private static int[] colourFarFrom(int[] other, ImageRandom random) {
    int[] colour = colour(random);
    while (squaredDistance(colour, other) < LEAST_COLOUR_DISTANCE * LEAST_COLOUR_DISTANCE) {
      colour = colour(random);
    }
    return colour;
  }

  private static int squaredDistance(int[] a, int[] b) {
    int sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
  }
}
