package org.netloom.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/** One network on its own, with noise as tensors and images; batch norms use batch statistics. */
final class NetworkProgram {
  private final Execution execution;

  private NetworkProgram(Execution execution) {
    this.execution = execution;
  }

  /**
   * Prepares a network.
   *
   * @param gradients whether the loss and the gradients of all tensors are computed, too
   */
  static NetworkProgram of(
      Backend backend, ComputationalGraph graph, int batch, boolean gradients) {
    Map<String, Variable> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : graph.parameters()) {
      int[] sides = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(parameter.name(), new Variable(parameter.name(), Shape.of(sides)));
    }
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    Value images = program.input("images", Shape.of(batch, in.height(), in.width(), in.channels()));
    Value labels = program.input("labels", Shape.of(batch));
    Value seed = program.input("seed", Shape.of(1));
    List<Value> read = new ArrayList<>();
    Value logits =
        NetworkRecorder.record(
                program,
                graph,
                images,
                name -> {
                  Value value = program.variable(Objects.requireNonNull(tensors.get(name)));
                  read.add(value);
                  return value;
                },
                BatchNormMode.BATCH,
                null)
            .logits();
    if (gradients) {
      Value loss = program.applyAll(new Loss.CrossEntropy(0f), logits, labels).getFirst();
      Gradients.record(program, loss, seed, read).stream()
          .map(Objects::requireNonNull)
          .forEach(program::output);
      program.output(loss);
    } else {
      program.output(logits);
    }
    Workspace workspace = backend.workspace(List.copyOf(tensors.values()));
    tensors
        .values()
        .forEach(tensor -> workspace.write(tensor, scaled(noise(tensor.shape().size()), 0.05f)));
    Execution execution = workspace.prepare(program);
    execution.write(images, noise(images.shape().size()), 0);
    execution.write(labels, labels(batch, graph.classes()), 0);
    execution.write(seed, new float[] {1f}, 0);
    return new NetworkProgram(execution);
  }

  /** What is run. */
  Plan plan() {
    return execution.plan();
  }

  void run() {
    execution.run();
  }

  static float[] noise(int size) {
    SplittableRandom random = new SplittableRandom(1);
    float[] noise = new float[size];
    for (int i = 0; i < size; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  static float[] labels(int count, int classes) {
    float[] labels = new float[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
    }
    return labels;
  }

  private static float[] scaled(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }
}
