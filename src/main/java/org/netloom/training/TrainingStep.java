package org.netloom.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.netloom.graph.AuxiliaryHead;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Chance;
import org.netloom.network.Initialisation;
import org.netloom.network.NetworkRecorder;
import org.netloom.network.NetworkRecorder.Recorded;
import org.netloom.network.Parameters;
import org.netloom.optim.Optimiser;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * One step of training as one program, prepared once: forward pass with batch statistics, the
 * auxiliary head's if there is one, backward pass, clipping and update. Weights and moments live in
 * the workspace; running a step allocates nothing.
 */
final class TrainingStep {
  private final SequencedMap<String, Variable> weights = new LinkedHashMap<>();
  private final SequencedMap<String, Variable> others = new LinkedHashMap<>();
  private final List<Optimiser.Slot> slots = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final Variable rate = new Variable("learning rate", Shape.of(2));
  private final Workspace workspace;
  private final Execution execution;
  private final Value images;
  private final Value labels;
  private final Value maskSeed;
  private final Value ramp;
  private final Value loss;
  private final float[] one = new float[1];
  private final float[] two = new float[2];

  /** Records and prepares the step; moments are zero, an auxiliary head has random weights. */
  TrainingStep(
      Backend backend,
      ComputationalGraph graph,
      Parameters initial,
      int batch,
      TrainingSettings settings) {
    ComputationalGraph head = settings.auxiliary() == 0 ? null : AuxiliaryHead.of(graph);
    Parameters extra = head == null ? null : Initialisation.random(head, settings.seed());
    Variable norm = new Variable("gradient norm", Shape.of(1));
    variables.addAll(List.of(norm, rate));
    Optimiser optimiser = settings.optimiser();
    initial.tensors().forEach((name, tensor) -> weights.put(name, slot(name, tensor, optimiser)));
    SequencedMap<String, Variable> headWeights = new LinkedHashMap<>();
    if (extra != null) {
      extra
          .tensors()
          .forEach((name, tensor) -> headWeights.put(name, slot(name, tensor, optimiser)));
      headWeights.forEach((name, variable) -> others.put("head/" + name, variable));
    }
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    images = program.input("images", Shape.of(batch, in.height(), in.width(), in.channels()));
    labels = program.input("labels", Shape.of(batch));
    maskSeed = program.input("mask seed", Shape.of(1));
    ramp = program.input("ramp", Shape.of(1));
    Recorded recorded =
        record(program, graph, images, weights, new Chance(maskSeed, settings.dropPath(), ramp));
    Value total = loss(program, recorded.logits(), settings.smoothing());
    if (head != null) {
      Value map = recorded.values().get(place(graph));
      Value logits = record(program, head, map, headWeights, Chance.of(maskSeed)).logits();
      Value scaled =
          program.apply(
              new Elementwise.Scale(settings.auxiliary()),
              loss(program, logits, settings.smoothing()));
      total = program.apply(new Elementwise.Add(), total, scaled);
    }
    loss = total;
    program.output(loss);
    optimiser.record(program, loss, slots, norm, rate);
    this.workspace = backend.workspace(variables, program);
    this.execution = workspace.prepare(program);
    write(weights, initial);
    if (extra != null) {
      write(headWeights, extra);
    }
  }

  /** A variable for a weight and, among the others, those of its moments. */
  private Variable slot(String name, Tensor tensor, Optimiser optimiser) {
    Variable weight = new Variable(name, tensor.shape());
    variables.add(weight);
    List<Variable> moments = new ArrayList<>();
    for (String moment : optimiser.moments()) {
      Variable kept = new Variable(name + " " + moment, tensor.shape());
      moments.add(kept);
      variables.add(kept);
      others.put(moment + "/" + name, kept);
    }
    slots.add(new Optimiser.Slot(weight, moments));
    return weight;
  }

  private static int place(ComputationalGraph graph) {
    return graph.places().auxiliary().orElseThrow().node();
  }

  private Recorded record(
      Program program,
      ComputationalGraph graph,
      Value in,
      SequencedMap<String, Variable> tensors,
      Chance chance) {
    return NetworkRecorder.record(
        program,
        graph,
        in,
        name -> program.variable(require(tensors, name)),
        BatchNormMode.BATCH,
        chance);
  }

  private Value loss(Program program, Value logits, float smoothing) {
    return program.applyAll(new Loss.CrossEntropy(smoothing), logits, labels).getFirst();
  }

  private static Variable require(SequencedMap<String, Variable> tensors, String name) {
    Variable variable = tensors.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return variable;
  }

  /**
   * Takes one step.
   *
   * @param pixels [batch, H, W, C], normalised
   * @param classes class of each image [batch]
   * @param t number of the step in the run, from 0
   * @param seed of all masks
   * @param pathRamp what the probability of dropped paths is multiplied by
   * @return the loss before the step, the auxiliary head's share included
   */
  float run(float[] pixels, float[] classes, float learningRate, long t, int seed, float pathRamp) {
    two[0] = learningRate;
    two[1] = t + 1;
    workspace.write(rate, two);
    execution.write(images, pixels, 0);
    execution.write(labels, classes, 0);
    // 30 bits, read as a float below 2: never NaN, whose bits need not survive a copy
    one[0] = Float.intBitsToFloat(seed & 0x3fffffff);
    execution.write(maskSeed, one, 0);
    one[0] = pathRamp;
    execution.write(ramp, one, 0);
    execution.run();
    execution.read(loss, one, 0);
    return one[0];
  }

  /** Bytes of the step's plan: weights, moments and the most values that are alive at a time. */
  long plannedBytes() {
    return execution.plan().bytes();
  }

  /** The network's weights as trained so far, in the order of the graph. */
  Parameters weights() {
    return read(weights);
  }

  /** All else that the next step depends on, under names with a slash. */
  Parameters state() {
    return read(others);
  }

  /** Goes on from weights and state that a checkpoint kept. */
  void restore(Parameters kept, Parameters state) {
    write(weights, kept);
    write(others, state);
  }

  private Parameters read(SequencedMap<String, Variable> which) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    which.forEach(
        (name, variable) -> {
          Tensor tensor = Tensor.zeros(variable.shape());
          workspace.read(variable, tensor.data());
          all.put(name, tensor);
        });
    return new Parameters(all);
  }

  private void write(SequencedMap<String, Variable> which, Parameters values) {
    which.forEach(
        (name, variable) ->
            workspace.write(variable, values.require(name, sides(variable.shape())).data()));
  }

  private static List<Integer> sides(Shape shape) {
    List<Integer> sides = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      sides.add(shape.side(i));
    }
    return sides;
  }
}
