package org.netloom.network;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Inference of one network with given parameters, in batches of one size (and one smaller last
 * batch): a plan for each size is made once. Of kernels that repeat, as predicted ones do, the
 * distinct part is kept ({@link Repetition}).
 */
public final class NetworkRunner {
  private final Backend backend;
  private final ComputationalGraph graph;
  private final BatchNormMode mode;
  private final Map<String, Kept> tensors = new LinkedHashMap<>();
  private final Map<Variable, Tensor> parts = new LinkedHashMap<>();
  private @Nullable Workspace workspace;
  private final Map<Integer, Prepared> prepared = new LinkedHashMap<>();

  /** A tensor's shape, and where its distinct part is. */
  private record Kept(Shape shape, Variable part) {}

  private record Prepared(Execution execution, Value images, Value logits) {}

  /**
   * Binds a network to parameters.
   *
   * @throws InputException if a tensor is missing or has another shape
   */
  public NetworkRunner(
      Backend backend, ComputationalGraph graph, Parameters parameters, BatchNormMode mode) {
    this.backend = backend;
    this.graph = graph;
    this.mode = mode;
    boolean repeats = graph.parameters().stream().anyMatch(spec -> repeats(parameters, spec));
    for (ParameterSpec spec : graph.parameters()) {
      keep(parameters, spec.name(), spec.shape(), repeats);
    }
    if (mode == BatchNormMode.RUNNING) {
      for (Node node : graph.nodes()) {
        if (node.operator() instanceof Operator.BatchNorm) {
          List<Integer> channels = List.of(node.shape().channels());
          keep(parameters, node.name() + ".running_mean", channels, repeats);
          keep(parameters, node.name() + ".running_var", channels, repeats);
        }
      }
    }
  }

  /** Whether a kernel or a matrix repeats; vectors, often of one value, say nothing. */
  private static boolean repeats(Parameters parameters, ParameterSpec spec) {
    Tensor tensor = parameters.require(spec.name(), spec.shape());
    return tensor.shape().rank() > 1 && DistinctPart.of(tensor) != tensor;
  }

  private void keep(Parameters parameters, String name, List<Integer> sides, boolean repeats) {
    Tensor tensor = parameters.require(name, sides);
    Tensor part = repeats ? DistinctPart.of(tensor) : tensor;
    Variable variable = new Variable(name, part.shape());
    parts.put(variable, part);
    tensors.put(name, new Kept(tensor.shape(), variable));
  }

  /**
   * Computes the logits of one batch.
   *
   * @param images [count, H, W, C] in an array, from its start
   * @param logits receives [count, classes] from index {@code to}
   */
  public void run(float[] images, int count, float[] logits, int to) {
    Prepared ready = prepared(count);
    ready.execution.write(ready.images, images, 0);
    ready.execution.run();
    ready.execution.read(ready.logits, logits, to);
  }

  /** Bytes that batches of a size need; prepares for them, and runs nothing. */
  public long plannedBytes(int count) {
    return prepared(count).execution.plan().bytes();
  }

  private Prepared prepared(int count) {
    return prepared.computeIfAbsent(count, this::prepare);
  }

  private Prepared prepare(int count) {
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    Value images = program.input("images", Shape.of(count, in.height(), in.width(), in.channels()));
    Map<Value, Function<Program, Value>> sources = new IdentityHashMap<>();
    SequencedMap<String, Value> inputs = new LinkedHashMap<>();
    tensors.forEach(
        (name, kept) -> {
          Value input = program.input(name, kept.shape);
          inputs.put(name, input);
          sources.put(input, to -> to.variable(kept.part));
        });
    Value logits =
        NetworkRecorder.record(program, graph, images, name -> input(inputs, name), mode, null)
            .logits();
    Repetition distinct = Repetition.of(program, sources);
    Value result = distinct.whole(logits);
    distinct.program().output(result);
    Execution execution = workspace(distinct.program()).prepare(distinct.program());
    return new Prepared(execution, distinct.whole(images), result);
  }

  private Workspace workspace(Program first) {
    if (workspace == null) {
      Workspace made = backend.workspace(List.copyOf(parts.keySet()), first);
      parts.forEach((variable, part) -> made.write(variable, part.data()));
      workspace = made;
    }
    return workspace;
  }

  private static Value input(Map<String, Value> inputs, String name) {
    Value input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return input;
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
