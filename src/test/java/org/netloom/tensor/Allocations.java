package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the bytes that running a prepared plan allocates, on all threads that take part; making
 * and preparing the plan is not counted.
 *
 * <p>Until the compiler is done, vectors are objects. So the plan runs until some runs in a row
 * allocate nothing, at most far more often than the compiler needs. It runs in a virtual machine of
 * its own: what other tests do with the kernels decides what the compiler makes of them.
 */
public final class Allocations {
  /** Runs in a row that allocate nothing. */
  private static final int IN_A_ROW = 5;

  private static final int MOST_RUNS = 5_000;
  private static final long MOST_NANOS = 120_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /** What a program tells that ends with {@link #tell}, started with the launcher's options. */
  public static String told(Class<?> program, Object... arguments) throws Exception {
    List<String> options =
        List.of(
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=inline,org.netloom.tensor.cpu.VectorMath::*",
            "-XX:CompileCommand=inline,org.netloom.tensor.cpu.Simd::*");
    OwnMachine.Ended ended =
        OwnMachine.run(options, program, Stream.of(arguments).map(Object::toString).toList());
    assertThat(ended.code()).as(ended.out()).isZero();
    return ended.out().strip();
  }

  /** Runs a plan until it is warm, and prints the most bytes that one of its last runs took. */
  public static void tell(Execution execution) {
    execution.run();
    long[] ids = ids();
    long[] before = new long[ids.length];
    long[] last = new long[IN_A_ROW];
    int without = 0;
    long start = System.nanoTime();
    for (int run = 0;
        without < IN_A_ROW && run < MOST_RUNS && System.nanoTime() - start < MOST_NANOS;
        run++) {
      long bytes = measure(execution, ids, before);
      last[run % IN_A_ROW] = bytes;
      without = bytes == 0 ? without + 1 : 0;
    }
    long most = 0;
    for (long bytes : last) {
      most = Math.max(most, bytes);
    }
    System.out.println(most + " bytes");
  }

  /** Bytes that one run allocates on all threads that take part in it. */
  private static long measure(Execution execution, long[] ids, long[] before) {
    for (int i = 0; i < ids.length; i++) {
      before[i] = THREADS.getThreadAllocatedBytes(ids[i]);
    }
    execution.run();
    long bytes = 0;
    for (int i = 0; i < ids.length; i++) {
      bytes += THREADS.getThreadAllocatedBytes(ids[i]) - before[i];
    }
    return bytes;
  }

  private static long[] ids() {
    Thread caller = Thread.currentThread();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread == caller || thread.getName().startsWith("netloom-"))
        .mapToLong(Thread::threadId)
        .toArray();
  }
}
