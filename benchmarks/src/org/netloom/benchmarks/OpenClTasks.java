package org.netloom.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.netloom.architecture.Architecture;
import org.netloom.data.Datasets;
import org.netloom.evaluation.EvaluationListener;
import org.netloom.evaluation.PredictionEvaluator;
import org.netloom.evaluation.Protocol;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Operation;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.OpenClDevices;

/**
 * Kernels and whole tasks on the first OpenCL device against the CPU backend, alternating; prints a
 * table in Markdown, with the launches and passes of one call. The figure of each is the median of
 * its calls.
 */
public final class OpenClTasks {
  private static final int BATCH = 64;
  private static final int ROUNDS = Integer.getInteger("rounds", 7);
  private static final int META_BATCH = 8;
  private static final int CANDIDATES = 20;
  private static final int CANDIDATE_IMAGES = 1000;
  private static final long WARM_UP = 1_000_000_000L;

  private final Backend cpu;
  private final OpenClBackend device;

  private OpenClTasks(Backend cpu, OpenClBackend device) {
    this.cpu = cpu;
    this.device = device;
  }

  /** Takes the parts of names of tasks to time; none means all. */
  public static void main(String[] parts) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    try (CpuBackend cpu = CpuBackend.of(threads);
        OpenClBackend device =
            OpenClDevices.find()
                .open()
                .orElseThrow(() -> new IllegalStateException("There is no OpenCL device."))) {
      OpenClDevices.Facts facts = OpenClDevices.find().all().getFirst();
      System.out.printf(
          "%s (%s, %s) against %s; medians of %d alternating calls%n%n",
          facts.name(), facts.kind(), facts.driver().strip(), cpu.description(), ROUNDS);
      System.out.println("| task | CPU ms | OpenCL ms | ratio | GFLOP/s | launches | passes |");
      System.out.println("|---|---|---|---|---|---|---|");
      new OpenClTasks(cpu, device).all(List.of(parts));
    }
  }

  private void all(List<String> parts) throws Exception {
    for (int[] s : new int[][] {{256, 256, 256}, {1024, 1024, 1024}, {65536, 64, 576}}) {
      Shape a = Shape.of(s[0], s[2]);
      Shape b = Shape.of(s[1], s[2]);
      String name = "product %d×%d×%d".formatted(s[0], s[1], s[2]);
      operation(parts, name, new Matrix.Product(false, true), 2.0 * s[0] * s[1] * s[2], a, b);
    }
    for (int channels : new int[] {16, 64}) {
      for (int kernel : new int[] {3, 1}) {
        ConvolutionGeometry g =
            ConvolutionGeometry.square(
                BATCH, 32, 32, channels, channels, kernel, 1, kernel / 2, 1, 1);
        double flops = 2.0 * BATCH * 1024 * channels * channels * kernel * kernel;
        Shape x = Shape.of(BATCH, 32, 32, channels);
        Shape w = Shape.of(channels, channels, kernel, kernel);
        String name = "convolution %d×%d, %d channels".formatted(kernel, kernel, channels);
        operation(parts, name + ", forward", new Convolution.Forward(g), flops, x, w);
        operation(parts, name + ", ∂x", new Convolution.InputGradient(g), flops, x, w);
        operation(parts, name + ", ∂w", new Convolution.WeightGradient(g), flops, x, x);
      }
    }
    ConvolutionGeometry g = ConvolutionGeometry.square(BATCH, 32, 32, 64, 64, 3, 1, 1, 1, 64);
    Shape x = Shape.of(BATCH, 32, 32, 64);
    Shape w = Shape.of(64, 1, 3, 3);
    double flops = 2.0 * BATCH * 1024 * 64 * 9;
    operation(parts, "depthwise 3×3, forward", new Convolution.Forward(g), flops, x, w);
    operation(parts, "depthwise 3×3, ∂x", new Convolution.InputGradient(g), flops, x, w);
    operation(parts, "depthwise 3×3, ∂w", new Convolution.WeightGradient(g), flops, x, x);
    networks(parts);
    String step = "step of a GHN-2, meta-batch of %d networks".formatted(META_BATCH);
    step(parts, step, List.copyOf(ComparedNetworks.fixed().values()).subList(0, META_BATCH));
    scoring(parts);
  }

  private void operation(
      List<String> parts, String name, Operation operation, double flops, Shape... shapes)
      throws Exception {
    if (wanted(parts, name)) {
      time(name, program(cpu, operation, shapes), program(device, operation, shapes), flops);
    }
  }

  private static Call program(Backend backend, Operation operation, Shape... shapes) {
    Program program = new Program();
    Value[] in = new Value[shapes.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = program.input("in" + i, shapes[i]);
    }
    program.output(program.apply(operation, in));
    Execution execution = backend.workspace(List.of()).prepare(program);
    for (Value value : in) {
      execution.write(value, NetworkProgram.noise(value.shape().size()), 0);
    }
    return execution::run;
  }

  private void networks(List<String> parts) throws Exception {
    ComputationalGraph small = GraphBuilder.build(ComparedNetworks.candidates().getFirst());
    network(parts, "quick-start candidate", small);
    for (var entry : ComparedNetworks.fixed().entrySet()) {
      network(parts, entry.getKey(), entry.getValue());
    }
  }

  private void network(List<String> parts, String name, ComputationalGraph graph) throws Exception {
    for (boolean training : new boolean[] {false, true}) {
      String task = name + (training ? ", gradients" : ", forward");
      if (wanted(parts, task)) {
        NetworkProgram one = NetworkProgram.of(cpu, graph, BATCH, training);
        NetworkProgram two = NetworkProgram.of(device, graph, BATCH, training);
        time(task, one::run, two::run, 0);
      }
    }
    step(parts, name + ", step of a GHN-2", List.of(graph));
  }

  private void step(List<String> parts, String task, List<ComputationalGraph> graphs)
      throws Exception {
    if (wanted(parts, task)) {
      try (HypernetworkStep one = new HypernetworkStep(cpu, graphs, BATCH);
          HypernetworkStep two = new HypernetworkStep(device, graphs, BATCH)) {
        time(task, one::run, two::run, 0);
      }
    }
  }

  /** From architectures to accuracies. */
  private void scoring(List<String> parts) throws Exception {
    String task = "scoring of %d candidates".formatted(CANDIDATES);
    if (wanted(parts, task)) {
      List<Architecture> candidates = ComparedNetworks.candidates().subList(0, CANDIDATES);
      try (PredictionEvaluator one = evaluator(threads -> new Shared(cpu));
          PredictionEvaluator two = evaluator(threads -> new Shared(device))) {
        time(task, () -> one.evaluate(candidates), () -> two.evaluate(candidates), 0);
      }
    }
  }

  private static PredictionEvaluator evaluator(IntFunction<Backend> backends) throws Exception {
    return PredictionEvaluator.of(
        HypernetworkStep.hypernetwork(),
        Datasets.open("shapes10"),
        Protocol.of(CANDIDATE_IMAGES),
        Runtime.getRuntime().availableProcessors(),
        backends,
        EvaluationListener.NONE);
  }

  /** A backend that outlives whoever closes it. */
  private record Shared(Backend backend) implements Backend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public String description() {
      return backend.description();
    }

    @Override
    public Workspace workspace(List<Variable> variables) {
      return backend.workspace(variables);
    }

    @Override
    public List<Backend> lanes(int most) {
      return backend.lanes(most);
    }

    @Override
    public void close() {}
  }

  private static boolean wanted(List<String> parts, String name) {
    return parts.isEmpty() || parts.stream().anyMatch(name::contains);
  }

  /** What is timed. */
  private interface Call {
    void run() throws Exception;
  }

  private void time(String name, Call one, Call two, double flops) throws Exception {
    double[] first = new double[ROUNDS];
    double[] second = new double[ROUNDS];
    for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP; ) {
      one.run();
    }
    for (int i = -1; i < ROUNDS; i++) {
      double a = milliseconds(one);
      double b = milliseconds(two);
      if (i >= 0) {
        first[i] = a;
        second[i] = b;
      }
    }
    long launches = device.launches();
    long passes = device.passes();
    two.run();
    Arrays.sort(first);
    Arrays.sort(second);
    double a = first[ROUNDS / 2];
    double b = second[ROUNDS / 2];
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.1f | %s | %d | %d |%n",
        name,
        a,
        b,
        b / a,
        flops == 0 ? "" : String.format(Locale.ROOT, "%.1f", flops / b / 1e6),
        device.launches() - launches,
        device.passes() - passes);
  }

  private static double milliseconds(Call call) throws Exception {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
