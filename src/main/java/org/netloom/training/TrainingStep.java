package org.netloom.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.network.Parameters;
import org.netloom.optim.Sgd;
import org.netloom.optim.Sgd.Slot;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * One step of training as one program, prepared once: forward pass with batch statistics, backward
 * pass, clipping and update. Weights and momenta live in the workspace; running a step allocates
 * nothing.
 */
final class TrainingStep {
  private final SequencedMap<String, Slot> slots = new LinkedHashMap<>();
  private final Variable rate = new Variable("learning rate", Shape.of(1));
  private final Workspace workspace;
  private final Execution execution;
  private final Value images;
  private final Value labels;
  private final Value dropoutSeed;
  private final Value loss;
  private final float[] one = new float[1];

  /** Records and prepares the step; momenta are zero. */
  TrainingStep(
      Backend backend,
      ComputationalGraph graph,
      Parameters weights,
      int batch,
      Sgd sgd,
      float smoothing) {
    Variable norm = new Variable("gradient norm", Shape.of(1));
    List<Variable> variables = new ArrayList<>(List.of(norm, rate));
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              Slot slot =
                  new Slot(
                      new Variable(name, tensor.shape()),
                      new Variable(name + " momentum", tensor.shape()));
              slots.put(name, slot);
              variables.add(slot.weight());
              variables.add(slot.momentum());
            });
    this.workspace = backend.workspace(variables);
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    images = program.input("images", Shape.of(batch, in.height(), in.width(), in.channels()));
    labels = program.input("labels", Shape.of(batch));
    dropoutSeed = program.input("dropout seed", Shape.of(1));
    Value logits =
        NetworkRecorder.record(
                program,
                graph,
                images,
                name -> program.variable(slot(name).weight()),
                BatchNormMode.BATCH,
                dropoutSeed)
            .logits();
    loss = program.applyAll(new Loss.CrossEntropy(smoothing), logits, labels).getFirst();
    program.output(loss);
    sgd.record(program, loss, List.copyOf(slots.values()), norm, rate);
    this.execution = workspace.prepare(program);
    write(weights, Slot::weight);
  }

  private Slot slot(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return slot;
  }

  /**
   * Takes one step.
   *
   * @param pixels [batch, H, W, C], normalised
   * @param classes class of each image [batch]
   * @param seed of the dropout masks
   * @return the loss before the step
   */
  float run(float[] pixels, float[] classes, float learningRate, int seed) {
    one[0] = learningRate;
    workspace.write(rate, one);
    execution.write(images, pixels, 0);
    execution.write(labels, classes, 0);
    // 30 bits, read as a float below 2: never NaN, whose bits need not survive a copy
    one[0] = Float.intBitsToFloat(seed & 0x3fffffff);
    execution.write(dropoutSeed, one, 0);
    execution.run();
    execution.read(loss, one, 0);
    return one[0];
  }

  /** The weights as trained so far, in the order of the graph. */
  Parameters weights() {
    return read(Slot::weight);
  }

  /** SGD's momenta by the names of their weights. */
  Parameters momenta() {
    return read(Slot::momentum);
  }

  /** Goes on from weights and momenta that a checkpoint kept. */
  void restore(Parameters weights, Parameters momenta) {
    write(weights, Slot::weight);
    write(momenta, Slot::momentum);
  }

  private Parameters read(Function<Slot, Variable> which) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) -> {
          Tensor tensor = Tensor.zeros(slot.weight().shape());
          workspace.read(which.apply(slot), tensor.data());
          all.put(name, tensor);
        });
    return new Parameters(all);
  }

  private void write(Parameters parameters, Function<Slot, Variable> which) {
    slots.forEach((name, slot) -> workspace.write(which.apply(slot), parameters.get(name).data()));
  }
}
