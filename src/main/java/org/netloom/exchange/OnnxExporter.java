package org.netloom.exchange;

import static org.netloom.exchange.OnnxGraph.attribute;
import static org.netloom.exchange.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.netloom.config.InputException;
import org.netloom.exchange.OnnxGraph.Value;
import org.netloom.graph.Activation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.Parameters;
import org.netloom.tensor.Tensor;

/**
 * A network as an ONNX model for inference (operator set 17, IR version 8): {@code input} [batch,
 * C, H, W] to {@code logits} [batch, classes]. Nodes and initializers carry the names of the
 * graph's nodes and tensors; batch norms use running statistics; dropout is omitted.
 */
public final class OnnxExporter {
  /** Name of the model's input, [batch, channels, height, width]. */
  public static final String INPUT = "input";

  /** Name of the model's output, [batch, classes]. */
  public static final String OUTPUT = "logits";

  private static final int OPERATOR_SET = 17;
  private static final int IR_VERSION = 8;

  /** A message of protobuf ends at 2^31 - 1 bytes; some are left for the structure. */
  private static final long MAX_VALUES = (Integer.MAX_VALUE - (16L << 20)) / Float.BYTES;

  private final OnnxGraph onnx;
  private final Parameters parameters;
  private final OnnxTokens tokens;
  private final List<Value> values = new ArrayList<>();

  private OnnxExporter(OnnxGraph onnx, Parameters parameters) {
    this.onnx = onnx;
    this.parameters = parameters;
    this.tokens = new OnnxTokens(onnx);
  }

  /**
   * The bytes of the model; the same network gives the same bytes.
   *
   * @throws InputException if a tensor is missing or has another shape than the graph says, or if
   *     the model is larger than an ONNX file can be
   */
  public static byte[] export(ComputationalGraph graph, Parameters parameters, ModelInfo info) {
    if (parameters.size() > MAX_VALUES) {
      throw new InputException(
          "Network '%s' has (%d) values; an ONNX file holds at most %d."
              .formatted(graph.name(), parameters.size(), MAX_VALUES));
    }
    Set<String> reserved = new LinkedHashSet<>(parameters.tensors().keySet());
    reserved.add(INPUT);
    reserved.add(OUTPUT);
    OnnxExporter exporter = new OnnxExporter(new OnnxGraph(graph.name(), reserved), parameters);
    graph.nodes().forEach(node -> exporter.values.add(exporter.emit(node)));
    Value output = exporter.values.getLast();
    String logits = exporter.onnx.vector(output);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("Netloom")
            .setProducerVersion(info.version())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
            .setGraph(exporter.onnx.finish(logits, OUTPUT, Math.toIntExact(output.shape().size())));
    info.properties()
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private Value emit(Node node) {
    return switch (node.operator()) {
      case Operator.Input _ -> onnx.input(INPUT, node.shape());
      case Operator.Convolution convolution -> convolution(node, convolution);
      case Operator.Linear _ -> linear(node);
      case Operator.BatchNorm norm -> batchNorm(node, norm);
      case Operator.LayerNorm norm -> layerNorm(node, norm);
      case Operator.Activate activate -> activate(node, activate.activation());
      case Operator.MaxPool pool ->
          pool(node, "MaxPool", pool.kernel(), pool.stride(), pool.padding(), pool.ceil());
      case Operator.AveragePool pool ->
          pool(node, "AveragePool", pool.kernel(), pool.stride(), pool.padding(), false);
      case Operator.GlobalAveragePool _ -> map(node, "GlobalAveragePool");
      case Operator.AdaptiveAveragePool _ -> adaptivePool(node);
      case Operator.Sum _ -> elementwise(node, node.inputs().size() == 2 ? "Add" : "Sum");
      case Operator.ChannelSlice slice -> channelSlice(node, slice);
      case Operator.ChannelShuffle shuffle -> channelShuffle(node, shuffle.groups());
      case Operator.Pad pad -> pad(node, pad.padding());
      case Operator.Concat _ -> concat(node);
      case Operator.ChannelScale _ -> elementwise(node, "Mul");
      case Operator.Attention attention ->
          tokens.attend(node, attention, onnx.map(source(node, 0)));
      case Operator.WindowAttention windows ->
          tokens.attend(node, windows, onnx.map(source(node, 0)), source(node, 1).name());
      case Operator.LayerScale _ ->
          onnx.add(
              node.name(),
              "Mul",
              node.shape(),
              false,
              List.of(onnx.map(source(node, 0)), weight(node, 0)));
      case Operator.Tokens _ -> tokens.rows(node, weight(node, 0));
      case Operator.Prepend _ ->
          tokens.prepend(node, source(node, 0).name(), onnx.map(source(node, 1)));
      case Operator.FirstToken _ -> tokens.first(node, onnx.map(source(node, 0)));
      case Operator.PositionalEncoding encoding ->
          new Value(weight(node, 0), encoding.shape(), false);
      case Operator.Subsample subsample -> subsample(node, subsample.stride());
      case Operator.Flatten _ -> flatten(node);
      case Operator.Dropout _ -> source(node, 0);
      case Operator.StochasticDepth _ -> source(node, 0);
      case Operator.Zeros zeros -> zeros(node, zeros.shape());
    };
  }

  private Value convolution(Node node, Operator.Convolution convolution) {
    Padding padding = convolution.padding();
    List<String> inputs = new ArrayList<>();
    inputs.add(crop(node, padding));
    inputs.addAll(weights(node));
    return onnx.add(
        node.name(),
        "Conv",
        node.shape(),
        false,
        inputs,
        attributes("kernel_shape", convolution.kernelH(), convolution.kernelW()),
        attributes("strides", convolution.strideH(), convolution.strideW()),
        attributes(
            "pads",
            Math.max(padding.top(), 0),
            Math.max(padding.left(), 0),
            Math.max(padding.bottom(), 0),
            Math.max(padding.right(), 0)),
        attributes("dilations", convolution.dilationH(), convolution.dilationW()),
        attribute("group", convolution.groups()));
  }

  /** Rows and columns that a negative padding takes away: ONNX Runtime refuses negative pads. */
  private String crop(Node node, Padding padding) {
    Value source = source(node, 0);
    int top = Math.max(-padding.top(), 0);
    int left = Math.max(-padding.left(), 0);
    int bottom = source.shape().height() - Math.max(-padding.bottom(), 0);
    int right = source.shape().width() - Math.max(-padding.right(), 0);
    if (top == 0
        && left == 0
        && bottom == source.shape().height()
        && right == source.shape().width()) {
      return onnx.map(source);
    }
    return onnx.append(
        node.name() + "/crop",
        "Slice",
        List.of(
            onnx.map(source),
            onnx.integers(top, left),
            onnx.integers(bottom, right),
            onnx.integers(2, 3)));
  }

  private Value linear(Node node) {
    Value source = source(node, 0);
    List<String> inputs = new ArrayList<>(weights(node));
    if (source.shape().height() == 1 && source.shape().width() == 1) {
      inputs.addFirst(onnx.vector(source));
      return onnx.add(node.name(), "Gemm", node.shape(), true, inputs, attribute("transB", 1));
    }
    // On a map it is a 1x1 convolution; the tensor itself keeps its two-sided shape and its name.
    ParameterSpec weight = node.parameters().getFirst();
    String kernel =
        onnx.append(
            node.name() + "/kernel",
            "Reshape",
            List.of(
                weight.name(),
                onnx.integers(weight.shape().getFirst(), weight.shape().getLast(), 1, 1)));
    inputs.set(0, kernel);
    inputs.addFirst(onnx.map(source));
    return onnx.add(
        node.name(), "Conv", node.shape(), false, inputs, attributes("kernel_shape", 1, 1));
  }

  private Value batchNorm(Node node, Operator.BatchNorm norm) {
    Value source = source(node, 0);
    List<String> inputs = new ArrayList<>();
    inputs.add(source.name());
    inputs.addAll(weights(node));
    List<Integer> channels = List.of(node.shape().channels());
    inputs.add(tensor(node, node.name() + ".running_mean", channels));
    inputs.add(tensor(node, node.name() + ".running_var", channels));
    return onnx.add(
        node.name(),
        "BatchNormalization",
        node.shape(),
        source.vector(),
        inputs,
        attribute("epsilon", norm.epsilon()),
        attribute("momentum", 1 - norm.momentum()));
  }

  private Value layerNorm(Node node, Operator.LayerNorm norm) {
    Value source = source(node, 0);
    List<String> inputs = new ArrayList<>(weights(node));
    if (source.vector()) {
      inputs.addFirst(source.name());
      return onnx.add(
          node.name(),
          "LayerNormalization",
          node.shape(),
          true,
          inputs,
          attribute("axis", -1),
          attribute("epsilon", norm.epsilon()));
    }
    inputs.addFirst(
        onnx.append(
            node.name() + "/channels_last",
            "Transpose",
            List.of(source.name()),
            attributes("perm", 0, 2, 3, 1)));
    String normed =
        onnx.append(
            node.name() + "/norm",
            "LayerNormalization",
            inputs,
            attribute("axis", -1),
            attribute("epsilon", norm.epsilon()));
    return onnx.add(
        node.name(),
        "Transpose",
        node.shape(),
        false,
        List.of(normed),
        attributes("perm", 0, 3, 1, 2));
  }

  private Value activate(Node node, Activation activation) {
    String x = source(node, 0).name();
    return switch (activation) {
      case RELU -> same(node, "Relu", List.of(x));
      case RELU6 -> same(node, "Clip", List.of(x, scalar(0), scalar(6)));
      case GELU -> {
        String scaled = inner(node, "scaled", "Mul", x, scalar((float) Math.sqrt(0.5)));
        String erf = onnx.append(node.name() + "/erf", "Erf", List.of(scaled));
        String shifted = inner(node, "shifted", "Add", erf, scalar(1));
        String product = inner(node, "product", "Mul", x, shifted);
        yield same(node, "Mul", List.of(product, scalar(0.5f)));
      }
      case HARD_SWISH -> same(node, "HardSwish", List.of(x));
      case HARD_SIGMOID -> {
        Value source = source(node, 0);
        yield onnx.add(
            node.name(),
            "HardSigmoid",
            node.shape(),
            source.vector(),
            List.of(x),
            attribute("alpha", 1f / 6),
            attribute("beta", 0.5f));
      }
      case SIGMOID -> same(node, "Sigmoid", List.of(x));
      case SILU -> {
        String gate = onnx.append(node.name() + "/sigmoid", "Sigmoid", List.of(x));
        yield same(node, "Mul", List.of(x, gate));
      }
    };
  }

  private Value pool(
      Node node, String operator, int kernel, int stride, int padding, boolean ceil) {
    return onnx.add(
        node.name(),
        operator,
        node.shape(),
        false,
        List.of(onnx.map(source(node, 0))),
        attributes("kernel_shape", kernel, kernel),
        attributes("strides", stride, stride),
        attributes("pads", padding, padding, padding, padding),
        attribute("ceil_mode", ceil ? 1 : 0));
  }

  private Value map(Node node, String operator) {
    return onnx.add(node.name(), operator, node.shape(), false, List.of(onnx.map(source(node, 0))));
  }

  /** The windows are products of row and column ranges: two products with averaging matrices. */
  private Value adaptivePool(Node node) {
    FeatureShape from = source(node, 0).shape();
    FeatureShape to = node.shape();
    if (to.height() == 1 && to.width() == 1) {
      return map(node, "GlobalAveragePool");
    }
    int[] rowSides = {to.height(), from.height()};
    String rows = onnx.constant(rowSides, averaging(to.height(), from.height(), false));
    int[] columnSides = {from.width(), to.width()};
    String columns = onnx.constant(columnSides, averaging(to.width(), from.width(), true));
    String tall = inner(node, "rows", "MatMul", rows, onnx.map(source(node, 0)));
    return onnx.add(node.name(), "MatMul", to, false, List.of(tall, columns));
  }

  private static float[] averaging(int outputs, int inputs, boolean transposed) {
    float[] matrix = new float[outputs * inputs];
    for (int i = 0; i < outputs; i++) {
      int first = i * inputs / outputs;
      int end = ((i + 1) * inputs + outputs - 1) / outputs;
      for (int j = first; j < end; j++) {
        matrix[transposed ? j * outputs + i : i * inputs + j] = 1f / (end - first);
      }
    }
    return matrix;
  }

  private Value channelSlice(Node node, Operator.ChannelSlice slice) {
    Value source = source(node, 0);
    return onnx.add(
        node.name(),
        "Slice",
        node.shape(),
        source.vector(),
        List.of(
            source.name(),
            onnx.integers(slice.from()),
            onnx.integers((long) slice.from() + slice.channels()),
            onnx.integers(1)));
  }

  private Value channelShuffle(Node node, int groups) {
    FeatureShape shape = node.shape();
    String split =
        onnx.append(
            node.name() + "/groups",
            "Reshape",
            List.of(
                onnx.map(source(node, 0)),
                onnx.integers(
                    0, groups, shape.channels() / groups, (long) shape.height() * shape.width())));
    String turned =
        onnx.append(
            node.name() + "/turned", "Transpose", List.of(split), attributes("perm", 0, 2, 1, 3));
    return onnx.add(
        node.name(),
        "Reshape",
        shape,
        false,
        List.of(turned, onnx.integers(0, shape.channels(), shape.height(), shape.width())));
  }

  private Value pad(Node node, Padding padding) {
    return onnx.add(
        node.name(),
        "Pad",
        node.shape(),
        false,
        List.of(
            crop(node, padding),
            onnx.integers(
                0,
                0,
                Math.max(padding.top(), 0),
                Math.max(padding.left(), 0),
                0,
                0,
                Math.max(padding.bottom(), 0),
                Math.max(padding.right(), 0))));
  }

  private Value concat(Node node) {
    boolean vector = allVectors(node);
    return onnx.add(
        node.name(), "Concat", node.shape(), vector, sources(node, vector), attribute("axis", 1));
  }

  private Value elementwise(Node node, String operator) {
    boolean vector = allVectors(node);
    return onnx.add(node.name(), operator, node.shape(), vector, sources(node, vector));
  }

  private Value subsample(Node node, int stride) {
    Value source = source(node, 0);
    return onnx.add(
        node.name(),
        "Slice",
        node.shape(),
        false,
        List.of(
            onnx.map(source),
            onnx.integers(0, 0),
            onnx.integers(source.shape().height(), source.shape().width()),
            onnx.integers(2, 3),
            onnx.integers(stride, stride)));
  }

  private Value flatten(Node node) {
    Value source = source(node, 0);
    return source.vector()
        ? source
        : onnx.add(
            node.name(),
            "Flatten",
            node.shape(),
            true,
            List.of(source.name()),
            attribute("axis", 1));
  }

  private Value zeros(Node node, FeatureShape shape) {
    String sides =
        tokens.perImage(node.name(), INPUT, shape.channels(), shape.height(), shape.width());
    return onnx.add(node.name(), "ConstantOfShape", shape, false, List.of(sides));
  }

  private Value same(Node node, String operator, List<String> inputs) {
    return onnx.add(node.name(), operator, node.shape(), source(node, 0).vector(), inputs);
  }

  private String inner(Node node, String part, String operator, String first, String second) {
    return onnx.append(node.name() + "/" + part, operator, List.of(first, second));
  }

  private String scalar(float value) {
    return onnx.constant(new int[0], value);
  }

  private Value source(Node node, int input) {
    return values.get(node.inputs().get(input));
  }

  private boolean allVectors(Node node) {
    return node.inputs().stream().allMatch(input -> values.get(input).vector());
  }

  private List<String> sources(Node node, boolean vector) {
    return node.inputs().stream()
        .map(values::get)
        .map(value -> vector ? onnx.vector(value) : onnx.map(value))
        .toList();
  }

  private List<String> weights(Node node) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < node.parameters().size(); i++) {
      names.add(weight(node, i));
    }
    return names;
  }

  private String weight(Node node, int i) {
    ParameterSpec spec = node.parameters().get(i);
    return tensor(node, spec.name(), spec.shape());
  }

  private String tensor(Node node, String name, List<Integer> shape) {
    if (!parameters.has(name)) {
      throw new InputException(
          "Node '%s': the parameters have no tensor '%s' of shape (%s).%s"
              .formatted(
                  node.name(),
                  name,
                  sides(shape),
                  name.contains(".running_")
                      ? " Maybe the batch-norm statistics were not calibrated yet?"
                      : ""));
    }
    Tensor tensor = parameters.get(name);
    int[] wanted = shape.stream().mapToInt(Integer::intValue).toArray();
    if (!Arrays.equals(tensor.shape().toArray(), wanted)) {
      throw new InputException(
          "Node '%s': tensor '%s' has shape (%s), but the graph needs (%s)."
              .formatted(node.name(), name, tensor.shape(), sides(shape)));
    }
    return onnx.initializer(name, tensor);
  }

  private static String sides(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
