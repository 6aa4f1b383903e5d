package org.netloom.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netloom.architecture.Architecture;
import org.netloom.data.Datasets;
import org.netloom.evaluation.EvaluationListener;
import org.netloom.evaluation.PredictionEvaluator;
import org.netloom.evaluation.Protocol;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * Times whole tasks on the networks of {@code benchmarks/networks}; {@code
 * benchmarks/pytorch/tasks.py} times the same ones. Prints lines {@code task,network,milliseconds},
 * each the median of all calls of 2.5 seconds after a warm-up of six, the first after one of
 * twenty.
 */
public final class WholeTasks {
  private static final int BATCH = 64;
  private static final int CANDIDATE_IMAGES = 1000;
  private static final long WARM_UP = Duration.ofSeconds(6).toNanos();

  /** What the first task shares with all others is compiled before it is timed. */
  private static final long FIRST_WARM_UP = Duration.ofSeconds(20).toNanos();

  private static final long SPAN = Duration.ofMillis(2500).toNanos();

  private final Backend backend;
  private final int threads;
  private final PrintStream out;
  private boolean warm;

  private WholeTasks(Backend backend, int threads, PrintStream out) {
    this.backend = backend;
    this.threads = threads;
    this.out = out;
  }

  /** {@code export FOLDER} writes the modules for PyTorch; {@code time TASK...} times tasks. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("export")) {
      ComparedNetworks.export(Path.of(arguments[1]));
      return;
    }
    int threads = Runtime.getRuntime().availableProcessors();
    try (Backend backend = CpuBackend.of(threads)) {
      WholeTasks tasks = new WholeTasks(backend, threads, System.out);
      for (String task : Arrays.asList(arguments).subList(1, arguments.length)) {
        tasks.run(task);
      }
    }
  }

  private void run(String task) throws Exception {
    switch (task) {
      case "forward", "training" -> networks(task);
      case "step" -> steps();
      case "meta-batch" -> metaBatch();
      case "scoring" -> scoring();
      default -> throw new IllegalArgumentException("There is no task (%s).".formatted(task));
    }
  }

  /** The network alone: logits, or the loss and the gradients of all its tensors. */
  private void networks(String task) throws Exception {
    for (Map.Entry<String, ComputationalGraph> entry : ComparedNetworks.fixed().entrySet()) {
      NetworkProgram program =
          NetworkProgram.of(backend, entry.getValue(), BATCH, task.equals("training"));
      print(task, entry.getKey(), median(program::run));
    }
  }

  /** One whole step of a GHN-2 of the published size over one network. */
  private void steps() throws Exception {
    for (Map.Entry<String, ComputationalGraph> entry : ComparedNetworks.fixed().entrySet()) {
      print("step", entry.getKey(), step(List.of(entry.getValue())));
    }
  }

  /** One step over eight networks at once. */
  private void metaBatch() throws Exception {
    List<ComputationalGraph> eight = ComparedNetworks.fixed().values().stream().limit(8).toList();
    print("meta-batch", "first eight", step(eight));
  }

  private double step(List<ComputationalGraph> networks) throws Exception {
    try (HypernetworkStep step = new HypernetworkStep(backend, networks, BATCH)) {
      return median(step::run);
    }
  }

  /** All candidates, from their architectures to their accuracies. */
  private void scoring() throws Exception {
    List<Architecture> candidates = ComparedNetworks.candidates();
    try (PredictionEvaluator evaluator =
        PredictionEvaluator.of(
            HypernetworkStep.hypernetwork(),
            Datasets.open("shapes10"),
            Protocol.of(CANDIDATE_IMAGES),
            threads,
            CpuBackend::of,
            EvaluationListener.NONE)) {
      print("scoring", "100 candidates", median(() -> evaluator.evaluate(candidates)));
    }
  }

  /** What is timed. */
  private interface Call {
    void run() throws Exception;
  }

  private double median(Call call) throws Exception {
    long start = System.nanoTime();
    do {
      call.run();
    } while (System.nanoTime() - start < (warm ? WARM_UP : FIRST_WARM_UP));
    warm = true;
    double[] times = new double[10_000];
    int count = 0;
    start = System.nanoTime();
    do {
      long before = System.nanoTime();
      call.run();
      times[count++] = (System.nanoTime() - before) / 1e6;
    } while (count < 3 || count < times.length && System.nanoTime() - start < SPAN);
    Arrays.sort(times, 0, count);
    return (times[(count - 1) / 2] + times[count / 2]) / 2;
  }

  private void print(String task, String network, double milliseconds) {
    out.printf(Locale.ROOT, "%s,%s,%.3f%n", task, network, milliseconds);
    out.flush();
  }
}
