package org.netloom.exchange.picture;

import java.util.List;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;

/** What a box of a picture mainly does; it decides the box's colour. */
enum Kind {
  CONV("convolution", 212),
  SEPARABLE("depthwise, separable", 176),
  LINEAR("linear", 245),
  ATTENTION("attention", 285),
  GATE("squeeze-excite", 24),
  POOL("pooling", 130),
  OTHER("norm, activation, other", 0),
  MERGE("sum, concatenation", 0),
  END("input", 0);

  private final String label;
  private final int hue;

  Kind(String label, int hue) {
    this.label = label;
    this.hue = hue;
  }

  /** Its name in a legend. */
  String label() {
    return label;
  }

  /** Whether it has a colour; the others are grey. */
  boolean isColoured() {
    return ordinal() < OTHER.ordinal();
  }

  /** Hue of its colour in degrees. */
  int hue() {
    return hue;
  }

  /** The kind of some operators that share a box. */
  static Kind of(List<Node> nodes) {
    Kind kind = END;
    for (Node node : nodes) {
      Kind own = of(node);
      kind = rank(own) < rank(kind) ? own : kind;
    }
    return kind;
  }

  /**
   * Attention says more about a box than its linear layers, a depthwise convolution more than 1×1.
   */
  private static int rank(Kind kind) {
    return List.of(ATTENTION, GATE, SEPARABLE, CONV, LINEAR, POOL, MERGE, OTHER, END).indexOf(kind);
  }

  private static Kind of(Node node) {
    return switch (node.operator()) {
      case Operator.Input _ -> END;
      case Operator.Convolution c -> c.groups() > 1 ? SEPARABLE : CONV;
      case Operator.Linear _ -> LINEAR;
      case Operator.Attention _, Operator.WindowAttention _ -> ATTENTION;
      case Operator.ChannelScale _ -> GATE;
      case Operator.MaxPool _,
          Operator.AveragePool _,
          Operator.GlobalAveragePool _,
          Operator.AdaptiveAveragePool _ ->
          POOL;
      case Operator.Sum _, Operator.Concat _, Operator.Prepend _ -> MERGE;
      default -> OTHER;
    };
  }
}
