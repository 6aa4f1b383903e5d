package org.netloom.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Inference of one network with given parameters, in batches of one size (and one smaller last
 * batch): a plan for each size is made once.
 */
public final class NetworkRunner {
  private final ComputationalGraph graph;
  private final BatchNormMode mode;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Workspace workspace;
  private final Map<Integer, Prepared> prepared = new LinkedHashMap<>();

  private record Prepared(Execution execution, Value images, Value logits) {}

  /**
   * Binds a network to parameters.
   *
   * @throws InputException if a tensor is missing or has another shape
   */
  public NetworkRunner(
      Backend backend, ComputationalGraph graph, Parameters parameters, BatchNormMode mode) {
    this.graph = graph;
    this.mode = mode;
    for (ParameterSpec spec : graph.parameters()) {
      require(parameters, spec.name(), spec.shape());
    }
    if (mode == BatchNormMode.RUNNING) {
      for (Node node : graph.nodes()) {
        if (node.operator() instanceof Operator.BatchNorm) {
          List<Integer> channels = List.of(node.shape().channels());
          require(parameters, node.name() + ".running_mean", channels);
          require(parameters, node.name() + ".running_var", channels);
        }
      }
    }
    this.workspace = backend.workspace(new ArrayList<>(variables.values()));
    variables.forEach((name, variable) -> workspace.write(variable, parameters.get(name).data()));
  }

  private void require(Parameters parameters, String name, List<Integer> sides) {
    variables.put(name, new Variable(name, parameters.require(name, sides).shape()));
  }

  /**
   * Computes the logits of one batch.
   *
   * @param images [count, H, W, C] in an array, from its start
   * @param logits receives [count, classes] from index {@code to}
   */
  public void run(float[] images, int count, float[] logits, int to) {
    Prepared ready = prepared.computeIfAbsent(count, this::prepare);
    ready.execution.write(ready.images, images, 0);
    ready.execution.run();
    ready.execution.read(ready.logits, logits, to);
  }

  /** Bytes that the largest plan needs of those that have run; known before it runs. */
  public long plannedBytes() {
    return prepared.values().stream()
        .mapToLong(ready -> ready.execution.plan().bytes())
        .max()
        .orElse(0);
  }

  private Prepared prepare(int count) {
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    Value images = program.input("images", Shape.of(count, in.height(), in.width(), in.channels()));
    Value logits =
        NetworkRecorder.record(program, graph, images, name -> variable(program, name), mode, null)
            .logits();
    program.output(logits);
    return new Prepared(workspace.prepare(program), images, logits);
  }

  private Value variable(Program program, String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return program.variable(variable);
  }

  /**
   * Logits of images [N, C, H, W], in batches.
   *
   * @throws InputException if the images do not fit the network
   */
  public Tensor run(Tensor images, int batch) {
    FeatureShape in = graph.input().shape();
    Shape s = images.shape();
    if (s.rank() != 4
        || s.side(1) != in.channels()
        || s.side(2) != in.height()
        || s.side(3) != in.width()) {
      throw new InputException("The network takes images (Nx%s), but got (%s).".formatted(in, s));
    }
    int n = s.side(0);
    int size = (int) in.size();
    Tensor logits = Tensor.zeros(Shape.of(n, graph.classes()));
    float[] buffer = new float[Math.min(batch, n) * size];
    for (int from = 0; from < n; from += batch) {
      int count = Math.min(batch, n - from);
      for (int i = 0; i < count; i++) {
        toChannelsLast(images.data(), (from + i) * size, in, buffer, i * size);
      }
      run(buffer, count, logits.data(), from * graph.classes());
    }
    return logits;
  }

  private static void toChannelsLast(
      float[] from, int at, FeatureShape shape, float[] to, int start) {
    int positions = shape.height() * shape.width();
    for (int p = 0; p < positions; p++) {
      for (int c = 0; c < shape.channels(); c++) {
        to[start + p * shape.channels() + c] = from[at + c * positions + p];
      }
    }
  }
}
