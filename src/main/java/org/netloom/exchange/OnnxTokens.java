package org.netloom.exchange;

import static org.netloom.exchange.OnnxGraph.attribute;
import static org.netloom.exchange.OnnxGraph.attributes;

import java.util.Arrays;
import java.util.List;
import org.netloom.exchange.OnnxGraph.Value;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.WindowOrder;

/** What transformers do with learned rows and with windows, as ONNX nodes. Values are maps. */
final class OnnxTokens {
  /** Score of a pair that must ignore each other. */
  private static final float IGNORED = -100f;

  private final OnnxGraph onnx;

  OnnxTokens(OnnxGraph onnx) {
    this.onnx = onnx;
  }

  /** A tensor [.., C] as a map [1, C, rows, 1]. */
  Value rows(Node node, String tensor) {
    FeatureShape shape = node.shape();
    String rows =
        onnx.append(
            node.name() + "/rows",
            "Reshape",
            List.of(tensor, onnx.integers(1, shape.height(), 1, shape.channels())));
    String turned =
        onnx.append(
            node.name() + "/map", "Transpose", List.of(rows), attributes("perm", 0, 3, 1, 2));
    return new Value(turned, shape, false);
  }

  /** A token [1, C, 1, 1] before the positions of every image. */
  Value prepend(Node node, String token, String map) {
    FeatureShape shape = node.shape();
    String positions =
        onnx.append(
            node.name() + "/positions",
            "Reshape",
            List.of(map, onnx.integers(0, shape.channels(), shape.height() - 1, 1)));
    String sides = perImage(node.name(), map, shape.channels(), 1, 1);
    String first = onnx.append(node.name() + "/first", "Expand", List.of(token, sides));
    return onnx.add(
        node.name(), "Concat", shape, false, List.of(first, positions), attribute("axis", 2));
  }

  /** A shape [batch of a value, sides..]. */
  String perImage(String name, String value, long... sides) {
    String batch =
        onnx.append(
            name + "/batch", "Shape", List.of(value), attribute("start", 0), attribute("end", 1));
    return onnx.append(
        name + "/sides", "Concat", List.of(batch, onnx.integers(sides)), attribute("axis", 0));
  }

  /** The first position as a vector. */
  Value first(Node node, String map) {
    String cut =
        onnx.append(
            node.name() + "/cut",
            "Slice",
            List.of(map, onnx.integers(0, 0), onnx.integers(1, 1), onnx.integers(2, 3)));
    return onnx.add(node.name(), "Flatten", node.shape(), true, List.of(cut), attribute("axis", 1));
  }

  /** Softmax over keys of queries times keys, times values, with positions in the last place. */
  Value attend(Node node, Operator.Attention op, String map) {
    String name = node.name();
    FeatureShape shape = node.shape();
    long positions = (long) shape.height() * shape.width();
    String heads = reshape(name + "/heads", map, 0, 3, op.heads(), op.headSize(), positions);
    List<String> parts = onnx.split(name + "/qkv", "Split", 3, heads, attribute("axis", 1));
    String scale = onnx.constant(new int[0], (float) (1 / Math.sqrt(op.headSize())));
    String queries = onnx.append(name + "/queries", "Mul", List.of(parts.get(0), scale));
    String keys = turn(name + "/keys", parts.get(1), 0, 1, 2, 4, 3);
    String scores = onnx.append(name + "/scores", "MatMul", List.of(keys, queries));
    String shares =
        onnx.append(name + "/shares", "Softmax", List.of(scores), attribute("axis", -2));
    String mixed = onnx.append(name + "/mixed", "MatMul", List.of(parts.get(2), shares));
    return onnx.add(
        name,
        "Reshape",
        shape,
        false,
        List.of(mixed, onnx.integers(0, shape.channels(), shape.height(), shape.width())));
  }

  /**
   * Positions are gathered window by window, and back after the softmax over keys, which are the
   * second-to-last side of all scores.
   */
  Value attend(Node node, Operator.WindowAttention op, String map, String table) {
    String name = node.name();
    FeatureShape shape = node.shape();
    WindowOrder order = WindowOrder.of(op, shape.height(), shape.width());
    int t = op.window() * op.window();
    String rows = reshape(name + "/columns", map, 0, 3L * shape.channels(), -1);
    String gathered = gather(name + "/gathered", rows, 2, order.positions());
    String heads =
        reshape(name + "/heads", gathered, 0, 3, op.heads(), op.headSize(), order.windows(), t);
    List<String> parts = onnx.split(name + "/qkv", "Split", 3, heads, attribute("axis", 1));
    String scale = onnx.constant(new int[0], (float) (1 / Math.sqrt(op.headSize())));
    String scaled = onnx.append(name + "/scaled", "Mul", List.of(parts.get(0), scale));
    String queries = turn(name + "/queries", scaled, 0, 1, 2, 4, 3, 5);
    String keys = turn(name + "/keys", parts.get(1), 0, 1, 2, 4, 5, 3);
    String values = turn(name + "/values", parts.get(2), 0, 1, 2, 4, 3, 5);
    String scores = onnx.append(name + "/scores", "MatMul", List.of(keys, queries));
    String biased =
        onnx.append(name + "/biased", "Add", List.of(scores, bias(name, op, order, table)));
    String shares =
        onnx.append(name + "/shares", "Softmax", List.of(biased), attribute("axis", -2));
    String mixed = onnx.append(name + "/mixed", "MatMul", List.of(values, shares));
    String turned = turn(name + "/turned", mixed, 0, 1, 2, 4, 3, 5);
    String flat = reshape(name + "/flat", turned, 0, shape.channels(), -1);
    String back = gather(name + "/back", flat, 2, order.places());
    return onnx.add(
        name,
        "Reshape",
        shape,
        false,
        List.of(back, onnx.integers(0, shape.channels(), shape.height(), shape.width())));
  }

  /** The table's values for all pairs: [heads, patterns, keys, queries]. */
  private String bias(String name, Operator.WindowAttention op, WindowOrder order, String table) {
    int t = op.window() * op.window();
    float[] ignored = new float[op.heads()];
    Arrays.fill(ignored, IGNORED);
    String last = onnx.constant(new int[] {op.heads(), 1}, ignored);
    String offsets = reshape(name + "/offsets", table, op.heads(), op.tableRows());
    String all = onnx.append(name + "/all", "Concat", List.of(offsets, last), attribute("axis", 1));
    String pairs = gather(name + "/pairs", all, 1, order.pairs());
    String split = reshape(name + "/bias", pairs, op.heads(), order.patterns(), t, t);
    return turn(name + "/bias_of_keys", split, 0, 1, 3, 2);
  }

  private String reshape(String name, String x, long... sides) {
    return onnx.append(name, "Reshape", List.of(x, onnx.integers(sides)));
  }

  private String turn(String name, String x, long... order) {
    return onnx.append(name, "Transpose", List.of(x), attributes("perm", order));
  }

  private String gather(String name, String x, int axis, int[] indices) {
    String chosen = onnx.integers(Arrays.stream(indices).asLongStream().toArray());
    return onnx.append(name, "Gather", List.of(x, chosen), attribute("axis", axis));
  }
}
