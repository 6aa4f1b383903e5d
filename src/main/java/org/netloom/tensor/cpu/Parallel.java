package org.netloom.tensor.cpu;

import org.jspecify.annotations.Nullable;

/**
 * The caller and a crew of threads, with a static partition of the work: which part computes a
 * value never depends on the number of threads, so neither do its bits.
 */
final class Parallel {
  /** Multiply-adds below which work stays on the caller. */
  private static final long SMALL = 60_000;

  /** Work on items from..to−1. Kernels make theirs once, so that a run of a plan allocates none. */
  interface Range {
    /**
     * Does a part of the work.
     *
     * @param arena what the operation reads and writes
     * @param shared what the caller has got ready for all parts
     */
    void run(float[] arena, float[] shared, int from, int to);
  }

  private static final float[] NOTHING = {};

  private final int threads;
  private final @Nullable Crew crew;

  private Parallel(int threads) {
    this.threads = threads;
    this.crew = threads == 1 ? null : new Crew(threads - 1);
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
  void forRange(int items, long cost, float[] arena, float[] shared, Range body) {
    int parts = cost < SMALL ? 1 : Math.min(threads, items);
    if (crew == null || parts <= 1 || !crew.run(parts, items, arena, shared, body)) {
      body.run(arena, shared, 0, items);
    }
  }

  /** A kernel that is one range over the arena. */
  Kernel kernel(int items, long cost, Range body) {
    return arena -> forRange(items, cost, arena, NOTHING, body);
  }

  /** Ends the threads; what runs from now on runs on its caller alone. */
  void close() {
    if (crew != null) {
      crew.close();
    }
  }
}
