package org.netloom.tensor.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link Crew}; it starts with its first work. */
final class CrewMember {
  /** Looks between two at the clock. */
  private static final int LOOKS = 16;

  private static final int NONE = 0;
  private static final int GIVEN = 1;
  private static final int BEGUN = 2;

  private final long patience;
  private final Thread thread;
  private boolean started;
  private Parallel.@Nullable Range body;
  private float @Nullable [] arena;
  private float @Nullable [] shared;
  private int from;
  private int to;
  private @Nullable Throwable failure;
  private @Nullable Thread caller;

  /** Where the work is that the member has; what is above is handed over by it. */
  private final AtomicInteger state = new AtomicInteger(NONE);

  /** Whether the thread sleeps or is about to. */
  private volatile boolean sleeps;

  /** Whether the caller sleeps or is about to. */
  private volatile boolean waits;

  private volatile boolean ended;

  /**
   * @param patience nanoseconds that the member and its caller look for each other's news before
   *     they go to sleep
   */
  CrewMember(String name, long patience) {
    this.patience = patience;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
  }

  /** Gives work to a member that has none. */
  void give(Parallel.Range body, float[] arena, float[] shared, int from, int to) {
    this.body = body;
    this.arena = arena;
    this.shared = shared;
    this.from = from;
    this.to = to;
    this.caller = Thread.currentThread();
    state.set(GIVEN);
    if (!started) {
      started = true;
      thread.start();
    } else if (sleeps) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Does the work itself if the member has not begun, as one that must be woken or has no core of
   * its own. Else waits for its end, through interrupts, so that nothing is still written when the
   * caller goes on; the caller finds its interrupt afterwards.
   *
   * @return what the work threw
   */
  @Nullable Throwable finish() {
    if (state.compareAndSet(GIVEN, BEGUN)) {
      part();
      state.set(NONE);
    } else {
      await();
    }
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  private void await() {
    boolean interrupted = false;
    while (!becomes(NONE)) {
      waits = true;
      if (state.get() != NONE) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      waits = false;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread, which has no work. */
  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  private void work() {
    while (true) {
      while (!becomes(GIVEN)) {
        sleeps = true;
        if (ended) {
          return;
        }
        if (state.get() != GIVEN) {
          LockSupport.park(this);
          Thread.interrupted();
        }
        sleeps = false;
      }
      if (state.compareAndSet(GIVEN, BEGUN)) {
        Thread waiting = caller;
        part();
        state.set(NONE);
        if (waits) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  /** Looks for a while whether the work has got there. */
  private boolean becomes(int wanted) {
    if (state.get() == wanted) {
      return true;
    }
    long start = System.nanoTime();
    do {
      for (int i = 0; i < LOOKS; i++) {
        Thread.onSpinWait();
        if (state.get() == wanted) {
          return true;
        }
      }
    } while (System.nanoTime() - start < patience);
    return false;
  }

  private void part() {
    Parallel.Range range = body;
    float[] main = arena;
    float[] other = shared;
    body = null;
    arena = null;
    shared = null;
    caller = null;
    try {
      if (range != null && main != null && other != null) {
        range.run(main, other, from, to);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }
}
