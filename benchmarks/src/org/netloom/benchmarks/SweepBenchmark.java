package org.netloom.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.Predictor;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Message passing with virtual edges over the first eight training networks of DeepNets-1M. */
public class SweepBenchmark extends CpuBenchmark {
  private static final int NETWORKS = 8;

  /** Length of a state. */
  @Param({"32", "384"})
  public int hidden;

  /** Whether the graphs are one operation, or one each. */
  @Param({"true", "false"})
  public boolean together;

  private final List<Execution> forward = new ArrayList<>();
  private final List<Execution> gradients = new ArrayList<>();

  @Override
  void prepare() {
    GhnConfig config = GhnConfig.ghn2(hidden, 64, 11, 10);
    NetworkSet set = NetworkSet.open("train");
    List<GraphEdges> graphs = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      graphs.add(
          Predictor.encode(
                  config, GraphBuilder.build(set.network(i).architecture(10, InputShape.CIFAR)))
              .edges());
    }
    for (GraphEdges edges : together ? List.of(GraphEdges.union(graphs)) : graphs) {
      forward.add(program(edges, false));
      gradients.add(program(edges, true));
    }
  }

  private Execution program(GraphEdges edges, boolean withGradients) {
    Program program = new Program();
    List<Value> operands = new ArrayList<>();
    int units = hidden / 2;
    operands.add(program.input("x", Shape.of(edges.nodes(), hidden)));
    for (int mlp = 0; mlp < 2; mlp++) {
      operands.add(program.input("w1", Shape.of(units, hidden)));
      operands.add(program.input("b1", Shape.of(units)));
      operands.add(program.input("w2", Shape.of(hidden, units)));
      operands.add(program.input("b2", Shape.of(hidden)));
    }
    for (int side = 0; side < 2; side++) {
      operands.add(program.input("w", Shape.of(3 * hidden, hidden)));
    }
    for (int side = 0; side < 2; side++) {
      operands.add(program.input("b", Shape.of(3 * hidden)));
    }
    Value states =
        program
            .applyAll(new GraphSweeps.Forward(edges, true), operands.toArray(Value[]::new))
            .getFirst();
    program.output(states);
    List<Value> all = new ArrayList<>(operands);
    if (withGradients) {
      Value seed = program.input("seed", states.shape());
      Gradients.record(program, states, seed, operands).forEach(program::output);
      all.add(seed);
    }
    Execution execution = backend.workspace(List.of()).prepare(program);
    for (Value value : all) {
      float[] noise = NetworkProgram.noise(value.shape().size());
      for (int i = 0; i < noise.length; i++) {
        noise[i] /= hidden;
      }
      execution.write(value, noise, 0);
    }
    return execution;
  }

  /** The states of all nodes. */
  @Benchmark
  public void forward() {
    forward.forEach(Execution::run);
  }

  /** The states, and the gradients of encodings and weights. */
  @Benchmark
  public void gradients() {
    gradients.forEach(Execution::run);
  }
}
