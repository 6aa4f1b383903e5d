package org.netloom.data;

import java.util.List;

/**
 * A flat shape as closed polygons [loop][2 * vertex]: x and y in turn, inside the unit circle
 * around (0, 0). What an odd number of loops encloses is inside, so that a second loop can be a
 * hole.
 */
record Outline(String name, double[][] loops) {
  private static final int CURVE_POINTS = 36;

  /** The ten classes in the order of their labels. */
  static List<Outline> classes() {
    return List.of(
        new Outline("circle", new double[][] {ellipse(0, 0, 0.86, 0.86)}),
        new Outline("ellipse", new double[][] {ellipse(0, 0, 1, 0.5)}),
        new Outline("triangle", new double[][] {star(3, -0.5, 1, 0.5)}),
        new Outline("square", new double[][] {star(4, 0.25, 1, StrictMath.sqrt(0.5))}),
        new Outline("star", new double[][] {star(5, -0.5, 1, 0.42)}),
        new Outline("cross", new double[][] {cross(0.95, 0.3)}),
        new Outline("ring", new double[][] {ellipse(0, 0, 0.9, 0.9), ellipse(0, 0, 0.5, 0.5)}),
        new Outline("crescent", new double[][] {crescent()}),
        new Outline("heart", new double[][] {heart()}),
        new Outline("arrow", new double[][] {arrow()}));
  }

  /** A straight bar along x. */
  static Outline bar(double halfLength, double halfWidth) {
    double[] corners = {
      -halfLength, -halfWidth, halfLength, -halfWidth, halfLength, halfWidth, -halfLength, halfWidth
    };
    return new Outline("bar", new double[][] {corners});
  }

  /** A disc of radius 1. */
  static Outline disc() {
    return new Outline("disc", new double[][] {ellipse(0, 0, 1, 1)});
  }

  private static double[] ellipse(double x, double y, double a, double b) {
    double[] points = new double[2 * CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      double angle = 2 * StrictMath.PI * i / CURVE_POINTS;
      points[2 * i] = x + a * StrictMath.cos(angle);
      points[2 * i + 1] = y + b * StrictMath.sin(angle);
    }
    return points;
  }

  /**
   * Corners on the outer radius, the first at an angle, and half-way between them on the inner one.
   */
  private static double[] star(int corners, double halfTurns, double outer, double inner) {
    double[] points = new double[4 * corners];
    for (int i = 0; i < 2 * corners; i++) {
      double angle = StrictMath.PI * (halfTurns + (double) i / corners);
      double radius = i % 2 == 0 ? outer : inner;
      points[2 * i] = radius * StrictMath.cos(angle);
      points[2 * i + 1] = radius * StrictMath.sin(angle);
    }
    return points;
  }

  private static double[] cross(double a, double b) {
    return new double[] {
      a, -b, a, b, b, b, b, a, -b, a, -b, b, -a, b, -a, -b, -b, -b, -b, -a, b, -a, b, -b
    };
  }

  private static double[] arrow() {
    return new double[] {
      1, 0, 0.1, 0.78, 0.1, 0.28, -0.95, 0.28, -0.95, -0.28, 0.1, -0.28, 0.1, -0.78
    };
  }

  /**
   * The unit disc without a disc of radius 0.75 around (0.5, 0): the outer arc from one point where
   * the circles meet to the other, then the inner arc back.
   */
  private static double[] crescent() {
    double centre = 0.5;
    double radius = 0.75;
    double x = (1 + centre * centre - radius * radius) / (2 * centre);
    double y = StrictMath.sqrt(1 - x * x);
    double outerStart = StrictMath.atan2(y, x);
    double innerStart = StrictMath.atan2(y, x - centre);
    double[] points = new double[4 * CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      double part = (double) i / CURVE_POINTS;
      double outer = outerStart + part * 2 * (StrictMath.PI - outerStart);
      double inner = innerStart + (1 - part) * 2 * (StrictMath.PI - innerStart);
      points[2 * i] = StrictMath.cos(outer);
      points[2 * i + 1] = StrictMath.sin(outer);
      points[2 * (CURVE_POINTS + i)] = centre + radius * StrictMath.cos(inner);
      points[2 * (CURVE_POINTS + i) + 1] = radius * StrictMath.sin(inner);
    }
    return points;
  }

  /**
   * The curve x = 16 sin^3 t, y = 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t, shifted, scaled and with
   * y downward.
   */
  private static double[] heart() {
    double[] points = new double[2 * CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      double t = 2 * StrictMath.PI * i / CURVE_POINTS;
      double sine = StrictMath.sin(t);
      double y =
          13 * StrictMath.cos(t)
              - 5 * StrictMath.cos(2 * t)
              - 2 * StrictMath.cos(3 * t)
              - StrictMath.cos(4 * t);
      points[2 * i] = sine * sine * sine;
      points[2 * i + 1] = -(y + 2) / 16;
    }
    return points;
  }
}
