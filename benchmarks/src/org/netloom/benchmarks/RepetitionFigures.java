package org.netloom.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * What it saves to compute repeated channels once: multiply-adds of convolutions, memory and time
 * of networks with the tensors that a GHN-2 of the published size predicts, with all products and
 * without repetition. Prints a line for each network, times being the least of three runs after a
 * warm-up of two seconds.
 */
public final class RepetitionFigures {
  private static final int BATCH = 64;
  private static final int RUNS = 3;
  private static final long WARM_UP = Duration.ofSeconds(2).toNanos();

  private final Backend backend;
  private final Ghn ghn = HypernetworkStep.hypernetwork();
  private final Map<String, Variable> weights = new LinkedHashMap<>();
  private final PrintStream out;

  private RepetitionFigures(Backend backend, PrintStream out) {
    this.backend = backend;
    this.out = out;
    ghn.tensors().forEach((name, tensor) -> weights.put(name, new Variable(name, tensor.shape())));
  }

  /** The arguments are presets, and networks of DeepNets-1M's splits as {@code SPLIT/INDEX}. */
  public static void main(String[] arguments) {
    try (Backend backend = CpuBackend.of(Runtime.getRuntime().availableProcessors())) {
      RepetitionFigures figures = new RepetitionFigures(backend, System.out);
      for (String name : arguments) {
        figures.print(name);
      }
    }
  }

  private void print(String name) {
    ComputationalGraph graph = GraphBuilder.build(architecture(name));
    Figures forward = measure(graph, false, true);
    Figures all = measure(graph, false, false);
    Figures step = measure(graph, true, true);
    Figures whole = measure(graph, true, false);
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f %% | %d | %d | %.0f | %.0f | %.2f | %d | %d | %.0f | %.0f | %.2f |%n",
        name,
        all.products / 1e6 / BATCH,
        100.0 * forward.products / all.products,
        all.megabytes,
        forward.megabytes,
        all.milliseconds,
        forward.milliseconds,
        all.milliseconds / forward.milliseconds,
        whole.megabytes,
        step.megabytes,
        whole.milliseconds,
        step.milliseconds,
        whole.milliseconds / step.milliseconds);
    out.flush();
  }

  private static Architecture architecture(String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? ArchitectureReader.read(name).architecture().with(10, InputShape.CIFAR)
        : NetworkSet.open(name.substring(0, slash))
            .network(Integer.parseInt(name.substring(slash + 1)))
            .architecture(10, InputShape.CIFAR);
  }

  /** Multiply-adds of the convolutions, and what one run takes. */
  private record Figures(long products, long megabytes, double milliseconds) {}

  private Figures measure(ComputationalGraph graph, boolean gradients, boolean once) {
    Program recorded = new Program();
    FeatureShape in = graph.input().shape();
    Value images =
        recorded.input("images", Shape.of(BATCH, in.height(), in.width(), in.channels()));
    Value labels = recorded.input("labels", Shape.of(BATCH));
    Value factor = recorded.input("factor", Shape.of(1));
    Map<String, Value> tensors =
        Predictor.record(
            recorded,
            ghn.config(),
            name -> recorded.variable(Objects.requireNonNull(weights.get(name))),
            Predictor.encode(ghn.config(), graph));
    Value logits =
        NetworkRecorder.record(
                recorded,
                graph,
                images,
                name -> Objects.requireNonNull(tensors.get(name)),
                BatchNormMode.BATCH,
                null)
            .logits();
    Value loss = recorded.applyAll(new Loss.CrossEntropy(0f), logits, labels).getFirst();
    if (!once) {
      return run(recorded, images, labels, factor, gradients, loss);
    }
    Repetition distinct = Repetition.of(recorded, Map.of());
    return run(
        distinct.program(),
        distinct.whole(images),
        distinct.whole(labels),
        distinct.whole(factor),
        gradients,
        distinct.whole(loss));
  }

  private Figures run(
      Program program, Value images, Value labels, Value factor, boolean gradients, Value loss) {
    program.output(loss);
    if (gradients) {
      List<Value> with = new ArrayList<>();
      weights.values().forEach(variable -> with.add(program.variable(variable)));
      Gradients.record(program, loss, factor, with).stream()
          .filter(Objects::nonNull)
          .forEach(program::output);
    }
    Workspace workspace = backend.workspace(List.copyOf(weights.values()));
    ghn.tensors()
        .forEach(
            (name, tensor) ->
                workspace.write(Objects.requireNonNull(weights.get(name)), tensor.data()));
    Execution execution = workspace.prepare(program);
    execution.write(images, NetworkProgram.noise(images.shape().size()), 0);
    execution.write(labels, NetworkProgram.labels(BATCH, 10), 0);
    execution.write(factor, new float[] {1f}, 0);
    long begin = System.nanoTime();
    do {
      execution.run();
    } while (System.nanoTime() - begin < WARM_UP);
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      execution.run();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Plan plan = execution.plan();
    return new Figures(
        products(plan), plan.bytes() >> 20, Arrays.stream(times).min().orElseThrow());
  }

  private static long products(Plan plan) {
    long products = 0;
    for (Plan.Step step : plan.steps()) {
      if (step.operation() instanceof Convolution of) {
        ConvolutionGeometry g = of.geometry();
        products += (long) g.n() * g.oh() * g.ow() * g.k() * g.groupInputs() * g.r() * g.s();
      }
    }
    return products;
  }
}
