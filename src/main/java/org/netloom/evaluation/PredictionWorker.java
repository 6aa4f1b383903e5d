package org.netloom.evaluation;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Measures one candidate after the other in one arena, which holds the hypernetwork's tensors from
 * the first candidate on. For each candidate a program predicts its tensors; another one, which
 * reads them as inputs, runs once for each batch of images.
 */
final class PredictionWorker {
  /** An arena above this is given back after the candidate that needed it. */
  private static final long KEPT_BYTES = 1L << 29;

  private final Ghn ghn;
  private final PreparedImages images;
  private final Protocol protocol;
  private final Backend backend;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private @Nullable Workspace workspace;

  PredictionWorker(Ghn ghn, PreparedImages images, Protocol protocol, Backend backend) {
    this.ghn = ghn;
    this.images = images;
    this.protocol = protocol;
    this.backend = backend;
    ghn.tensors()
        .forEach((name, tensor) -> variables.put(name, new Variable(name, tensor.shape())));
  }

  /**
   * Measures a candidate.
   *
   * @param stop looked at between batches of images
   * @throws InterruptedException if {@code stop} said so
   * @throws MemoryException if the arena cannot be had beside what is in use; the worker has given
   *     back its own then
   * @throws OutOfMemoryError likewise for anything else
   */
  EvaluationResult evaluate(Architecture architecture, BooleanSupplier stop)
      throws InterruptedException {
    try {
      return measure(architecture, stop);
    } catch (MemoryException e) {
      if (!e.isCrowded()) {
        return new EvaluationResult.Failed(String.valueOf(e.getMessage()));
      }
      release();
      throw e;
    } catch (InputException | IllegalArgumentException e) {
      return new EvaluationResult.Failed(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      release();
      throw e;
    }
  }

  /** Gives the arena back; the next candidate makes a new one. */
  void release() {
    workspace = null;
  }

  void close() {
    release();
    backend.close();
  }

  private EvaluationResult measure(Architecture architecture, BooleanSupplier stop)
      throws InterruptedException {
    long start = System.nanoTime();
    if (architecture.classes() != images.classes()
        || !architecture.input().equals(images.shape())) {
      throw new InputException(
          "The architecture takes images of (%s) in (%d) classes, but gets (%s) in (%d)."
              .formatted(
                  architecture.input(), architecture.classes(), images.shape(), images.classes()));
    }
    ComputationalGraph graph = GraphBuilder.build(architecture);
    Cost cost = Cost.of(graph);
    SequencedMap<String, Predicted> parameters = predict(graph);
    Tally tally = new Tally(images.classes());
    Forward forward = null;
    for (PreparedImages.Batch batch : images.batches()) {
      if (stop.getAsBoolean()) {
        throw new InterruptedException("Interrupted while measuring a candidate.");
      }
      if (!protocol.timeout().isZero()
          && System.nanoTime() - start > protocol.timeout().toNanos()) {
        return new EvaluationResult.Failed(
            "time-out: (%d) of %d images after %s s"
                .formatted(batch.first(), images.images(), protocol.timeout().toSeconds()));
      }
      if (forward == null || forward.count != batch.count()) {
        forward = new Forward(Objects.requireNonNull(workspace), graph, parameters, batch.count());
      }
      Optional<Float> odd = tally.add(forward.run(batch.pixels()), batch.labels(), batch.count());
      if (odd.isPresent()) {
        return new EvaluationResult.Failed(
            "a logit of images %d to %d is (%s), not a finite number"
                .formatted(batch.first(), batch.first() + batch.count() - 1, odd.get()));
      }
    }
    if (forward != null && forward.execution.plan().bytes() > KEPT_BYTES) {
      release();
    }
    return new EvaluationResult.Scored(
        tally.accuracy(), tally.loss(), cost.macs(), cost.parameters(), protocol.describe());
  }

  /** The arena with the hypernetwork's tensors, made for a program where there is none. */
  private Workspace arena(Program first) {
    Workspace known = workspace;
    if (known == null) {
      known = backend.workspace(List.copyOf(variables.values()), first);
      for (Map.Entry<String, Variable> entry : variables.entrySet()) {
        known.write(entry.getValue(), required(ghn.tensors(), entry.getKey()).data());
      }
      workspace = known;
    }
    return known;
  }

  /** A tensor's shape and its distinct part, which repeats to fill it. */
  private record Predicted(Shape shape, Tensor part) {}

  private SequencedMap<String, Predicted> predict(ComputationalGraph graph) {
    Program program = new Program();
    SequencedMap<String, Value> recorded =
        Predictor.record(
            program,
            ghn.config(),
            name -> program.variable(required(variables, name)),
            Predictor.encode(ghn.config(), graph));
    Repetition distinct = Repetition.of(program, Map.of());
    recorded.values().forEach(value -> distinct.program().output(distinct.part(value)));
    Execution execution = arena(distinct.program()).prepare(distinct.program());
    execution.run();
    SequencedMap<String, Predicted> predicted = new LinkedHashMap<>();
    recorded.forEach(
        (name, value) -> {
          Value part = distinct.part(value);
          Tensor tensor = Tensor.zeros(part.shape());
          execution.read(part, tensor.data(), 0);
          predicted.put(name, new Predicted(value.shape(), tensor));
        });
    return predicted;
  }

  /** The network for batches of one size, with its predicted tensors in place. */
  private static final class Forward {
    private final int count;
    private final Execution execution;
    private final Value images;
    private final Value logits;
    private final float[] result;

    Forward(
        Workspace arena,
        ComputationalGraph graph,
        SequencedMap<String, Predicted> parameters,
        int count) {
      Program program = new Program();
      FeatureShape in = graph.input().shape();
      SequencedMap<String, Value> inputs = new LinkedHashMap<>();
      Value pixels =
          program.input("images", Shape.of(count, in.height(), in.width(), in.channels()));
      Value result =
          NetworkRecorder.record(
                  program,
                  graph,
                  pixels,
                  name ->
                      inputs.computeIfAbsent(
                          name, n -> program.input(n, required(parameters, n).shape())),
                  BatchNormMode.BATCH,
                  null)
              .logits();
      SequencedMap<String, Value> parts = new LinkedHashMap<>();
      Map<Value, Function<Program, Value>> given = new IdentityHashMap<>();
      inputs.forEach(
          (name, value) ->
              given.put(
                  value,
                  to -> {
                    Value part = to.input(name, required(parameters, name).part().shape());
                    parts.put(name, part);
                    return part;
                  }));
      Repetition distinct = Repetition.of(program, given);
      this.count = count;
      this.images = distinct.whole(pixels);
      this.logits = distinct.whole(result);
      distinct.program().output(logits);
      this.result = new float[logits.shape().size()];
      this.execution = arena.prepare(distinct.program());
      parts.forEach(
          (name, value) -> execution.write(value, required(parameters, name).part().data(), 0));
    }

    float[] run(float[] pixels) {
      execution.write(images, pixels, 0);
      execution.run();
      execution.read(logits, result, 0);
      return result;
    }
  }

  private static <T> T required(Map<String, T> all, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("Tensor '%s' was not predicted.".formatted(name));
    }
    return found;
  }
}
