package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * The states of the nodes of several networks, whose graphs are encoded and swept together, and the
 * way back. One program in two parts: the states; and, when the networks have said what gradient
 * they give to them, the gradients of the tensors that made them.
 */
final class NodeStates {
  private final GhnConfig config;
  private final SequencedMap<String, Variable> weights = new LinkedHashMap<>();
  private final Workspace workspace;
  private long plannedBytes;

  NodeStates(Backend backend, GhnConfig config) {
    this.config = config;
    GhnTensors.ofStates(config)
        .forEach((name, shape) -> weights.put(name, new Variable(name, shape)));
    this.workspace = backend.workspace(List.copyOf(weights.values()));
  }

  /** Sets the tensors that make states. */
  void write(Map<String, float[]> values) {
    weights.forEach((name, v) -> workspace.write(v, GradientLane.require(values, name)));
  }

  /**
   * States of some networks, and room for their gradient.
   *
   * @param starts first node of each network, and the end
   * @param values final states [N,H]
   * @param gradient of the objective with respect to them, to be filled in
   */
  record Batch(
      Execution execution,
      Value seed,
      SequencedMap<String, @Nullable Value> results,
      int[] starts,
      float[] values,
      float[] gradient) {

    /** The gradients of the tensors that made the states; zero where nothing depends on one. */
    void backward(Map<String, float[]> gradients) {
      execution.write(seed, gradient, 0);
      execution.runFrom(seed);
      results.forEach(
          (name, value) ->
              GradientLane.read(execution, value, GradientLane.require(gradients, name)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Runs the first part. The batch is good until the next one. */
  Batch forward(List<Predictor.Encoded> networks) {
    Program program = new Program();
    List<PrimitiveNode> nodes = new ArrayList<>();
    networks.forEach(network -> nodes.addAll(network.graph().nodes()));
    GraphEdges edges = GraphEdges.union(networks.stream().map(Predictor.Encoded::edges).toList());
    Value states =
        new GhnRecorder(program, config, name -> variable(program, name))
            .states(nodes, edges)
            .last();
    Value seed = program.input("gradient of the states", states.shape());
    List<Value> with = new ArrayList<>();
    weights.values().forEach(v -> with.add(program.variable(v)));
    List<@Nullable Value> gradients = Gradients.record(program, states, seed, with);
    program.output(states);
    SequencedMap<String, @Nullable Value> results = new LinkedHashMap<>();
    for (String name : weights.keySet()) {
      Value gradient = gradients.get(results.size());
      results.put(name, gradient);
      if (gradient != null) {
        program.output(gradient);
      }
    }
    Execution execution = prepare(program, networks.size());
    plannedBytes = Math.max(plannedBytes, execution.plan().bytes());
    execution.runBefore(seed);
    int size = states.shape().size();
    Batch batch =
        new Batch(execution, seed, results, edges.starts(), new float[size], new float[size]);
    execution.read(states, batch.values, 0);
    return batch;
  }

  private Execution prepare(Program program, int networks) {
    try {
      return workspace.prepare(program);
    } catch (MemoryException e) {
      throw e.of("Message passing over (%d) networks at once".formatted(networks));
    }
  }

  /** Bytes of the largest plan so far. */
  long plannedBytes() {
    return plannedBytes;
  }

  private Value variable(Program program, String name) {
    return program.variable(GradientLane.require(weights, name));
  }
}
