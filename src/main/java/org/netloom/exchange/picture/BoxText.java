package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;

/** The words in and behind a box that stands for some operators. */
final class BoxText {
  private static final int MOST_LINES = 14;

  private BoxText() {}

  /** What the operators do together, without their norms and activations. */
  static String title(List<Node> nodes) {
    List<Operator> operators = nodes.stream().map(Node::operator).toList();
    if (operators.stream().anyMatch(Operator.Attention.class::isInstance)) {
      return attention(operators);
    }
    if (operators.stream().anyMatch(Operator.ChannelScale.class::isInstance)
        && operators.stream().noneMatch(Operator.Convolution.class::isInstance)) {
      return "squeeze-excite";
    }
    if (operators.stream().anyMatch(Operator.PositionalEncoding.class::isInstance)) {
      return "add position";
    }
    List<String> parts = new ArrayList<>();
    List<Operator> main = operators.stream().filter(o -> !isMinor(o)).toList();
    if (main.size() == 3
        && main.getLast() instanceof Operator.Concat
        && main.getFirst() instanceof Operator.Convolution first) {
      return "halve " + window(first);
    }
    for (int i = 0; i < main.size(); i++) {
      String pair = i + 1 < main.size() ? pair(main.get(i), main.get(i + 1)) : "";
      parts.add(pair.isEmpty() ? OperatorText.title(main.get(i)) : pair);
      i += pair.isEmpty() ? 0 : 1;
    }
    if (main.isEmpty()) {
      operators.forEach(operator -> parts.add(OperatorText.title(operator)));
    }
    return join(parts);
  }

  private static String attention(List<Operator> operators) {
    Operator.Attention attention =
        operators.stream()
            .filter(Operator.Attention.class::isInstance)
            .map(Operator.Attention.class::cast)
            .findFirst()
            .orElseThrow();
    boolean block = operators.stream().filter(Operator.Sum.class::isInstance).count() > 1;
    return (block ? "transformer, " : "attention, ") + attention.heads() + " heads";
  }

  /** Two operators that have a name together; empty if they have none. */
  private static String pair(Operator one, Operator two) {
    if (!(one instanceof Operator.Convolution first)
        || !(two instanceof Operator.Convolution second)) {
      return "";
    }
    if (first.groups() > 1 && second.kernelH() == 1 && second.kernelW() == 1) {
      return (first.dilationH() > 1 ? "dil conv " : "sep conv ") + window(first);
    }
    boolean crossed =
        first.kernelH() == second.kernelW()
            && first.kernelW() == second.kernelH()
            && first.kernelH() != first.kernelW();
    return crossed
        ? "conv %d×%d, ".formatted(first.kernelH(), first.kernelW()) + window(second)
        : "";
  }

  private static String window(Operator.Convolution c) {
    int stride = Math.max(c.strideH(), c.strideW());
    return c.kernelH() + "×" + c.kernelW() + (stride == 1 ? "" : " /" + stride);
  }

  private static String join(List<String> parts) {
    if (parts.size() == 2
        && parts.get(0).replaceAll(" /\\d+$", "").equals(parts.get(1).replaceAll(" /\\d+$", ""))) {
      return "2 × " + parts.get(0);
    }
    return parts.size() > 3 ? parts.getFirst() + " … " + parts.getLast() : String.join(", ", parts);
  }

  /** Whether an operator only accompanies others. */
  static boolean isMinor(Operator operator) {
    return switch (operator) {
      case Operator.BatchNorm _,
          Operator.LayerNorm _,
          Operator.Activate _,
          Operator.Dropout _,
          Operator.StochasticDepth _,
          Operator.Subsample _,
          Operator.ChannelSlice _,
          Operator.ChannelShuffle _,
          Operator.Pad _,
          Operator.LayerScale _,
          Operator.FirstToken _,
          Operator.Flatten _,
          Operator.Zeros _ ->
          true;
      default -> false;
    };
  }

  /** Channels, height and width; channels alone for a vector. */
  static String shape(FeatureShape shape) {
    return shape.height() == 1 && shape.width() == 1
        ? Integer.toString(shape.channels())
        : shape.channels() + "×" + shape.height() + "×" + shape.width();
  }

  /** A number of values in few digits: {@code 468k}. */
  static String count(long n) {
    if (n < 1000) {
      return Long.toString(n);
    }
    String[] units = {"k", "M", "G", "T"};
    double value = n;
    int unit = -1;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT,
        value < 9.995 ? "%.2f%s" : value < 99.95 ? "%.1f%s" : "%.0f%s",
        value,
        units[unit]);
  }

  /** Every operator with its name, what it does, its output and its parameters. */
  static String details(List<Node> nodes) {
    StringBuilder out = new StringBuilder();
    for (Node node : nodes.size() > MOST_LINES ? nodes.subList(0, MOST_LINES) : nodes) {
      out.append(out.isEmpty() ? "" : "\n").append(node.name()).append(": ");
      out.append(OperatorText.title(node.operator())).append(" → ").append(shape(node.shape()));
      long size = node.parameters().stream().mapToLong(ParameterSpec::size).sum();
      out.append(size == 0 ? "" : ", " + size + " parameters");
    }
    if (nodes.size() > MOST_LINES) {
      out.append("\n… and ").append(nodes.size() - MOST_LINES).append(" more");
    }
    return out.toString();
  }
}
