package org.netloom.ghn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.PrimitiveNode;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Chance;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;

/**
 * From the states of one network's nodes to its tensors, the network and its image loss, and back
 * into the decoders' tensors and the states: one program, ready to run.
 */
final class LossProgram {
  private final Execution execution;
  private final Inputs inputs;
  private final Value loss;
  private final @Nullable Value ofStates;
  private final Map<String, @Nullable Value> gradients;

  /** What is written before a run. */
  private record Inputs(Value images, Value labels, Value masks, Value share, Value states) {
    static Inputs of(Program program, FeatureShape in, int count, int nodes, int hidden) {
      return new Inputs(
          program.input("images", Shape.of(count, in.height(), in.width(), in.channels())),
          program.input("labels", Shape.of(count)),
          program.input("dropout seed", Shape.of(1)),
          program.input("share", Shape.of(1)),
          program.input("states", Shape.of(nodes, hidden)));
    }

    Inputs in(Repetition distinct) {
      return new Inputs(
          distinct.whole(images),
          distinct.whole(labels),
          distinct.whole(masks),
          distinct.whole(share),
          distinct.whole(states));
    }
  }

  private LossProgram(
      Execution execution,
      Inputs inputs,
      Value loss,
      @Nullable Value ofStates,
      Map<String, @Nullable Value> gradients) {
    this.execution = execution;
    this.inputs = inputs;
    this.loss = loss;
    this.ofStates = ofStates;
    this.gradients = gradients;
  }

  /**
   * Records and differentiates the program of a network.
   *
   * @param weights variables of the decoders' tensors
   * @param count images
   * @param prepare gets a program ready to run
   */
  static LossProgram record(
      GhnConfig config,
      float smoothing,
      SequencedMap<String, Variable> weights,
      GradientLane.Member network,
      int count,
      BiFunction<Program, ComputationalGraph, Execution> prepare) {
    Program recorded = new Program();
    List<PrimitiveNode> nodes = network.encoded().graph().nodes();
    FeatureShape in = network.graph().input().shape();
    Inputs inputs = Inputs.of(recorded, in, count, nodes.size(), config.hidden());
    SequencedMap<String, Value> tensors =
        new GhnRecorder(
                recorded, config, name -> recorded.variable(GradientLane.require(weights, name)))
            .decode(nodes, inputs.states);
    Value logits =
        NetworkRecorder.record(
                recorded,
                network.graph(),
                inputs.images,
                name -> GradientLane.require(tensors, name),
                BatchNormMode.BATCH,
                Chance.of(inputs.masks))
            .logits();
    Value total =
        recorded.applyAll(new Loss.CrossEntropy(smoothing), logits, inputs.labels).getFirst();
    Repetition distinct = Repetition.of(recorded, Map.of());
    Program program = distinct.program();
    Value loss = distinct.whole(total);
    Inputs rewritten = inputs.in(distinct);
    program.output(loss);
    List<Value> with = new ArrayList<>(List.of(rewritten.states));
    weights.values().forEach(variable -> with.add(program.variable(variable)));
    List<@Nullable Value> results = Gradients.record(program, loss, rewritten.share, with);
    Map<String, @Nullable Value> gradients = new HashMap<>();
    int next = 1;
    for (String name : weights.keySet()) {
      gradients.put(name, results.get(next++));
    }
    results.forEach(
        result -> {
          if (result != null) {
            program.output(result);
          }
        });
    Execution execution = prepare.apply(program, network.graph());
    return new LossProgram(execution, rewritten, loss, results.getFirst(), gradients);
  }

  /**
   * Runs it.
   *
   * @param states those of all networks; the gradient of this one's is left there
   * @param first where this network's begin
   * @return the loss
   */
  float run(GradientLane.Batch batch, NodeStates.Batch states, int first, long dropoutSeed) {
    execution.write(inputs.images, batch.images(), 0);
    execution.write(inputs.labels, batch.labels(), 0);
    float[] mask = {Float.intBitsToFloat((int) dropoutSeed & 0x3fffffff)};
    execution.write(inputs.masks, mask, 0);
    execution.write(inputs.share, new float[] {batch.share()}, 0);
    execution.write(inputs.states, states.values(), first);
    execution.run();
    if (ofStates != null) {
      execution.read(ofStates, states.gradient(), first);
    }
    float[] value = new float[1];
    execution.read(loss, value, 0);
    return value[0];
  }

  /** Reads the gradients of the decoders' tensors, as the last run left them. */
  void read(Map<String, float[]> into) {
    gradients.forEach(
        (name, gradient) ->
            GradientLane.read(execution, gradient, GradientLane.require(into, name)));
  }
}
