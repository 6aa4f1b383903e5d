package org.netloom.tensor.cpu;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link Crew}; it starts with its first work. */
final class CrewMember {
  /** Looks at a flag before a thread goes to sleep: most waits within a plan are short. */
  private static final int LOOKS = 200;

  private final Thread thread;
  private boolean started;
  private Parallel.@Nullable Range body;
  private float @Nullable [] arena;
  private float @Nullable [] shared;
  private int from;
  private int to;
  private @Nullable Throwable failure;
  private @Nullable Thread caller;

  /** Whether there is work that is not done; what is above is handed over by it. */
  private volatile boolean busy;

  private volatile boolean ended;

  CrewMember(String name) {
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
    busy = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
  }

  /**
   * Waits for the end of the work, through interrupts, so that nothing is still written when the
   * caller goes on; the caller finds its interrupt afterwards.
   *
   * @return what the work threw
   */
  @Nullable Throwable await() {
    boolean interrupted = false;
    for (int looks = 0; busy; looks++) {
      if (looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  /** Ends the thread, which has no work. */
  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  private void work() {
    while (true) {
      for (int looks = 0; !busy; looks++) {
        if (ended) {
          return;
        }
        if (looks < LOOKS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          Thread.interrupted();
        }
      }
      part();
    }
  }

  private void part() {
    Parallel.Range range = body;
    float[] main = arena;
    float[] other = shared;
    Thread waiting = caller;
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
    busy = false;
    LockSupport.unpark(waiting);
  }
}
