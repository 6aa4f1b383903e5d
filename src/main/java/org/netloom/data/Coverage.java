package org.netloom.data;

import java.util.Arrays;

/**
 * How much of each pixel of a square image an outline covers, 0 to {@link #FULL}: exact along x (in
 * 1/256 of a pixel) on four lines per row of pixels.
 */
final class Coverage {
  private static final int LINES = 4;
  private static final int UNIT = 256;
  private static final int MAX_CROSSINGS = 16;

  /** The value of a pixel that is covered as a whole. */
  static final int FULL = LINES * UNIT;

  private final int side;
  private final int[] cover;
  private final int[][] crossings;
  private final int[] counts;

  Coverage(int side) {
    this.side = side;
    this.cover = new int[side * side];
    this.crossings = new int[side * LINES][MAX_CROSSINGS];
    this.counts = new int[side * LINES];
  }

  /** Coverage of the pixel in column {@code x} of row {@code y}. */
  int at(int x, int y) {
    return cover[y * side + x];
  }

  /**
   * Where the unit square of an outline goes: its x axis to ({@code xx}, {@code xy}) and its y axis
   * to ({@code yx}, {@code yy}), in pixels, around ({@code x}, {@code y}).
   */
  record Placement(double x, double y, double xx, double xy, double yx, double yy) {

    /** Turned by {@code angle} after scaling by {@code a} along x and {@code b} along y. */
    static Placement of(double x, double y, double a, double b, double angle) {
      double cosine = StrictMath.cos(angle);
      double sine = StrictMath.sin(angle);
      return new Placement(x, y, a * cosine, a * sine, -b * sine, b * cosine);
    }
  }

  /** Replaces the coverage by that of an outline. */
  void draw(Outline outline, Placement place) {
    Arrays.fill(cover, 0);
    Arrays.fill(counts, 0);
    for (double[] loop : outline.loops()) {
      int last = loop.length - 2;
      double x0 = place.x + place.xx * loop[last] + place.yx * loop[last + 1];
      double y0 = place.y + place.xy * loop[last] + place.yy * loop[last + 1];
      for (int i = 0; i < loop.length; i += 2) {
        double x1 = place.x + place.xx * loop[i] + place.yx * loop[i + 1];
        double y1 = place.y + place.xy * loop[i] + place.yy * loop[i + 1];
        if (y0 < y1) {
          edge(x0, y0, x1, y1);
        } else {
          edge(x1, y1, x0, y0);
        }
        x0 = x1;
        y0 = y1;
      }
    }
    for (int line = 0; line < counts.length; line++) {
      Arrays.sort(crossings[line], 0, counts[line]);
      for (int i = 0; i + 1 < counts[line]; i += 2) {
        span(line / LINES * side, crossings[line][i], crossings[line][i + 1]);
      }
    }
  }

  /** Notes where a downward edge crosses the lines; line k lies at y = (k + 0.5) / LINES. */
  private void edge(double x0, double y0, double x1, double y1) {
    int first = Math.max(0, (int) StrictMath.ceil(y0 * LINES - 0.5));
    int end = Math.min(counts.length, (int) StrictMath.ceil(y1 * LINES - 0.5));
    double slope = end > first ? (x1 - x0) / (y1 - y0) : 0;
    for (int line = first; line < end; line++) {
      double x = x0 + ((line + 0.5) / LINES - y0) * slope;
      int fixed = (int) StrictMath.rint(x * UNIT);
      crossings[line][counts[line]++] = Math.clamp(fixed, 0, side * UNIT);
    }
  }

  private void span(int row, int from, int to) {
    int first = from / UNIT;
    int last = to / UNIT;
    if (first == last) {
      if (first < side) {
        cover[row + first] += to - from;
      }
      return;
    }
    cover[row + first] += (first + 1) * UNIT - from;
    for (int x = first + 1; x < last; x++) {
      cover[row + x] += UNIT;
    }
    if (last < side) {
      cover[row + last] += to - last * UNIT;
    }
  }
}
