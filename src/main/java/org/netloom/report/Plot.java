package org.netloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A small plot as inline SVG: axes with round ticks, points, lines, labels and a legend. Colours
 * come from the classes of the page's style sheet, so that it follows the light or dark theme.
 */
final class Plot {
  private static final double LEFT = 58;
  private static final double RIGHT = 18;
  private static final double TOP = 42;
  private static final double BOTTOM = 46;
  private static final double CHARACTER = 6.4;

  /** How far a plot shrinks on a narrow screen before it is scrolled instead. */
  private static final double LEGIBLE = 0.7;

  /** A point with the text that is shown when the pointer rests on it. */
  record Point(double x, double y, String title) {}

  private record Legend(String style, String label, boolean line) {}

  private record Box(double x, double y, double width, double height) {
    boolean meets(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  private final String title;
  private final double width;
  private final double height;
  private final Axis x;
  private final Axis y;
  private final StringBuilder body = new StringBuilder();
  private final List<Legend> legend = new ArrayList<>();
  private final List<Box> taken = new ArrayList<>();

  Plot(String title, int width, int height, Axis x, Axis y) {
    this.title = title;
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
  }

  /** Dots of one kind; points that the axes cannot hold are left out. */
  Plot points(String style, double radius, String label, List<Point> points) {
    for (Point point : points) {
      if (drawable(point)) {
        double px = px(point.x());
        double py = py(point.y());
        body.append(
            format(
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">", style, px, py, radius));
        body.append("<title>").append(Text.escape(point.title())).append("</title></circle>\n");
      }
    }
    if (!points.isEmpty() && !label.isEmpty()) {
      legend.add(new Legend(style, label, false));
    }
    return this;
  }

  /** A line through the points. */
  Plot line(String style, String label, List<Point> points) {
    return path(style, label, points, false);
  }

  /** A line that keeps its height until the next point: the best so far, a front. */
  Plot steps(String style, String label, List<Point> points) {
    return path(style, label, points, true);
  }

  /** A horizontal line across the plot with its meaning. */
  Plot level(double value, String label) {
    if (y.holds(value) && y.position(value) >= 0 && y.position(value) <= 1) {
      double py = py(value);
      body.append(
          format(
              "<line class=\"level\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
              LEFT, py, width - RIGHT, py));
      text("level-label", width - RIGHT - 4, py - 5, "end", label);
    }
    return this;
  }

  /** Texts beside points, moved so that they do not cover one another. */
  Plot labels(String style, List<Point> points) {
    for (Point point : points) {
      if (drawable(point)) {
        taken.add(new Box(px(point.x()) - 7, py(point.y()) - 7, 14, 14));
      }
    }
    for (Point point : points) {
      if (drawable(point)) {
        label(style, point);
      }
    }
    return this;
  }

  String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        format(
            "<svg class=\"plot\" viewBox=\"0 0 %.0f %.0f\" style=\"min-width:%.0fpx\" role=\"img\""
                + " aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">\n",
            width, height, LEGIBLE * width, Text.escape(title)));
    appendAxes(out);
    out.append(body);
    appendLegend(out);
    return out.append("</svg>\n").toString();
  }

  private Plot path(String style, String label, List<Point> points, boolean steps) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      if (!drawable(point)) {
        continue;
      }
      double px = px(point.x());
      if (path.isEmpty()) {
        path.append(format("M%.1f %.1f", px, py(point.y())));
      } else if (steps) {
        path.append(format("H%.1fV%.1f", px, py(point.y())));
      } else {
        path.append(format("L%.1f %.1f", px, py(point.y())));
      }
    }
    if (!path.isEmpty()) {
      body.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>\n");
      if (!label.isEmpty()) {
        legend.add(new Legend(style, label, true));
      }
    }
    return this;
  }

  private void label(String style, Point point) {
    double w = CHARACTER * 1.1 * point.title().length() + 4;
    double px = px(point.x());
    double py = py(point.y());
    double[][] offsets = {
      {-w / 2, -24},
      {9, -16},
      {-w - 9, -16},
      {9, 2},
      {-w - 9, 2},
      {-w / 2, 10},
      {14, -30},
      {-w - 14, -30},
      {-w / 2, -38},
      {-w / 2, 24}
    };
    Box box = new Box(px + offsets[0][0], py + offsets[0][1], w, 14);
    for (double[] offset : offsets) {
      Box tried = new Box(px + offset[0], py + offset[1], w, 14);
      if (inside(tried) && taken.stream().noneMatch(tried::meets)) {
        box = tried;
        break;
      }
    }
    taken.add(box);
    text(style, box.x() + w / 2, box.y() + 11, "middle", point.title());
  }

  private boolean inside(Box box) {
    return box.x() >= LEFT && box.x() + box.width() <= width - 2 && box.y() >= TOP - 6;
  }

  private void appendAxes(StringBuilder out) {
    double bottom = height - BOTTOM;
    for (double tick : y.ticks()) {
      double py = py(tick);
      out.append(
          format(
              "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
              LEFT, py, width - RIGHT, py));
      text(out, "tick", LEFT - 8, py + 4, "end", y.format().apply(tick));
    }
    double occupied = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      double px = px(tick);
      out.append(
          format(
              "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
              px, bottom, px, bottom + 4));
      String label = x.format().apply(tick);
      double half = CHARACTER * label.length() / 2;
      if (px - half > occupied) {
        text(out, "tick", px, bottom + 18, "middle", label);
        occupied = px + half + 6;
      }
    }
    out.append(
        format(
            "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            LEFT, bottom, width - RIGHT, bottom));
    text(out, "label", (LEFT + width - RIGHT) / 2, height - 8, "middle", x.label());
    double middle = (TOP + bottom) / 2;
    out.append(
        format(
            "<text class=\"label\" text-anchor=\"middle\" transform=\"translate(14 %.1f)"
                + " rotate(-90)\">%s</text>\n",
            middle, Text.escape(y.label())));
  }

  private void appendLegend(StringBuilder out) {
    double px = LEFT;
    double py = 14;
    for (Legend entry : legend) {
      double w = 34 + CHARACTER * entry.label().length();
      if (px > LEFT && px + w > width - RIGHT) {
        px = LEFT;
        py += 18;
      }
      out.append(
          entry.line()
              ? format("<path class=\"%s\" d=\"M%.1f %.1fh18\"/>\n", entry.style(), px, py - 4)
              : format(
                  "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>\n",
                  entry.style(), px + 9, py - 4));
      text(out, "legend", px + 24, py, "start", entry.label());
      px += w + 8;
    }
  }

  private void text(String style, double px, double py, String anchor, String label) {
    text(body, style, px, py, anchor, label);
  }

  private static void text(
      StringBuilder out, String style, double px, double py, String anchor, String label) {
    out.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style, px, py, anchor, Text.escape(label)));
  }

  private boolean drawable(Point point) {
    return x.holds(point.x()) && y.holds(point.y());
  }

  private double px(double value) {
    return LEFT + x.position(value) * (width - LEFT - RIGHT);
  }

  private double py(double value) {
    double bottom = height - BOTTOM;
    return bottom - y.position(value) * (bottom - TOP);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
