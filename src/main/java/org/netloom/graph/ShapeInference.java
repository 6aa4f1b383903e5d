package org.netloom.graph;

import java.util.List;
import org.netloom.config.InputException;

/** Output shapes of operators; mistakes name network, node, operator and shapes. */
final class ShapeInference {
  private final String where;
  private final List<FeatureShape> in;

  private ShapeInference(String where, List<FeatureShape> in) {
    this.where = where;
    this.in = in;
  }

  static FeatureShape output(
      String network, String node, Operator operator, List<FeatureShape> in) {
    String where =
        "Network %s, node '%s' (%s)".formatted(network, node, operator.getClass().getSimpleName());
    return new ShapeInference(where, in).output(operator);
  }

  private FeatureShape output(Operator operator) {
    return switch (operator) {
      case Operator.Input op -> throw fail("a second input");
      case Operator.Convolution op -> convolution(op);
      case Operator.Linear op ->
          new FeatureShape(width(op.outFeatures()), first().height(), first().width());
      case Operator.BatchNorm op -> first();
      case Operator.LayerNorm op -> first();
      case Operator.Activate op -> first();
      case Operator.MaxPool op -> pool(op.kernel(), op.stride(), op.padding(), op.ceil());
      case Operator.AveragePool op -> pool(op.kernel(), op.stride(), op.padding(), false);
      case Operator.GlobalAveragePool op -> FeatureShape.vector(first().channels());
      case Operator.AdaptiveAveragePool op ->
          new FeatureShape(first().channels(), op.height(), op.width());
      case Operator.Sum op -> {
        for (FeatureShape shape : in) {
          if (!shape.equals(first())) {
            throw fail("summands of shape %s".formatted(in));
          }
        }
        yield first();
      }
      case Operator.ChannelSlice op -> {
        if (op.from() + op.channels() > first().channels()) {
          throw fail("a slice to channel (%d)".formatted(op.from() + op.channels()));
        }
        yield new FeatureShape(width(op.channels()), first().height(), first().width());
      }
      case Operator.ChannelShuffle op -> {
        if (first().channels() % op.groups() != 0) {
          throw fail("(%d) channels in (%d) groups".formatted(first().channels(), op.groups()));
        }
        yield first();
      }
      case Operator.Pad op -> {
        int height = first().height() + op.padding().top() + op.padding().bottom();
        int width = first().width() + op.padding().left() + op.padding().right();
        if (height < 1 || width < 1) {
          throw fail("padding to (%d) rows and (%d) columns".formatted(height, width));
        }
        yield new FeatureShape(first().channels(), height, width);
      }
      case Operator.Concat op -> {
        int channels = 0;
        for (FeatureShape shape : in) {
          if (shape.height() != first().height() || shape.width() != first().width()) {
            throw fail("parts of shape %s".formatted(in));
          }
          channels += shape.channels();
        }
        yield new FeatureShape(channels, first().height(), first().width());
      }
      case Operator.ChannelScale op -> {
        if (in.size() != 2 || !in.get(1).equals(FeatureShape.vector(first().channels()))) {
          throw fail("gates of shape %s".formatted(in));
        }
        yield first();
      }
      case Operator.Attention op -> {
        if (first().channels() != 3 * op.heads() * op.headSize()) {
          throw fail("(%d) channels".formatted(first().channels()));
        }
        yield new FeatureShape(op.heads() * op.headSize(), first().height(), first().width());
      }
      case Operator.WindowAttention op -> windows(op);
      case Operator.LayerScale op -> first();
      case Operator.Tokens op -> new FeatureShape(op.channels(), op.rows(), 1);
      case Operator.Prepend op -> {
        if (in.size() != 2 || !first().equals(FeatureShape.vector(in.get(1).channels()))) {
          throw fail("a token before a map");
        }
        int positions = in.get(1).height() * in.get(1).width();
        yield new FeatureShape(first().channels(), 1 + positions, 1);
      }
      case Operator.FirstToken op -> FeatureShape.vector(first().channels());
      case Operator.PositionalEncoding op -> op.shape();
      case Operator.Subsample op ->
          new FeatureShape(
              first().channels(),
              Math.ceilDiv(first().height(), op.stride()),
              Math.ceilDiv(first().width(), op.stride()));
      case Operator.Flatten op -> {
        if (first().size() > Integer.MAX_VALUE) {
          throw fail("(%d) values as one vector".formatted(first().size()));
        }
        yield FeatureShape.vector((int) first().size());
      }
      case Operator.Dropout op -> first();
      case Operator.StochasticDepth op -> first();
      case Operator.Zeros op -> op.shape();
    };
  }

  /** Narrow networks leave nothing of a fraction of their channels, such as C/8 per head. */
  private int width(int channels) {
    if (channels < 1) {
      throw new InputException(
          "%s would have (%d) output channels. Maybe the network is too narrow; raise its C."
              .formatted(where, channels));
    }
    return channels;
  }

  private FeatureShape first() {
    if (in.isEmpty()) {
      throw fail("no input");
    }
    return in.getFirst();
  }

  private FeatureShape windows(Operator.WindowAttention op) {
    FeatureShape table = new FeatureShape(op.heads(), op.tableRows(), 1);
    if (in.size() != 2 || !in.get(1).equals(table)) {
      throw fail("a table other than %s".formatted(table));
    }
    int channels = op.heads() * op.headSize();
    if (first().channels() != 3 * channels
        || first().height() % op.window() != 0
        || first().width() % op.window() != 0) {
      throw fail(
          "a map that is not (%d) channels in whole windows of (%d)"
              .formatted(3 * channels, op.window()));
    }
    return new FeatureShape(channels, first().height(), first().width());
  }

  private FeatureShape convolution(Operator.Convolution op) {
    if (first().channels() % op.groups() != 0 || op.outChannels() % op.groups() != 0) {
      throw fail(
          "(%d) to (%d) channels in (%d) groups"
              .formatted(first().channels(), op.outChannels(), op.groups()));
    }
    Padding pad = op.padding();
    int height =
        side(
            first().height() + pad.top() + pad.bottom(),
            op.dilationH() * (op.kernelH() - 1) + 1,
            op.strideH());
    int width =
        side(
            first().width() + pad.left() + pad.right(),
            op.dilationW() * (op.kernelW() - 1) + 1,
            op.strideW());
    return new FeatureShape(width(op.outChannels()), height, width);
  }

  private FeatureShape pool(int kernel, int stride, int padding, boolean ceil) {
    return new FeatureShape(
        first().channels(),
        pooled(first().height(), kernel, stride, padding, ceil),
        pooled(first().width(), kernel, stride, padding, ceil));
  }

  private int pooled(int side, int kernel, int stride, int padding, boolean ceil) {
    int padded = side + 2 * padding;
    int inside = side(padded, kernel, stride);
    boolean hanging = (padded - kernel) % stride != 0 && inside * stride < side + padding;
    return ceil && hanging ? inside + 1 : inside;
  }

  private int side(int padded, int window, int stride) {
    if (padded < window) {
      throw fail("a window of (%d) over (%d) positions".formatted(window, padded));
    }
    return (padded - window) / stride + 1;
  }

  private InputException fail(String what) {
    return new InputException("%s cannot take %s. Its input is %s.".formatted(where, what, in));
  }
}
