package org.netloom.exchange;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.netloom.graph.FeatureShape;
import org.netloom.tensor.Tensor;

/**
 * An ONNX graph under construction: unique names, initializers, shared constants, and values that
 * are either maps [N, C, H, W] or vectors [N, C], converted where an operator needs the other form.
 */
final class OnnxGraph {

  /** The symbolic first dimension of every value. */
  private static final String BATCH = "batch";

  /**
   * The output of an operator.
   *
   * @param vector whether its ONNX shape is [N, C] instead of [N, C, H, W]
   */
  record Value(String name, FeatureShape shape, boolean vector) {}

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final Map<String, ValueInfoProto> values = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> initializers = new LinkedHashSet<>();
  private final Map<String, String> constants = new LinkedHashMap<>();
  private final Map<Value, Value> converted = new LinkedHashMap<>();

  OnnxGraph(String name, Set<String> reserved) {
    graph.setName(name);
    names.addAll(reserved);
  }

  /** The name itself where it is free, else with underscores added. */
  String claim(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }

  Value input(String name, FeatureShape shape) {
    graph.addInput(info(name, shape, false));
    return new Value(name, shape, false);
  }

  /** Adds a node whose one output carries its name. */
  Value add(
      String name,
      String operator,
      FeatureShape shape,
      boolean vector,
      List<String> inputs,
      AttributeProto... attributes) {
    String claimed = append(name, operator, inputs, attributes);
    values.put(claimed, info(claimed, shape, vector));
    return new Value(claimed, shape, vector);
  }

  /** Adds a node inside another one: its output has no shape for one image. */
  String append(String name, String operator, List<String> inputs, AttributeProto... attributes) {
    String claimed = claim(name);
    nodes.add(node(claimed, operator, inputs, attributes).addOutput(claimed));
    return claimed;
  }

  /** Adds a node with several outputs. */
  List<String> split(
      String name, String operator, int outputs, String input, AttributeProto... attributes) {
    NodeProto.Builder node = node(claim(name), operator, List.of(input), attributes);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      all.add(claim(name + "/" + i));
    }
    nodes.add(node.addAllOutput(all));
    return all;
  }

  /** An initializer under exactly this (reserved) name; nodes may share one. */
  String initializer(String name, Tensor tensor) {
    if (initializers.add(name)) {
      graph.addInitializer(floats(name, tensor.shape().toArray(), tensor.data()));
    }
    return name;
  }

  /** An unnamed constant of floats; equal ones are stored once. */
  String constant(int[] sides, float... data) {
    String key = "f" + Arrays.toString(sides) + Arrays.toString(data);
    String known = constants.get(key);
    if (known == null) {
      known = claim("constant/" + constants.size());
      constants.put(key, known);
      graph.addInitializer(floats(known, sides, data));
    }
    return known;
  }

  /** An unnamed constant vector of 64-bit integers; equal ones are stored once. */
  String integers(long... data) {
    String key = "i" + Arrays.toString(data);
    String known = constants.get(key);
    if (known == null) {
      known = claim("constant/" + constants.size());
      constants.put(key, known);
      ByteBuffer raw = ByteBuffer.allocate(8 * data.length).order(ByteOrder.LITTLE_ENDIAN);
      raw.asLongBuffer().put(data);
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName(known)
              .setDataType(TensorProto.DataType.INT64.getNumber())
              .addDims(data.length)
              .setRawData(ByteString.copyFrom(raw)));
    }
    return known;
  }

  /** The value as a map [N, C, H, W]. */
  String map(Value value) {
    if (!value.vector()) {
      return value.name();
    }
    FeatureShape shape = value.shape();
    return convert(
        value,
        () ->
            add(
                value.name() + "/map",
                "Reshape",
                shape,
                false,
                List.of(
                    value.name(), integers(0, shape.channels(), shape.height(), shape.width()))));
  }

  /** The value as a vector [N, C·H·W]. */
  String vector(Value value) {
    if (value.vector()) {
      return value.name();
    }
    FeatureShape shape = FeatureShape.vector(Math.toIntExact(value.shape().size()));
    return convert(
        value,
        () ->
            add(
                value.name() + "/vector",
                "Flatten",
                shape,
                true,
                List.of(value.name()),
                attribute("axis", 1)));
  }

  private String convert(Value value, Supplier<Value> conversion) {
    Value result = converted.get(value);
    if (result == null) {
      result = conversion.get();
      converted.put(value, result);
    }
    return result.name();
  }

  /** Makes a vector [N, size] the output, under the given name. */
  GraphProto finish(String value, String outputName, int size) {
    NodeProto.Builder last = nodes.isEmpty() ? null : nodes.getLast();
    if (last != null && last.getOutputCount() == 1 && last.getOutput(0).equals(value)) {
      last.setOutput(0, outputName);
      values.remove(value);
    } else {
      nodes.add(node(claim(outputName), "Identity", List.of(value)).addOutput(outputName));
    }
    nodes.forEach(graph::addNode);
    graph.addAllValueInfo(values.values());
    return graph.addOutput(info(outputName, FeatureShape.vector(size), true)).build();
  }

  static AttributeProto attribute(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, float value) {
    return attribute(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto attributes(String name, long... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static NodeProto.Builder node(
      String name, String operator, List<String> inputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType(operator)
        .addAllInput(inputs)
        .addAllAttribute(Arrays.asList(attributes));
  }

  private static TensorProto floats(String name, int[] sides, float[] data) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    Arrays.stream(sides).forEach(tensor::addDims);
    ByteBuffer raw = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(data);
    return tensor.setRawData(ByteString.copyFrom(raw)).build();
  }

  private static ValueInfoProto info(String name, FeatureShape shape, boolean vector) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    int[] fixed =
        vector
            ? new int[] {shape.channels()}
            : new int[] {shape.channels(), shape.height(), shape.width()};
    for (int side : fixed) {
      sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(sides)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
