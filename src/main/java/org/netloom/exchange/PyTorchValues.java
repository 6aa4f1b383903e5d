package org.netloom.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.netloom.graph.Activation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;

/**
 * What each node computes as a Python expression. Maps are [batch, channels, rows, columns],
 * vectors [batch, channels]; which of both a node gives is decided here.
 */
final class PyTorchValues {
  private static final String TO_MAP = "[:, :, None, None]";

  private final List<Node> nodes;
  private final boolean[] vector;

  PyTorchValues(ComputationalGraph graph) {
    nodes = graph.nodes();
    vector = new boolean[nodes.size()];
    for (Node node : nodes) {
      vector[node.index()] = givesVector(node);
    }
  }

  private boolean givesVector(Node node) {
    return switch (node.operator()) {
      case Operator.GlobalAveragePool _, Operator.Flatten _, Operator.FirstToken _ -> true;
      case Operator.AdaptiveAveragePool _, Operator.Linear _ -> isOnePosition(node.shape());
      case Operator.BatchNorm _,
          Operator.LayerNorm _,
          Operator.Activate _,
          Operator.Dropout _,
          Operator.StochasticDepth _,
          Operator.ChannelSlice _,
          Operator.Sum _,
          Operator.Concat _ ->
          node.inputs().stream().allMatch(input -> vector[input]);
      default -> false;
    };
  }

  /** Whether a node gives [batch, channels]. */
  boolean isVector(Node node) {
    return vector[node.index()];
  }

  /** Names and expressions of what holds a node's tensors: a layer, or the bare tensors. */
  SequencedMap<String, String> layers(Node node) {
    Optional<String> layer =
        node.inputs().isEmpty()
            ? PyTorchLayer.constructor(node, node.shape(), false)
            : PyTorchLayer.constructor(node, source(node).shape(), isVector(source(node)));
    SequencedMap<String, String> made = new LinkedHashMap<>();
    if (layer.isPresent()) {
      made.put(node.name(), layer.get());
    } else {
      node.parameters().forEach(spec -> made.put(spec.name(), zeros(spec.shape())));
    }
    return made;
  }

  private static String zeros(List<Integer> sides) {
    return sides.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "nn.Parameter(torch.zeros(", "))"));
  }

  private static String tensor(Node node, int i) {
    return "self.get_parameter(%s)".formatted(PyTorchNames.quoted(node.parameters().get(i).name()));
  }

  /**
   * The node's value.
   *
   * @param in names of its inputs' values
   * @param any name of a value that knows the batch, for constants
   */
  String expression(Node node, List<String> in, String any) {
    String layer = "self[" + PyTorchNames.quoted(node.name()) + "]";
    return switch (node.operator()) {
      case Operator.Input _ -> throw new IllegalArgumentException("The input is given.");
      case Operator.Convolution c -> "%s(%s)".formatted(layer, source(map(node, in, 0), c));
      case Operator.Linear l when l.prefix().isEmpty() -> linear(node, layer, in.getFirst());
      case Operator.Linear l ->
          "positionwise(lambda y: F.linear(y, %s%s), %s)"
              .formatted(tensor(node, 0), l.bias() ? ", " + tensor(node, 1) : "", map(node, in, 0));
      case Operator.BatchNorm _ -> "%s(%s)".formatted(layer, in.getFirst());
      case Operator.LayerNorm _ ->
          isVector(node)
              ? "%s(%s)".formatted(layer, in.getFirst())
              : "positionwise(%s, %s)".formatted(layer, in.getFirst());
      case Operator.Activate a -> function(a.activation()) + "(" + in.getFirst() + ")";
      case Operator.MaxPool p ->
          "F.max_pool2d(%s, %d, %d, %d%s)"
              .formatted(
                  map(node, in, 0),
                  p.kernel(),
                  p.stride(),
                  p.padding(),
                  p.ceil() ? ", ceil_mode=True" : "");
      case Operator.AveragePool p ->
          "F.avg_pool2d(%s, %d, %d, %d, count_include_pad=False)"
              .formatted(map(node, in, 0), p.kernel(), p.stride(), p.padding());
      case Operator.GlobalAveragePool _ -> map(node, in, 0) + ".mean((2, 3))";
      case Operator.AdaptiveAveragePool p ->
          isVector(node)
              ? map(node, in, 0) + ".mean((2, 3))"
              : "F.adaptive_avg_pool2d(%s, (%d, %d))"
                  .formatted(map(node, in, 0), p.height(), p.width());
      case Operator.Sum _ -> String.join(" + ", alike(node, in));
      case Operator.ChannelSlice s ->
          "%s[:, %d:%d]".formatted(in.getFirst(), s.from(), s.from() + s.channels());
      case Operator.ChannelShuffle s ->
          "F.channel_shuffle(%s, %d)".formatted(map(node, in, 0), s.groups());
      case Operator.Pad p -> padded(map(node, in, 0), p.padding());
      case Operator.Concat _ ->
          alike(node, in).stream().collect(Collectors.joining(", ", "torch.cat([", "], 1)"));
      case Operator.ChannelScale _ -> map(node, in, 0) + " * " + map(node, in, 1);
      case Operator.Attention a -> "attention(%s, %d)".formatted(map(node, in, 0), a.heads());
      case Operator.WindowAttention a ->
          "window_attention(%s, %s, %d, %d, %d)"
              .formatted(map(node, in, 0), in.get(1), a.window(), a.shiftH(), a.shiftW());
      case Operator.LayerScale _ -> "%s * %s".formatted(map(node, in, 0), tensor(node, 0));
      case Operator.Tokens t ->
          "%s.reshape(1, %d, 1, %d).movedim(-1, 1)"
              .formatted(tensor(node, 0), t.rows(), t.channels());
      case Operator.Prepend _ -> "prepend(%s, %s)".formatted(in.get(0), map(node, in, 1));
      case Operator.FirstToken _ -> map(node, in, 0) + "[:, :, 0, 0]";
      case Operator.PositionalEncoding _ -> layer + "()";
      case Operator.Subsample s ->
          "%s[:, :, ::%2$d, ::%2$d]".formatted(map(node, in, 0), s.stride());
      case Operator.Flatten _ -> in.getFirst() + ".flatten(1)";
      case Operator.Dropout d ->
          "F.dropout(%s, %s, self.training)"
              .formatted(in.getFirst(), PyTorchLayer.number(d.probability()));
      case Operator.StochasticDepth d ->
          "stochastic_depth(%s, %s, self.training)"
              .formatted(in.getFirst(), PyTorchLayer.number(d.probability()));
      case Operator.Zeros z ->
          "%1$s.new_zeros((%1$s.shape[0], %2$d, %3$d, %4$d))"
              .formatted(any, z.shape().channels(), z.shape().height(), z.shape().width());
    };
  }

  private static String function(Activation activation) {
    return switch (activation) {
      case RELU -> "F.relu";
      case RELU6 -> "F.relu6";
      case GELU -> "F.gelu";
      case HARD_SWISH -> "F.hardswish";
      case HARD_SIGMOID -> "F.hardsigmoid";
      case SIGMOID -> "torch.sigmoid";
      case SILU -> "F.silu";
    };
  }

  private String linear(Node node, String layer, String x) {
    if (isVector(source(node))) {
      return "%s(%s)".formatted(layer, x);
    }
    return isVector(node)
        ? "%s(%s.flatten(1))".formatted(layer, x)
        : "positionwise(%s, %s)".formatted(layer, x);
  }

  /** What a convolution reads: it pads itself where both ends are alike. */
  private static String source(String x, Operator.Convolution c) {
    return c.padding().isSymmetric() ? x : padded(x, c.padding());
  }

  private static String padded(String x, Padding p) {
    return "F.pad(%s, (%d, %d, %d, %d))".formatted(x, p.left(), p.right(), p.top(), p.bottom());
  }

  private List<String> alike(Node node, List<String> in) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      all.add(isVector(node) ? in.get(i) : map(node, in, i));
    }
    return all;
  }

  private String map(Node node, List<String> in, int i) {
    return vector[node.inputs().get(i)] ? in.get(i) + TO_MAP : in.get(i);
  }

  private Node source(Node node) {
    return nodes.get(node.inputs().getFirst());
  }

  private static boolean isOnePosition(FeatureShape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }
}
