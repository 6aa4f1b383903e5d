package org.netloom.benchmarks;

import java.util.concurrent.TimeUnit;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks share: mean milliseconds on the CPU backend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class CpuBenchmark {
  /** As on the command line: 0 means all cores. */
  @Param("0")
  public int threads;

  Backend backend;

  @Setup
  public final void open() {
    backend = CpuBackend.of(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    prepare();
  }

  /** Makes everything that is not timed; the backend is open. */
  abstract void prepare();

  @TearDown
  public final void close() {
    backend.close();
  }
}
