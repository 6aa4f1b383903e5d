package org.netloom.ghn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * One thread's part of a meta-batch: the decoders' tensors, and the {@link LossProgram} of one
 * network at a time.
 */
final class GradientLane {
  private final GhnConfig config;
  private final float smoothing;
  private final Workspace workspace;
  private final SequencedMap<String, Variable> weights = new LinkedHashMap<>();
  private @Nullable Member member;
  private @Nullable LossProgram prepared;
  private @Nullable Map<String, float[]> target;
  private long plannedBytes;

  GradientLane(Backend backend, GhnConfig config, float smoothing) {
    this.config = config;
    this.smoothing = smoothing;
    GhnTensors.ofDecoders(config)
        .forEach((name, shape) -> weights.put(name, new Variable(name, shape)));
    this.workspace = backend.workspace(List.copyOf(weights.values()));
  }

  /** Sets the decoders' tensors. */
  void write(Map<String, float[]> values) {
    weights.forEach((name, variable) -> workspace.write(variable, require(values, name)));
  }

  /**
   * Images and what goes with them.
   *
   * @param images [count, H, W, C], normalised
   * @param labels class indices [count]
   * @param share factor of this network's gradient: 1 / networks of the meta-batch
   */
  record Batch(float[] images, float[] labels, int count, float share) {}

  /** A network of the meta-batch with its primitive graph and edges. */
  record Member(ComputationalGraph graph, Predictor.Encoded encoded) {}

  /**
   * Gets the program of a network ready, which needs no states yet. What the last run left is read
   * before.
   *
   * @param count images
   * @throws MemoryException that names the network, if it has no room
   */
  void prepare(Member network, int count) {
    program(network, count);
  }

  private LossProgram program(Member network, int count) {
    if (prepared != null && member == network) {
      return prepared;
    }
    collect();
    LossProgram made =
        LossProgram.record(config, smoothing, weights, network, count, this::prepare);
    member = network;
    prepared = made;
    return made;
  }

  /**
   * The loss of a network.
   *
   * @param states those of all networks; the gradient of this one's is left there
   * @param index of this network among them
   * @param dropoutSeed seeds the dropout masks of this step
   * @param gradients receives, once they are collected, the gradient of every tensor of the
   *     decoders, times the batch's share; zero where the loss does not depend on it
   */
  float run(
      Member network,
      Batch batch,
      NodeStates.Batch states,
      int index,
      long dropoutSeed,
      Map<String, float[]> gradients) {
    int first = states.starts()[index] * config.hidden();
    float loss = program(network, batch.count).run(batch, states, first, dropoutSeed);
    target = gradients;
    return loss;
  }

  /** Reads the gradients that the last run left, if they were not read yet. */
  void collect() {
    if (target != null && prepared != null) {
      prepared.read(target);
      prepared = null;
    }
    target = null;
  }

  /** A gradient as it was computed, or zeros where nothing was. */
  static void read(Execution execution, @Nullable Value gradient, float[] target) {
    if (gradient == null) {
      Arrays.fill(target, 0f);
    } else {
      execution.read(gradient, target, 0);
    }
  }

  private Execution prepare(Program program, ComputationalGraph network) {
    try {
      Execution execution = workspace.prepare(program);
      plannedBytes = Math.max(plannedBytes, execution.plan().bytes());
      return execution;
    } catch (MemoryException e) {
      throw e.of("Network '%s'".formatted(network.name()));
    }
  }

  /** Bytes of the largest plan so far. */
  long plannedBytes() {
    return plannedBytes;
  }

  static <V> V require(Map<String, V> all, String name) {
    V value = all.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return value;
  }

  /** Room for the values of tensors. */
  static SequencedMap<String, float[]> buffers(SequencedMap<String, Shape> like) {
    SequencedMap<String, float[]> all = new LinkedHashMap<>();
    like.forEach((name, shape) -> all.put(name, new float[shape.size()]));
    return all;
  }
}
