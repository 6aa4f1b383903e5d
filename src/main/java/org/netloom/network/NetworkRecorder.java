package org.netloom.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.tensor.Attention;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.ShapeException;
import org.netloom.tensor.Value;

/**
 * Records the forward pass of a computational graph. Maps are NHWC; parameters keep their usual
 * layouts.
 */
public final class NetworkRecorder {
  private final Program program;
  private final ComputationalGraph graph;
  private final Function<String, Value> parameter;
  private final BatchNormMode mode;
  private final ChanceRecorder chance;
  private final int batch;
  private final MapRecorder maps;
  private final TokenRecorder tokens;
  private final SequencedMap<String, Statistics> statistics = new LinkedHashMap<>();

  /** Batch statistics of one batch-norm node: mean [C] and 1/√(variance + ε) [C]. */
  public record Statistics(Value mean, Value rstd, float epsilon, float momentum, long count) {}

  /**
   * The recorded pass.
   *
   * @param logits [N, classes]
   * @param statistics those of every batch norm in batch mode
   * @param values the output of each node, as its readers see it
   */
  public record Recorded(
      Value logits, SequencedMap<String, Statistics> statistics, List<Value> values) {
    public Recorded {
      values = List.copyOf(values);
    }
  }

  private NetworkRecorder(
      Program program,
      ComputationalGraph graph,
      Function<String, Value> parameter,
      BatchNormMode mode,
      @Nullable Chance chance,
      int batch) {
    this.program = program;
    this.chance = new ChanceRecorder(program, chance);
    this.batch = batch;
    this.maps = new MapRecorder(program);
    this.tokens = new TokenRecorder(program);
    this.graph = graph;
    this.parameter = parameter;
    this.mode = mode;
  }

  /**
   * Records a network.
   *
   * @param images [N, H, W, C], normalised
   * @param parameter gives the value of a tensor by its name, running statistics included where the
   *     mode asks for them
   * @param chance what is random while training; null for inference
   * @throws ShapeException where a tensor does not fit its node; the message names both
   */
  public static Recorded record(
      Program program,
      ComputationalGraph graph,
      Value images,
      Function<String, Value> parameter,
      BatchNormMode mode,
      @Nullable Chance chance) {
    int batch = images.shape().side(0);
    NetworkRecorder recorder = new NetworkRecorder(program, graph, parameter, mode, chance, batch);
    List<Value> values = recorder.run(images);
    return new Recorded(
        program.apply(new Layout.Reshape(Shape.of(batch, graph.classes())), values.getLast()),
        recorder.statistics,
        values);
  }

  private List<Value> run(Value images) {
    FeatureShape expected = graph.input().shape();
    Shape wanted =
        Shape.of(images.shape().side(0), expected.height(), expected.width(), expected.channels());
    if (!wanted.equals(images.shape())) {
      throw new IllegalArgumentException(
          "Network %s takes images of shape (%s), but got (%s)."
              .formatted(graph.name(), wanted, images.shape()));
    }
    List<Value> values = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Value> in = node.inputs().stream().map(values::get).toList();
      try {
        Value value = node.operator() instanceof Operator.Input ? images : apply(node, in);
        boolean path = graph.places().paths().contains(node.index());
        values.add(path ? chance.path(value, node.index()) : value);
      } catch (ShapeException e) {
        throw e.at("node %s of %s".formatted(node.name(), graph.name()));
      }
    }
    return values;
  }

  private Value apply(Node node, List<Value> in) {
    return switch (node.operator()) {
      case Operator.Input op -> throw new IllegalStateException("The input is given.");
      case Operator.Convolution op -> convolution(node, op, in.getFirst());
      case Operator.Linear op -> {
        Value y = program.apply(new Matrix.Product(false, true), in.getFirst(), tensor(node, 0));
        yield op.bias() ? addBias(node, y) : y;
      }
      case Operator.BatchNorm op -> batchNorm(node, op, in.getFirst());
      case Operator.LayerNorm op ->
          program
              .applyAll(
                  new Normalisation.LayerNorm(op.epsilon()),
                  in.getFirst(),
                  weight(node, "weight"),
                  weight(node, "bias"))
              .getFirst();
      case Operator.Activate op ->
          program.apply(
              new Elementwise.Apply(Elementwise.Function.valueOf(op.activation().name())),
              in.getFirst());
      case Operator.MaxPool op ->
          program.apply(
              new Pooling.Max(
                  new Pooling.Window(op.kernel(), op.stride(), op.padding(), op.ceil())),
              in.getFirst());
      case Operator.AveragePool op ->
          program.apply(
              new Pooling.Average(new Pooling.Window(op.kernel(), op.stride(), op.padding())),
              in.getFirst());
      case Operator.GlobalAveragePool op ->
          program.apply(new Pooling.Adaptive(1, 1), in.getFirst());
      case Operator.AdaptiveAveragePool op ->
          program.apply(new Pooling.Adaptive(op.height(), op.width()), in.getFirst());
      case Operator.Sum op -> sum(in);
      case Operator.ChannelSlice op ->
          program.apply(new Layout.Slice(op.from(), op.channels()), in.getFirst());
      case Operator.ChannelShuffle op -> maps.shuffle(in.getFirst(), op.groups());
      case Operator.Pad op -> maps.pad(in.getFirst(), op.padding());
      case Operator.Concat op -> program.apply(new Layout.Concat(), in.toArray(Value[]::new));
      case Operator.ChannelScale op ->
          program.apply(new Elementwise.ChannelScale(), in.get(0), in.get(1));
      case Operator.Attention op -> attention(node, op, in.getFirst());
      case Operator.WindowAttention op -> tokens.attend(op, in.get(0), in.get(1));
      case Operator.LayerScale op -> tokens.scale(in.getFirst(), tensor(node, 0));
      case Operator.Tokens op -> tokens.rows(tensor(node, 0));
      case Operator.Prepend op -> tokens.prepend(in.get(0), in.get(1));
      case Operator.FirstToken op -> tokens.first(in.getFirst());
      case Operator.PositionalEncoding op -> maps.ofChannelsFirst(weight(node, "weight"));
      case Operator.Subsample op -> program.apply(new Layout.Subsample(op.stride()), in.getFirst());
      case Operator.Flatten op -> maps.flatten(in.getFirst());
      case Operator.Dropout op -> chance.dropout(in.getFirst(), op.probability());
      case Operator.StochasticDepth op ->
          chance.depth(in.getFirst(), op.probability(), node.index());
      case Operator.Zeros op ->
          program.apply(
              new Layout.Constant(
                  Shape.of(batch, op.shape().height(), op.shape().width(), op.shape().channels()),
                  0f));
    };
  }

  private Value weight(Node node, String suffix) {
    return parameter.apply(node.name() + "." + suffix);
  }

  private Value tensor(Node node, int i) {
    return parameter.apply(node.parameters().get(i).name());
  }

  private Value addBias(Node node, Value y) {
    return program.apply(new Elementwise.AddRepeated(), y, tensor(node, 1));
  }

  private Value convolution(Node node, Operator.Convolution op, Value x) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            x.shape().side(0),
            x.shape().side(1),
            x.shape().side(2),
            x.shape().side(3),
            op.outChannels(),
            op.kernelH(),
            op.kernelW(),
            op.strideH(),
            op.strideW(),
            op.padding().top(),
            op.padding().left(),
            op.dilationH(),
            op.dilationW(),
            op.groups(),
            node.shape().height(),
            node.shape().width());
    Value y = program.apply(new Convolution.Forward(geometry), x, weight(node, "weight"));
    return op.bias() ? addBias(node, y) : y;
  }

  private Value batchNorm(Node node, Operator.BatchNorm op, Value x) {
    Value gain = weight(node, "weight");
    Value offset = weight(node, "bias");
    if (mode == BatchNormMode.RUNNING) {
      return program.apply(
          new Normalisation.FixedNorm(op.epsilon()),
          x,
          gain,
          offset,
          weight(node, "running_mean"),
          weight(node, "running_var"));
    }
    List<Value> all = program.applyAll(new Normalisation.BatchNorm(op.epsilon()), x, gain, offset);
    statistics.put(
        node.name(),
        new Statistics(all.get(1), all.get(2), op.epsilon(), op.momentum(), x.shape().rows()));
    return all.getFirst();
  }

  /** Adds maps; a positional encoding, which has one row for the whole batch, is repeated. */
  private Value sum(List<Value> in) {
    List<Value> full = new ArrayList<>();
    List<Value> repeated = new ArrayList<>();
    for (Value value : in) {
      (value.shape().side(0) == batch ? full : repeated).add(value);
    }
    Value total =
        full.size() == 1
            ? full.getFirst()
            : program.apply(new Elementwise.Add(), full.toArray(Value[]::new));
    for (Value value : repeated) {
      total = program.apply(new Elementwise.AddRepeated(), total, value);
    }
    return total;
  }

  private Value attention(Node node, Operator.Attention op, Value x) {
    Shape map = x.shape();
    Shape tokens = Shape.of(map.side(0), map.side(1) * map.side(2), map.side(3));
    Value qkv = program.apply(new Layout.Reshape(tokens), x);
    Value y = program.applyAll(new Attention.Forward(op.heads(), op.headSize()), qkv).getFirst();
    return program.apply(new Layout.Reshape(map.withLast(node.shape().channels())), y);
  }
}
