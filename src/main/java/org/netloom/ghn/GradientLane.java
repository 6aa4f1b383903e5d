package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.PrimitiveNode;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Chance;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * One thread's part of a meta-batch: from the states of one network's nodes to its tensors, the
 * network and its image loss as one program, forward and backward into the decoders' tensors and
 * the states.
 */
final class GradientLane {
  private final GhnConfig config;
  private final float smoothing;
  private final Workspace workspace;
  private final SequencedMap<String, Variable> weights = new LinkedHashMap<>();
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
   * The loss of one network.
   *
   * @param network its primitive graph, too
   * @param states those of all networks; the gradient of this one's is left there
   * @param index of this network among them
   * @param dropoutSeed seeds the dropout masks of this step
   * @param gradients receives the gradient of every tensor, times the batch's share; zero where the
   *     loss does not depend on it
   */
  float run(
      Member network,
      Batch batch,
      NodeStates.Batch states,
      int index,
      long dropoutSeed,
      Map<String, float[]> gradients) {
    Program recorded = new Program();
    FeatureShape in = network.graph.input().shape();
    Value images =
        recorded.input("images", Shape.of(batch.count, in.height(), in.width(), in.channels()));
    Value labels = recorded.input("labels", Shape.of(batch.count));
    Value masks = recorded.input("dropout seed", Shape.of(1));
    Value share = recorded.input("share", Shape.of(1));
    List<PrimitiveNode> nodes = network.encoded.graph().nodes();
    Value ofNodes = recorded.input("states", Shape.of(nodes.size(), config.hidden()));
    SequencedMap<String, Value> tensors =
        new GhnRecorder(recorded, config, name -> recorded.variable(require(weights, name)))
            .decode(nodes, ofNodes);
    Value logits =
        NetworkRecorder.record(
                recorded,
                network.graph,
                images,
                name -> require(tensors, name),
                BatchNormMode.BATCH,
                Chance.of(masks))
            .logits();
    Value total = recorded.applyAll(new Loss.CrossEntropy(smoothing), logits, labels).getFirst();
    Repetition distinct = Repetition.of(recorded, Map.of());
    Program program = distinct.program();
    Value loss = distinct.whole(total);
    Value factor = distinct.whole(share);
    Value h = distinct.whole(ofNodes);
    program.output(loss);
    List<String> names = List.copyOf(weights.keySet());
    List<Value> with = new ArrayList<>(List.of(h));
    weights.values().forEach(variable -> with.add(program.variable(variable)));
    List<@Nullable Value> results = Gradients.record(program, loss, factor, with);
    results.forEach(
        result -> {
          if (result != null) {
            program.output(result);
          }
        });
    int first = states.starts()[index] * config.hidden();
    Execution execution = prepare(program, network.graph);
    execution.write(distinct.whole(images), batch.images, 0);
    execution.write(distinct.whole(labels), batch.labels, 0);
    float[] mask = {Float.intBitsToFloat((int) dropoutSeed & 0x3fffffff)};
    execution.write(distinct.whole(masks), mask, 0);
    execution.write(factor, new float[] {batch.share}, 0);
    execution.write(h, states.values(), first);
    execution.run();
    Value ofStates = results.getFirst();
    if (ofStates != null) {
      execution.read(ofStates, states.gradient(), first);
    }
    for (int i = 0; i < names.size(); i++) {
      read(execution, results.get(1 + i), require(gradients, names.get(i)));
    }
    float[] value = new float[1];
    execution.read(loss, value, 0);
    return value[0];
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
