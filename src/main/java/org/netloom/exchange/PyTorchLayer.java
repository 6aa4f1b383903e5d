package org.netloom.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;

/** The layer of torch.nn that holds a node's tensors. */
final class PyTorchLayer {
  private PyTorchLayer() {}

  /**
   * The expression that makes the layer; empty for a node without tensors or with bare ones.
   *
   * @param in shape of the node's first input, the node's own if it has none
   * @param vector whether that input is [batch, channels]
   */
  static Optional<String> constructor(Node node, FeatureShape in, boolean vector) {
    return Optional.ofNullable(
        switch (node.operator()) {
          case Operator.Convolution c -> convolution(c, in.channels());
          case Operator.Linear l when l.prefix().isEmpty() ->
              call("Linear", in.channels(), l.outFeatures(), option("bias", l.bias(), true));
          case Operator.BatchNorm b ->
              call(
                  vector ? "BatchNorm1d" : "BatchNorm2d",
                  in.channels(),
                  option("eps", number(b.epsilon()), "1e-5"),
                  option("momentum", number(b.momentum()), "0.1"));
          case Operator.LayerNorm l ->
              call("LayerNorm", in.channels(), option("eps", number(l.epsilon()), "1e-5"));
          case Operator.PositionalEncoding p ->
              "Learned(1, %d, %d, %d)"
                  .formatted(p.shape().channels(), p.shape().height(), p.shape().width());
          default -> null;
        });
  }

  private static String convolution(Operator.Convolution c, int in) {
    Padding padding = c.padding();
    String pad = padding.isSymmetric() ? pair(padding.top(), padding.left()) : "0";
    return call(
        "Conv2d",
        in,
        c.outChannels(),
        pair(c.kernelH(), c.kernelW()),
        option("stride", pair(c.strideH(), c.strideW()), "1"),
        option("padding", pad, "0"),
        option("dilation", pair(c.dilationH(), c.dilationW()), "1"),
        option("groups", c.groups(), 1),
        option("bias", c.bias(), true));
  }

  private static String call(String layer, Object... arguments) {
    List<String> given = new ArrayList<>();
    for (Object argument : arguments) {
      if (!argument.toString().isEmpty()) {
        given.add(argument.toString());
      }
    }
    return given.stream().collect(Collectors.joining(", ", "nn." + layer + "(", ")"));
  }

  private static String option(String name, Object value, Object preset) {
    if (value.equals(preset)) {
      return "";
    }
    String text = value.toString();
    return name + "=" + (value instanceof Boolean ? text.equals("true") ? "True" : "False" : text);
  }

  private static String pair(int first, int second) {
    return first == second ? Integer.toString(first) : "(%d, %d)".formatted(first, second);
  }

  /** A number in Python's shortest form: {@code 1e-5}, {@code 0.1}. */
  static String number(float value) {
    return Float.toString(value).toLowerCase(Locale.ROOT).replace(".0e", "e");
  }
}
