package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;

/**
 * A network as an SVG picture for people: its parts from top to bottom, and beside it the inside of
 * each different part (cell, block) once. Boxes show operation, kernel, stride and output shape;
 * pointing at one lists its operators. The picture follows the page's text colour, needs no font
 * and no script, and its ids start with the network's id, so that many fit into one page.
 */
public final class GraphSvg {
  private static final double MARGIN = 14;
  private static final double CAPTION = 40;
  private static final double GAP = 22;
  private static final double WIDEST = 1000;
  private static final double HEADING = 24;
  private static final double PADDING = 12;

  private final String prefix;
  private final StringBuilder out = new StringBuilder();
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

  private GraphSvg(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The document's text; the same network gives the same text.
   *
   * @param id the architecture's id; its first eight letters and digits prefix every id
   */
  public static String write(ComputationalGraph graph, String id) {
    String letters = id.replaceAll("[^A-Za-z0-9]", "");
    return new GraphSvg("n" + letters.substring(0, Math.min(8, letters.length()))).run(graph);
  }

  private String run(ComputationalGraph graph) {
    NetworkPicture picture = NetworkPicture.of(graph);
    StringBuilder body = new StringBuilder();
    DiagramSvg whole = new DiagramSvg(picture.whole(), prefix, kinds);
    whole.write(body, MARGIN, CAPTION);
    double left = MARGIN + whole.width() + GAP;
    double x = left;
    double y = CAPTION;
    double rowHeight = 0;
    double right = MARGIN + whole.width();
    List<NetworkPicture.Panel> panels = picture.panels();
    for (int i = 0; i < panels.size(); i++) {
      DiagramSvg inside = new DiagramSvg(panels.get(i).diagram(), prefix, kinds);
      List<String> names = panels.get(i).members();
      String heading =
          DiagramSvg.letter(i)
              + " · "
              + members(names)
              + (names.size() == 1 ? "" : " (shapes of " + names.getFirst() + ")");
      double width = Math.max(inside.width(), DiagramSvg.textWidth(heading)) + 2 * PADDING;
      double height = inside.height() + HEADING + 2 * PADDING;
      if (x > left && x + width > Math.max(WIDEST, right)) {
        x = left;
        y += rowHeight + GAP;
        rowHeight = 0;
      }
      frame(body, x, y, width, height, i, heading);
      inside.write(body, x + (width - inside.width()) / 2, y + HEADING + PADDING);
      right = Math.max(right, x + width);
      rowHeight = Math.max(rowHeight, height);
      x += width + GAP;
    }
    double bottom = Math.max(CAPTION + whole.height(), y + rowHeight);
    double legend = legend(body, bottom + 26);
    head(graph, Math.max(right, legend) + MARGIN, bottom + 26 + 14 + MARGIN);
    return out.append(body).append("</svg>\n").toString();
  }

  private void head(ComputationalGraph graph, double width, double height) {
    Cost cost = Cost.of(graph);
    String facts =
        "%s in, %d classes, %s parameters, %s multiply-adds"
            .formatted(
                BoxText.shape(graph.input().shape()),
                graph.classes(),
                BoxText.count(cost.parameters()),
                BoxText.count(cost.macs()));
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"%s\" role=\"img\" viewBox=\"0 0 %.0f"
                + " %.0f\" width=\"%.0f\" height=\"%.0f\" aria-labelledby=\"%s-t %s-d\">\n",
            prefix,
            width,
            height,
            width,
            height,
            prefix,
            prefix));
    out.append("<title id=\"%s-t\">Network %s</title>\n".formatted(prefix, escape(graph.name())));
    out.append(
        "<desc id=\"%s-d\">%d operators; %s. Data flows from top to bottom.</desc>\n"
            .formatted(prefix, graph.nodes().size(), escape(facts)));
    out.append(PictureStyle.of(prefix, kinds));
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"b\" x=\"%.0f\" y=\"16\">%s</text>"
                + "<text class=\"m\" x=\"%.0f\" y=\"30\">%s</text>\n",
            MARGIN,
            "Network " + escape(graph.name()),
            MARGIN,
            escape(facts)));
  }

  private void frame(
      StringBuilder body, double x, double y, double w, double h, int index, String heading) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"f f%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                + " rx=\"10\"/><text class=\"b\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
            index % PictureStyle.FRAMES,
            x,
            y,
            w,
            h,
            x + PADDING,
            y + 19,
            escape(heading)));
  }

  private double legend(StringBuilder body, double y) {
    double x = MARGIN;
    for (Kind kind : kinds) {
      if (!kind.isColoured()) {
        continue;
      }
      body.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"x k%d\" x=\"%.1f\" y=\"%.1f\" width=\"14\" height=\"10\" rx=\"3\"/>"
                  + "<text class=\"m\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
              kind.ordinal(),
              x,
              y,
              x + 19,
              y + 9,
              kind.label()));
      x += 19 + DiagramSvg.textWidth(kind.label()) + 16;
    }
    return x;
  }

  /** Names with runs of numbers shortened: {@code cells.0–3, cells.5}. */
  static String members(List<String> names) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int end = i;
      while (end + 1 < names.size() && follows(names.get(end), names.get(end + 1))) {
        end++;
      }
      String last = names.get(end);
      parts.add(
          end == i ? names.get(i) : names.get(i) + "–" + last.substring(last.lastIndexOf('.') + 1));
      i = end;
    }
    return String.join(", ", parts);
  }

  private static boolean follows(String name, String next) {
    int dot = name.lastIndexOf('.');
    String number = name.substring(dot + 1);
    return number.matches("\\d{1,8}")
        && next.equals(name.substring(0, dot + 1) + (Integer.parseInt(number) + 1));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
