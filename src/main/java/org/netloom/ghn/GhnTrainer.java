package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
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
 * networks; one clipped Adam step follows. The networks run one after the other, so memory is that
 * of the largest one.
 */
public final class GhnTrainer {
  private final GhnConfig config;
  private final Settings settings;
  private final Workspace workspace;
  private final SequencedMap<String, State> states = new LinkedHashMap<>();
  private final Variable norm = new Variable("gradient norm", Shape.of(1));
  private final Variable hyper = new Variable("learning rate and step", Shape.of(2));
  private final Execution zero;
  private final Execution update;
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
              all.addAll(
                  List.of(state.weight(), state.gradient(), state.first(), state.second()));
            });
    this.workspace = backend.workspace(all);
    ghn.tensors().forEach((name, tensor) -> workspace.write(weight(name), tensor.data()));
    this.zero = workspace.prepare(zeroProgram());
    this.update = workspace.prepare(updateProgram());
  }

  private Program zeroProgram() {
    Program program = new Program();
    states
        .values()
        .forEach(s -> program.applyAll(new Update.Fill(0f), program.variable(s.gradient())));
    return program;
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
   */
  public float[] accumulate(
      List<ComputationalGraph> networks,
      float[] images,
      float[] labels,
      int count,
      long dropoutSeed) {
    zero.run();
    float[] losses = new float[networks.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] =
          one(networks.get(i), images, labels, count, dropoutSeed + i, 1f / losses.length);
    }
    return losses;
  }

  /** One clipped Adam step with the accumulated gradients. */
  public void apply(float learningRate) {
    step++;
    workspace.write(hyper, new float[] {learningRate, step});
    update.run();
  }

  /** Global L2 norm of the gradient before the last step's clipping. */
  public float gradientNorm() {
    float[] value = new float[1];
    workspace.read(norm, value);
    return value[0];
  }

  private float one(
      ComputationalGraph network,
      float[] images,
      float[] labels,
      int count,
      long dropoutSeed,
      float share) {
    Program program = new Program();
    FeatureShape in = network.input().shape();
    Value x =
        program.input("images", Shape.of(count, in.height(), in.width(), in.channels()));
    Value y = program.input("labels", Shape.of(count));
    Value seed = program.input("dropout seed", Shape.of(1));
    Value factor = program.input("share", Shape.of(1));
    Predictor.Encoded encoded = Predictor.encode(config, network);
    GhnRecorder.Prediction prediction =
        new GhnRecorder(program, config, name -> program.variable(weight(name)))
            .record(encoded.graph().nodes(), encoded.edges());
    Value logits =
        NetworkRecorder.record(
                program,
                network,
                x,
                name -> tensor(prediction.tensors().get(name), name),
                BatchNormMode.BATCH,
                seed)
            .logits();
    Value loss =
        program.applyAll(new Loss.CrossEntropy(settings.smoothing()), logits, y).getFirst();
    program.output(loss);
    List<State> all = new ArrayList<>(states.values());
    List<Value> weights = all.stream().map(s -> program.variable(s.weight())).toList();
    List<@Nullable Value> gradients = Gradients.record(program, loss, factor, weights);
    for (int i = 0; i < all.size(); i++) {
      Value gradient = gradients.get(i);
      if (gradient != null) {
        program.applyAll(
            new Update.Blend(1f, 1f), program.variable(all.get(i).gradient()), gradient);
      }
    }
    Execution execution = workspace.prepare(program);
    execution.write(x, images, 0);
    execution.write(y, labels, 0);
    execution.write(seed, new float[] {Float.intBitsToFloat((int) dropoutSeed & 0x3fffffff)}, 0);
    execution.write(factor, new float[] {share}, 0);
    execution.run();
    float[] result = new float[1];
    execution.read(loss, result, 0);
    return result[0];
  }

  private static Value tensor(@Nullable Value value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("Tensor '%s' was not predicted.".formatted(name));
    }
    return value;
  }

  private Variable weight(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return state.weight();
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

  private SequencedMap<String, Tensor> read(java.util.function.Function<State, Variable> which) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    states.forEach(
        (name, state) -> {
          Tensor tensor = Tensor.zeros(state.weight().shape());
          workspace.read(which.apply(state), tensor.data());
          all.put(name, tensor);
        });
    return all;
  }

  /** Optimiser moments and step count, for a checkpoint that training resumes from. */
  public record Checkpoint(
      Ghn ghn, SequencedMap<String, Tensor> first, SequencedMap<String, Tensor> second, long step) {}

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
}
