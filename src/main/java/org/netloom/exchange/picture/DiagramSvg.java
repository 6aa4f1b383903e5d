package org.netloom.exchange.picture;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.netloom.exchange.picture.Diagram.Box;

/** Boxes and arrows of a diagram at their places, as SVG elements. */
final class DiagramSvg {
  private static final double GAP_X = 14;
  private static final double GAP_Y = 22;
  private static final double BOX_HEIGHT = 32;
  private static final double LINE_HEIGHT = 20;
  private static final double CIRCLE = 18;
  private static final double LETTER = 6.4;

  private final Diagram diagram;
  private final String prefix;
  private final double[] widths;
  private final double[] heights;
  private final LayeredLayout.Placed placed;

  DiagramSvg(Diagram diagram, String prefix, Set<Kind> kinds) {
    this.diagram = diagram;
    this.prefix = prefix;
    List<Box> boxes = diagram.boxes();
    widths = new double[boxes.size()];
    heights = new double[boxes.size()];
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      kinds.add(box.kind());
      boolean circle = isCircle(box);
      widths[i] =
          circle ? CIRCLE : Math.max(textWidth(title(box)), textWidth(box.subtitle()) * 0.92) + 16;
      heights[i] = circle ? CIRCLE : box.subtitle().isEmpty() ? LINE_HEIGHT : BOX_HEIGHT;
    }
    placed = LayeredLayout.place(widths, heights, diagram.edges(), GAP_X, GAP_Y);
  }

  double width() {
    return placed.width();
  }

  double height() {
    return placed.height();
  }

  /** About how wide a text is drawn, in a font of 11 pixels. */
  static double textWidth(String text) {
    return LETTER * text.length();
  }

  /** The name of a frame's kind: A, B, …, Z, A1, …. */
  static String letter(int frame) {
    String letter = String.valueOf((char) ('A' + frame % 26));
    return frame < 26 ? letter : letter + frame / 26;
  }

  private static String title(Box box) {
    return box.frame() < 0 ? box.title() : letter(box.frame()) + " · " + box.title();
  }

  private static boolean isCircle(Box box) {
    return box.title().isEmpty();
  }

  void write(StringBuilder out, double left, double top) {
    for (double[] route : placed.routes()) {
      arrow(out, route, left, top);
    }
    for (int i = 0; i < widths.length; i++) {
      box(out, i, left + placed.x()[i], top + placed.y()[i]);
    }
  }

  private void arrow(StringBuilder out, double[] route, double left, double top) {
    out.append(
        String.format(
            Locale.ROOT, "<path class=\"e\" d=\"M%.1f %.1f", left + route[0], top + route[1]));
    for (int i = 2; i < route.length; i += 2) {
      double fromX = left + route[i - 2];
      double fromY = top + route[i - 1];
      double x = left + route[i];
      double y = top + route[i + 1];
      if (y == fromY) {
        continue;
      }
      if (Math.abs(x - fromX) < 0.05) {
        out.append(String.format(Locale.ROOT, "V%.1f", y));
      } else {
        double middle = (fromY + y) / 2;
        out.append(
            String.format(
                Locale.ROOT, "C%.1f %.1f %.1f %.1f %.1f %.1f", fromX, middle, x, middle, x, y));
      }
    }
    out.append("\" marker-end=\"url(#").append(prefix).append("-a)\"/>\n");
  }

  private void box(StringBuilder out, int i, double x, double y) {
    Box box = diagram.boxes().get(i);
    out.append("<g><title>").append(GraphSvg.escape(box.tooltip())).append("</title>");
    if (isCircle(box)) {
      double r = CIRCLE / 2;
      out.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"x\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>"
                  + "<text class=\"c b\" x=\"%.1f\" y=\"%.1f\">+</text></g>\n",
              x,
              y + r,
              r,
              x,
              y + r + 4));
      return;
    }
    String colour =
        box.frame() >= 0
            ? " f f" + box.frame() % PictureStyle.FRAMES
            : box.kind().isColoured() ? " k" + box.kind().ordinal() : "";
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"x%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%s\"/>",
            colour,
            x - widths[i] / 2,
            y,
            widths[i],
            heights[i],
            box.kind() == Kind.END ? "10" : "5"));
    text(out, "c", x, y + (box.subtitle().isEmpty() ? 14 : 13.5), title(box));
    if (!box.subtitle().isEmpty()) {
      text(out, "c m", x, y + 26, box.subtitle());
    }
    out.append("</g>\n");
  }

  private static void text(StringBuilder out, String style, double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            style,
            x,
            y,
            GraphSvg.escape(text)));
  }
}
