package org.netloom.exchange.picture;

import java.util.Locale;
import org.netloom.graph.Operator;

/** Operators in the few words that fit into a picture's box. */
final class OperatorText {
  private OperatorText() {}

  /** What it does, with kernel and stride: {@code conv 3×3 /2}. */
  static String title(Operator operator) {
    return switch (operator) {
      case Operator.Input _ -> "input";
      case Operator.Convolution c -> convolution(c);
      case Operator.Linear _ -> "linear";
      case Operator.BatchNorm _ -> "batch norm";
      case Operator.LayerNorm _ -> "layer norm";
      case Operator.Activate a -> a.activation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case Operator.MaxPool p -> "max pool " + window(p.kernel(), p.kernel(), p.stride());
      case Operator.AveragePool p -> "avg pool " + window(p.kernel(), p.kernel(), p.stride());
      case Operator.GlobalAveragePool _ -> "global mean";
      case Operator.AdaptiveAveragePool p ->
          p.height() == 1 && p.width() == 1
              ? "global mean"
              : "mean to " + p.height() + "×" + p.width();
      case Operator.Sum _ -> "sum";
      case Operator.ChannelSlice s -> s.channels() + " channels from " + s.from();
      case Operator.ChannelShuffle s -> "shuffle " + s.groups() + " groups";
      case Operator.Pad _ -> "pad";
      case Operator.Concat _ -> "concat";
      case Operator.ChannelScale _ -> "scale channels";
      case Operator.Attention a -> "attention, " + a.heads() + " heads";
      case Operator.WindowAttention a ->
          "attention in %d×%d, %d heads".formatted(a.window(), a.window(), a.heads());
      case Operator.LayerScale _ -> "layer scale";
      case Operator.Tokens t -> t.rows() == 1 ? "token" : t.rows() + " learned rows";
      case Operator.Prepend _ -> "prepend";
      case Operator.FirstToken _ -> "first token";
      case Operator.PositionalEncoding _ -> "position";
      case Operator.Subsample s -> "subsample /" + s.stride();
      case Operator.Flatten _ -> "flatten";
      case Operator.Dropout d -> "dropout " + d.probability();
      case Operator.StochasticDepth d -> "stochastic depth " + d.probability();
      case Operator.Zeros _ -> "zeros";
    };
  }

  private static String convolution(Operator.Convolution c) {
    String kind =
        c.groups() == 1 ? "conv " : c.groups() == c.outChannels() ? "dw conv " : "group conv ";
    String text = kind + window(c.kernelH(), c.kernelW(), Math.max(c.strideH(), c.strideW()));
    return c.dilationH() > 1 || c.dilationW() > 1 ? text + " dil " + c.dilationH() : text;
  }

  private static String window(int height, int width, int stride) {
    return height + "×" + width + (stride == 1 ? "" : " /" + stride);
  }
}
