package org.netloom.tensor.cpu;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for parts of one caller's work. Handing work over and waiting for it allocates
 * nothing. A caller that finds the crew at work for another does its work alone: no result depends
 * on who computes it.
 */
final class Crew {
  /**
   * Nanoseconds that a thread looks for news before it goes to sleep. Waking one takes as long, so
   * no wait costs more than twice what it must; most waits within a plan are shorter.
   */
  private static final long PATIENCE = 50_000;

  private final Semaphore free = new Semaphore(1);
  private final CrewMember[] members;

  Crew(int size) {
    // Where threads share a core, one that looks keeps from work the one that it waits for.
    long patience = size < Runtime.getRuntime().availableProcessors() ? PATIENCE : 0;
    this.members = new CrewMember[size];
    for (int i = 0; i < size; i++) {
      members[i] = new CrewMember("netloom-" + i, patience);
    }
  }

  /**
   * Runs a range in equal parts, the first of them on the caller, and returns when all are done.
   *
   * @param parts at least two, and at most one more than there are threads
   * @return false if the threads are not to be had; nothing was run then
   */
  boolean run(int parts, int items, float[] arena, float[] shared, Parallel.Range body) {
    if (!free.tryAcquire()) {
      return false;
    }
    try {
      for (int p = 1; p < parts; p++) {
        members[p - 1].give(
            body, arena, shared, start(items, p, parts), start(items, p + 1, parts));
      }
      @Nullable Throwable failure = null;
      try {
        body.run(arena, shared, 0, start(items, 1, parts));
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      for (int p = 1; p < parts; p++) {
        Throwable other = members[p - 1].finish();
        failure = failure == null ? other : failure;
      }
      rethrow(failure);
      return true;
    } finally {
      free.release();
    }
  }

  private static int start(int items, int part, int parts) {
    return (int) ((long) items * part / parts);
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Waits for work that is under way, then ends the threads. */
  void close() {
    free.acquireUninterruptibly();
    for (CrewMember member : members) {
      member.end();
    }
  }
}
