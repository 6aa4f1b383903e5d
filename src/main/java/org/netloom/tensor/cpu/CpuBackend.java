package org.netloom.tensor.cpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/** A backend whose arenas are float arrays. */
public final class CpuBackend implements Backend {
  private final String name;
  private final String description;
  private final Kernels kernels;
  private final Parallel parallel;
  private final long limit;
  private final Map<Integer, List<Backend>> lanes = new HashMap<>();

  private CpuBackend(
      String name, String description, Kernels kernels, Parallel parallel, long limit) {
    this.name = name;
    this.description = description;
    this.kernels = kernels;
    this.parallel = parallel;
    this.limit = limit;
  }

  /** Plain loops with double-precision sums on one thread: the oracle of all other kernels. */
  public static CpuBackend scalar() {
    return scalar(heap());
  }

  /** {@link #scalar()} with a limit for the bytes of an arena. */
  public static CpuBackend scalar(long limit) {
    return new CpuBackend(
        "scalar", "plain loops, 1 thread", new ScalarKernels(), Parallel.of(1), limit);
  }

  /** What the virtual machine's heap may grow to: no arena can have more. */
  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  /**
   * SIMD where the Vector API module is present, else plain loops.
   *
   * @param threads worker threads, the caller included; results do not depend on it
   */
  public static CpuBackend of(int threads) {
    return of(threads, heap());
  }

  /**
   * {@link #of(int)} with a limit for the memory of a plan.
   *
   * @param limit most bytes of an arena; plans that need more are refused before they run
   */
  public static CpuBackend of(int threads, long limit) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new CpuBackend(
          "scalar",
          "plain loops, 1 thread (the module jdk.incubator.vector is absent: start Java with"
              + " --add-modules jdk.incubator.vector for SIMD)",
          new ScalarKernels(),
          Parallel.of(1),
          limit);
    }
    Parallel parallel = Parallel.of(threads);
    return new CpuBackend(
        "cpu",
        "SIMD %d bits, %d thread%s".formatted(Simd.BITS, threads, threads == 1 ? "" : "s"),
        new SimdKernels(parallel),
        parallel,
        limit);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Workspace workspace(List<Variable> variables) {
    return new CpuWorkspace(kernels, variables, limit);
  }

  @Override
  public synchronized List<Backend> lanes(int most) {
    int count = Math.min(most, parallel.threads());
    if (count <= 1) {
      return List.of(this);
    }
    return lanes.computeIfAbsent(
        count,
        n ->
            IntStream.range(0, n)
                .<Backend>mapToObj(i -> of((parallel.threads() + i) / n, limit))
                .toList());
  }

  @Override
  public synchronized void close() {
    lanes.values().forEach(all -> all.forEach(Backend::close));
    parallel.close();
  }
}
