package org.netloom.tensor.cpu;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool and the caller, with a static partition of the work: which part computes a value
 * never depends on the number of threads, so neither do its bits.
 */
final class Parallel {
  /** Work on items from..to−1. */
  interface Range {
    void run(int from, int to);
  }

  private final int threads;
  private final @Nullable ExecutorService pool;

  private Parallel(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1, Thread.ofPlatform().daemon().name("netloom-", 0).factory());
  }

  /** Threads that share the work, the caller included. */
  int threads() {
    return threads;
  }

  static Parallel of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Threads (%d) must be at least 1.".formatted(threads));
    }
    return new Parallel(threads);
  }

  /**
   * Runs a range, split over the threads where it pays.
   *
   * @param cost multiply-adds of the whole range; small work stays on the caller
   */
  void forRange(int items, long cost, Range body) {
    int parts = pool == null || cost < 60_000 ? 1 : Math.min(threads, items);
    if (parts <= 1 || pool == null) {
      body.run(0, items);
      return;
    }
    Future<?>[] waiting = new Future<?>[parts - 1];
    for (int p = 1; p < parts; p++) {
      int from = (int) ((long) items * p / parts);
      int to = (int) ((long) items * (p + 1) / parts);
      waiting[p - 1] = pool.submit(() -> body.run(from, to));
    }
    body.run(0, items / parts);
    for (Future<?> part : waiting) {
      await(part);
    }
  }

  /**
   * Waits through interrupts, so that no part still writes when the caller goes on; the caller
   * finds its interrupt afterwards.
   */
  private static void await(Future<?> part) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          part.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }
}
