package org.netloom.ghn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.netloom.graph.PrimitiveNode;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * A hypernetwork: its configuration and its own tensors.
 *
 * @param tensors those that the configuration asks for; others that come with them are left out
 */
public record Ghn(GhnConfig config, SequencedMap<String, Tensor> tensors) {

  public Ghn {
    SequencedMap<String, Tensor> own = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> expected : GhnTensors.of(config).entrySet()) {
      Tensor tensor = tensors.get(expected.getKey());
      if (tensor == null) {
        throw new IllegalArgumentException(
            "The hypernetwork lacks tensor '%s' of shape (%s)."
                .formatted(expected.getKey(), expected.getValue()));
      }
      if (!tensor.shape().equals(expected.getValue())) {
        throw new IllegalArgumentException(
            "Tensor '%s' of the hypernetwork has shape (%s); its configuration asks for (%s)."
                .formatted(expected.getKey(), tensor.shape(), expected.getValue()));
      }
      own.put(expected.getKey(), tensor);
    }
    tensors = own;
  }

  /**
   * A fresh hypernetwork: embeddings N(0,1), linear layers U(±1/√fan-in), the GRU U(±1/√H), layer
   * norm 1 and 0.
   */
  public static Ghn initialise(GhnConfig config, RandomGenerator random) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, Shape> shapes = GhnTensors.of(config);
    shapes.forEach(
        (name, shape) -> {
          float[] data = new float[shape.size()];
          boolean embedding = name.contains("embed");
          String weight = name.replaceFirst("\\.bias$", ".weight");
          Shape of = shapes.getOrDefault(weight, shape);
          int fanIn = name.startsWith("gnn.gru.") ? config.hidden() : of.size() / of.side(0);
          double bound = 1 / Math.sqrt(fanIn);
          for (int i = 0; i < data.length; i++) {
            if (name.startsWith("ln.")) {
              data[i] = name.equals("ln.weight") ? 1 : 0;
            } else if (embedding) {
              data[i] = (float) random.nextGaussian();
            } else {
              data[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
          }
          tensors.put(name, new Tensor(shape, data));
        });
    return new Ghn(config, tensors);
  }

  /** Names and shapes that a hypernetwork of this configuration has, in the order of its files. */
  public static SequencedMap<String, Shape> shapes(GhnConfig config) {
    return GhnTensors.of(config);
  }

  /** Number of values of all tensors. */
  public long size() {
    return tensors.values().stream().mapToLong(t -> t.shape().size()).sum();
  }

  /**
   * What one prediction computes.
   *
   * @param encoding node encodings [N,H]
   * @param forward states after the forward sweep
   * @param backward states after the backward sweep
   * @param states final states, the network's embedding by node
   * @param plannedBytes of the plan that computed all this, the hypernetwork's tensors included
   */
  public record Prediction(
      Parameters parameters,
      Tensor encoding,
      Tensor forward,
      Tensor backward,
      Tensor states,
      long plannedBytes) {}

  /** Predicts all tensors of the nodes. */
  public Prediction predict(Backend backend, List<PrimitiveNode> nodes, GraphEdges edges) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> variables.put(name, new Variable(name, tensor.shape())));
    Program program = new Program();
    GhnRecorder.Prediction recorded =
        new GhnRecorder(program, config, name -> variable(program, variables, name))
            .record(nodes, edges);
    GhnRecorder.States of = recorded.states();
    List<Value> states = List.of(of.encoding(), of.forward(), of.backward(), of.last());
    states.forEach(program::output);
    recorded.tensors().values().forEach(program::output);
    Workspace workspace = backend.workspace(List.copyOf(variables.values()), program);
    variables.forEach((name, variable) -> workspace.write(variable, tensor(name).data()));
    Execution execution = workspace.prepare(program);
    execution.run();
    SequencedMap<String, Tensor> predicted = new LinkedHashMap<>();
    recorded.tensors().forEach((name, value) -> predicted.put(name, read(execution, value)));
    List<Tensor> read = states.stream().map(value -> read(execution, value)).toList();
    return new Prediction(
        new Parameters(predicted),
        read.get(0),
        read.get(1),
        read.get(2),
        read.get(3),
        execution.plan().bytes());
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return tensor;
  }

  private static Value variable(Program program, Map<String, Variable> all, String name) {
    Variable variable = all.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return program.variable(variable);
  }

  private static Tensor read(Execution execution, Value value) {
    Tensor tensor = Tensor.zeros(value.shape());
    execution.read(value, tensor.data(), 0);
    return tensor;
  }
}
