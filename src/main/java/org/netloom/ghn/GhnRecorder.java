package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/**
 * Records the prediction of all tensors of one network: node encoding, message passing, layer norm,
 * decoding, tiling, rescaling (Knyazev et al. 2021, sections 3 and 4).
 */
final class GhnRecorder {
  private final Program program;
  private final GhnConfig config;
  private final Function<String, Value> weights;

  GhnRecorder(Program program, GhnConfig config, Function<String, Value> weights) {
    this.program = program;
    this.config = config;
    this.weights = weights;
  }

  /**
   * What was recorded.
   *
   * @param tensors predicted tensors by name, each in its target shape
   */
  record Prediction(States states, SequencedMap<String, Value> tensors) {}

  /**
   * States of the nodes, before anything is decoded.
   *
   * @param encoding x [N,H]
   * @param forward states after the forward sweep [N,H]; the encoding where nothing is passed
   * @param backward states after the backward sweep [N,H]
   * @param last final, normalised states [N,H]
   */
  record States(Value encoding, Value forward, Value backward, Value last) {}

  /**
   * Records node encoding, message passing and layer norm.
   *
   * @param nodes those of all graphs, graph after graph
   */
  States states(List<PrimitiveNode> nodes, GraphEdges edges) {
    Value x = encode(nodes);
    Value forward = x;
    Value backward;
    if (config.messagePassing()) {
      List<Value> sweeps =
          program.applyAll(new GraphSweeps.Forward(edges, config.virtualEdges()), sweepOperands(x));
      backward = sweeps.get(0);
      forward = sweeps.get(1);
    } else {
      backward = relu(linear("gnn.fc.2", relu(linear("gnn.fc.0", x))));
    }
    Value states = backward;
    if (config.layerNorm()) {
      states =
          program
              .applyAll(
                  new Normalisation.LayerNorm(1e-5f),
                  backward,
                  weights.apply("ln.weight"),
                  weights.apply("ln.bias"))
              .getFirst();
    }
    return new States(x, forward, backward, states);
  }

  /** Records the states of a network's nodes and what they are decoded into. */
  Prediction record(List<PrimitiveNode> nodes, GraphEdges edges) {
    States states = states(nodes, edges);
    return new Prediction(states, decode(nodes, states.last()));
  }

  /**
   * Records decoding, tiling and rescaling of one network.
   *
   * @param states final states of its nodes [N,H]
   * @return predicted tensors by name, each in its target shape
   */
  SequencedMap<String, Value> decode(List<PrimitiveNode> nodes, Value states) {
    SequencedMap<String, Value> decoded = new LinkedHashMap<>();
    new BlockDecoder(this, config, nodes, states).decode(decoded);
    new VectorDecoder(this, config, nodes, states).decode(decoded);
    SequencedMap<String, Value> ordered = new LinkedHashMap<>();
    for (PrimitiveNode node : nodes) {
      for (ParameterSpec parameter : node.parameters()) {
        Value value = decoded.get(parameter.name());
        if (value == null) {
          throw new IllegalStateException(
              "Tensor '%s' of shape %s was not decoded."
                  .formatted(parameter.name(), parameter.shape()));
        }
        ordered.put(parameter.name(), value);
      }
    }
    return ordered;
  }

  /** x_v = E_op + concat(E_ch[out], E_ch[in], E_sp[h], E_sp[w]). */
  private Value encode(List<PrimitiveNode> nodes) {
    ShapeVocabulary vocabulary = new ShapeVocabulary(config.classes(), config.maxKernel());
    int n = nodes.size();
    int[] operations = new int[n];
    int[][] rows = new int[4][n];
    for (int v = 0; v < n; v++) {
      operations[v] = nodes.get(v).primitive().ordinal();
      int[] shape = vocabulary.rows(nodes.get(v).shape());
      for (int i = 0; i < 4; i++) {
        rows[i][v] = shape[i];
      }
    }
    Value channel = weights.apply("shape_enc.embed_channel.weight");
    Value spatial = weights.apply("shape_enc.embed_spatial.weight");
    Value shape =
        program.apply(
            new Layout.Concat(),
            gather(channel, rows[0]),
            gather(channel, rows[1]),
            gather(spatial, rows[2]),
            gather(spatial, rows[3]));
    return program.apply(
        new Elementwise.Add(), gather(weights.apply("embed.weight"), operations), shape);
  }

  private Value[] sweepOperands(Value x) {
    List<Value> all = new ArrayList<>(List.of(x));
    List<String> mlps =
        config.virtualEdges() ? List.of("gnn.mlp", "gnn.mlp_ve") : List.of("gnn.mlp");
    for (String mlp : mlps) {
      for (String layer : List.of(".fc.0", ".fc.2")) {
        all.add(weights.apply(mlp + layer + ".weight"));
        all.add(weights.apply(mlp + layer + ".bias"));
      }
    }
    for (String tensor : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
      all.add(weights.apply("gnn.gru." + tensor));
    }
    return all.toArray(Value[]::new);
  }

  Program program() {
    return program;
  }

  Value gather(Value table, int[] rows) {
    return program.apply(new Matrix.GatherRows(rows), table);
  }

  Value linear(String layer, Value x) {
    return affine(x, matrix(layer + ".weight"), weights.apply(layer + ".bias"));
  }

  /** Some rows of a linear layer: weight [n, in] and bias [n, 1]. */
  record Rows(Value weight, Value bias) {}

  /** All rows of a layer. */
  Rows rows(String layer) {
    Value bias = weights.apply(layer + ".bias");
    return new Rows(matrix(layer + ".weight"), reshape(bias, bias.shape().size(), 1));
  }

  /** Some rows of these rows, in the order given; these themselves if that is all of them. */
  Rows select(Rows from, int[] chosen) {
    int size = from.weight().shape().side(0);
    if (chosen.length == size && IntStream.range(0, size).allMatch(i -> chosen[i] == i)) {
      return from;
    }
    return new Rows(gather(from.weight(), chosen), gather(from.bias(), chosen));
  }

  Value linear(Rows rows, Value x) {
    return affine(x, rows.weight(), rows.bias());
  }

  private Value affine(Value x, Value weight, Value bias) {
    Value y = program.apply(new Matrix.Product(false, true), x, weight);
    return program.apply(new Elementwise.AddRepeated(), y, bias);
  }

  /** A weight as a matrix of its first side's rows. */
  private Value matrix(String name) {
    Value weight = weights.apply(name);
    int rows = weight.shape().side(0);
    return reshape(weight, rows, weight.shape().size() / rows);
  }

  Value reshape(Value x, int... sides) {
    return program.apply(new Layout.Reshape(Shape.of(sides)), x);
  }

  Value relu(Value x) {
    return program.apply(new Elementwise.Apply(Elementwise.Function.RELU), x);
  }
}
