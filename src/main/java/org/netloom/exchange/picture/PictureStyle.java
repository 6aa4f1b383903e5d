package org.netloom.exchange.picture;

import java.util.Locale;
import java.util.Set;

/**
 * The style sheet and arrow head of one picture. Rules are bound to the picture's id, so that they
 * leave the page around it alone; colours are translucent, so that they fit any background.
 */
final class PictureStyle {
  /** Number of colours for frames; further frames start over. */
  static final int FRAMES = 6;

  private static final int[] FRAME_HUES = {220, 330, 90, 265, 35, 190};

  private PictureStyle() {}

  static String of(String prefix, Set<Kind> kinds) {
    StringBuilder css = new StringBuilder("<style>\n");
    rule(css, prefix, "", "font:11px system-ui,'Segoe UI','DejaVu Sans',sans-serif");
    rule(css, prefix, " text", "fill:currentColor;stroke:none");
    rule(css, prefix, " .b", "font-weight:600");
    rule(css, prefix, " .m", "fill-opacity:.68;font-size:10px");
    rule(css, prefix, " .c", "text-anchor:middle");
    rule(
        css,
        prefix,
        " .x",
        "fill:currentColor;fill-opacity:.05;stroke:currentColor;stroke-opacity:.4");
    rule(css, prefix, " .e", "fill:none;stroke:currentColor;stroke-opacity:.5");
    rule(css, prefix, " .h", "fill:currentColor;fill-opacity:.6");
    rule(css, prefix, " .f", "stroke-dasharray:5 3");
    for (Kind kind : kinds) {
      if (kind.isColoured()) {
        colour(css, prefix, ".x.k" + kind.ordinal(), kind.hue(), ".2");
      }
    }
    for (int i = 0; i < FRAMES; i++) {
      colour(css, prefix, ".f" + i, FRAME_HUES[i], ".05");
    }
    // As a file of its own the picture follows the reader's theme; in a page, the page's colour.
    css.append("@media(prefers-color-scheme:dark){svg:root{color:#e6eaf2;background:#10141c}}\n");
    css.append("</style>\n<defs><marker id=\"").append(prefix);
    css.append("-a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\"");
    css.append(" markerHeight=\"6\" orient=\"auto\"><path class=\"h\" d=\"M0 .5 8 4 0 7.5z\"/>");
    return css.append("</marker></defs>\n").toString();
  }

  private static void rule(StringBuilder css, String prefix, String selector, String rule) {
    css.append('#').append(prefix).append(selector).append('{').append(rule).append("}\n");
  }

  private static void colour(
      StringBuilder css, String prefix, String selector, int hue, String opacity) {
    rule(
        css,
        prefix,
        " " + selector,
        String.format(
            Locale.ROOT,
            "fill:hsl(%1$d,75%%,50%%);fill-opacity:%2$s;stroke:hsl(%1$d,55%%,50%%);"
                + "stroke-opacity:1",
            hue,
            opacity));
  }
}
