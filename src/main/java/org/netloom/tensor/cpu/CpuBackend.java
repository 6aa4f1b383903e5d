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
  private final Map<Integer, List<Backend>> lanes = new HashMap<>();

  private CpuBackend(String name, String description, Kernels kernels, Parallel parallel) {
    this.name = name;
    this.description = description;
    this.kernels = kernels;
    this.parallel = parallel;
  }

  /** Plain loops with double-precision sums on one thread: the oracle of all other kernels. */
  public static CpuBackend scalar() {
    return new CpuBackend("scalar", "plain loops, 1 thread", new ScalarKernels(), Parallel.of(1));
  }

  /**
   * SIMD where the Vector API module is present, else plain loops.
   *
   * @param threads worker threads, the caller included; results do not depend on it
   */
  public static CpuBackend of(int threads) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new CpuBackend(
          "scalar",
          "plain loops, 1 thread (the module jdk.incubator.vector is absent: start Java with"
              + " --add-modules jdk.incubator.vector for SIMD)",
          new ScalarKernels(),
          Parallel.of(1));
    }
    Parallel parallel = Parallel.of(threads);
    return new CpuBackend(
        "cpu",
        "SIMD %d bits, %d thread%s".formatted(Simd.BITS, threads, threads == 1 ? "" : "s"),
        new SimdKernels(parallel),
        parallel);
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
    return new CpuWorkspace(kernels, variables);
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
                .<Backend>mapToObj(i -> of((parallel.threads() + i) / n))
                .toList());
  }

  @Override
  public synchronized void close() {
    lanes.values().forEach(all -> all.forEach(Backend::close));
    parallel.close();
  }
}
