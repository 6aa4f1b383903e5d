package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Update;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Trains a hypernetwork through the image loss of the networks whose tensors it predicts (Knyazev
 * et al. 2021, equation 2): for each batch of images the loss is the mean over a meta-batch of
 * networks; one clipped Adam step follows. Results do not depend on the number of threads.
 */
public final class GhnTrainer implements AutoCloseable {
  private final GhnConfig config;
  private final Settings settings;
  private final Workspace workspace;
  private final SequencedMap<String, State> states = new LinkedHashMap<>();
  private final Variable norm = new Variable("gradient norm", Shape.of(1));
  private final Variable hyper = new Variable("learning rate and step", Shape.of(2));
  private final Execution update;
  private final MetaBatch metaBatch;
  private final SequencedMap<String, float[]> buffers;
  private final SequencedMap<String, float[]> weights;
  private long step;

  /**
   * Fixed numbers of a training run.
   *
   * @param weightDecay L2 decay added to the gradient
   * @param clip largest global L2 norm of the gradient; 0 turns clipping off
   * @param smoothing label smoothing of the cross-entropy
   */
  public record Settings(float weightDecay, float clip, float smoothing) {
    /** Decay 1e-5, clipping at 5, no smoothing: the published CIFAR-10 protocol. */
    public static final Settings PUBLISHED = new Settings(1e-5f, 5f, 0f);
  }

  /** A weight, its gradient and Adam's two moments. */
  private record State(Variable weight, Variable gradient, Variable first, Variable second) {
    static State of(String name, Shape shape) {
      return new State(
          new Variable(name, shape),
          new Variable(name + " gradient", shape),
          new Variable(name + " first moment", shape),
          new Variable(name + " second moment", shape));
    }
  }

  /** Starts from a hypernetwork with fresh optimiser moments. */
  public GhnTrainer(Backend backend, Ghn ghn, Settings settings) {
    this.config = ghn.config();
    this.settings = settings;
    List<Variable> all = new ArrayList<>(List.of(norm, hyper));
    ghn.tensors()
        .forEach(
            (name, tensor) -> {
              State state = State.of(name, tensor.shape());
              states.put(name, state);
              all.addAll(List.of(state.weight, state.gradient, state.first, state.second));
            });
    Program program = updateProgram();
    try {
      this.workspace = backend.workspace(all, program);
      this.update = workspace.prepare(program);
    } catch (MemoryException e) {
      throw e.of("Optimiser of the hypernetwork");
    }
    this.metaBatch = new MetaBatch(backend, config, settings.smoothing());
    this.buffers = GradientLane.buffers(Ghn.shapes(config));
    this.weights = GradientLane.buffers(Ghn.shapes(config));
    states.forEach((name, state) -> write(state.weight, ghn.tensors().get(name)));
  }

  private Program updateProgram() {
    Program program = new Program();
    List<Value> operands = new ArrayList<>(List.of(program.variable(norm)));
    states.values().forEach(s -> operands.add(program.variable(s.gradient())));
    program.applyAll(new Update.GlobalNorm(), operands.toArray(Value[]::new));
    Update.Adam adam =
        new Update.Adam(0.9f, 0.999f, 1e-8f, settings.weightDecay(), settings.clip());
    for (State s : states.values()) {
      program.applyAll(
          adam,
          program.variable(s.weight()),
          program.variable(s.gradient()),
          program.variable(s.first()),
          program.variable(s.second()),
          program.variable(norm),
          program.variable(hyper));
    }
    return program;
  }

  /**
   * Losses of one meta-batch, and the gradients left in the workspace.
   *
   * @param images [count, H, W, C], normalised
   * @param labels class indices [count]
   * @param dropoutSeed seeds the dropout masks of this step
   * @return the loss of each network
   * @throws InterruptedException if the caller was interrupted; nothing has changed then
   */
  public float[] accumulate(
      List<ComputationalGraph> networks,
      float[] images,
      float[] labels,
      int count,
      long dropoutSeed)
      throws InterruptedException {
    GradientLane.Batch batch = new GradientLane.Batch(images, labels, count, 1f / networks.size());
    states.forEach(
        (name, state) -> workspace.read(state.weight(), GradientLane.require(weights, name)));
    float[] losses = metaBatch.run(weights, networks, batch, dropoutSeed, buffers);
    states.forEach(
        (name, state) -> workspace.write(state.gradient(), GradientLane.require(buffers, name)));
    return losses;
  }

  /** One clipped Adam step with the accumulated gradients. */
  public void apply(float learningRate) {
    step++;
    workspace.write(hyper, new float[] {learningRate, step});
    update.run();
  }

  /** Optimiser steps so far. */
  public long steps() {
    return step;
  }

  /** Bytes of the largest plan of the steps so far; each lane has one of its own at a time. */
  public long plannedBytes() {
    return Math.max(update.plan().bytes(), metaBatch.plannedBytes());
  }

  /** Global L2 norm of the gradient before the last step's clipping. */
  public float gradientNorm() {
    float[] value = new float[1];
    workspace.read(norm, value);
    return value[0];
  }

  /** The hypernetwork as trained so far. */
  public Ghn ghn() {
    return new Ghn(config, read(State::weight));
  }

  /** Gradients of the last {@link #accumulate}, by tensor name. */
  public SequencedMap<String, Tensor> gradients() {
    return read(State::gradient);
  }

  /** Overwrites the accumulated gradients. */
  public void setGradients(Map<String, Tensor> gradients) {
    gradients.forEach(
        (name, tensor) -> {
          State state = states.get(name);
          if (state == null) {
            throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
          }
          workspace.write(state.gradient(), tensor.data());
        });
  }

  private SequencedMap<String, Tensor> read(Function<State, Variable> which) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    states.forEach(
        (name, state) -> {
          Tensor tensor = Tensor.zeros(state.weight().shape());
          workspace.read(which.apply(state), tensor.data());
          all.put(name, tensor);
        });
    return all;
  }

  /** Weights, optimiser moments and step count, for a checkpoint that training resumes from. */
  public record Checkpoint(
      Ghn ghn,
      SequencedMap<String, Tensor> first,
      SequencedMap<String, Tensor> second,
      long step) {}

  /** Everything that the next step depends on. */
  public Checkpoint checkpoint() {
    return new Checkpoint(ghn(), read(State::first), read(State::second), step);
  }

  /** Goes on from a checkpoint. */
  public void restore(Checkpoint checkpoint) {
    step = checkpoint.step();
    states.forEach(
        (name, state) -> {
          write(state.weight(), checkpoint.ghn().tensors().get(name));
          write(state.first(), checkpoint.first().get(name));
          write(state.second(), checkpoint.second().get(name));
        });
  }

  private void write(Variable variable, @Nullable Tensor tensor) {
    if (tensor == null || !tensor.shape().equals(variable.shape())) {
      throw new IllegalArgumentException("The checkpoint does not fit %s.".formatted(variable));
    }
    workspace.write(variable, tensor.data());
  }

  @Override
  public void close() {
    metaBatch.close();
  }
}
