package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that share a list of tasks, each taking the next one when it is free. */
final class Lanes implements AutoCloseable {
  private final ExecutorService pool =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("meta-batch-", 0).factory());

  /** Work on one task. */
  interface Task<T> {
    void run(T lane, int task);
  }

  /**
   * Runs all tasks in an order, over lanes that do one at a time. When one fails the others are
   * waited for, so that no lane is busy afterwards.
   *
   * @throws InterruptedException if the caller was interrupted; all tasks have ended then, too
   */
  <T> void run(List<T> lanes, int[] order, Task<T> task) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (T lane : lanes) {
      running.add(
          pool.submit(
              () -> {
                for (int k = next.getAndIncrement(); k < order.length; k = next.getAndIncrement()) {
                  task.run(lane, order[k]);
                }
              }));
    }
    await(running);
  }

  /** Waits for all, also when one failed, so that no lane is busy afterwards. */
  private static void await(List<Future<?>> running) throws InterruptedException {
    RuntimeException failure = null;
    Error error = null;
    InterruptedException interruption = null;
    for (Future<?> part : running) {
      boolean done = false;
      while (!done) {
        try {
          part.get();
          done = true;
        } catch (InterruptedException e) {
          interruption = e;
        } catch (ExecutionException e) {
          done = true;
          if (e.getCause() instanceof Error cause) {
            error = cause; // no memory, say: the command line has a word for it
          } else {
            failure =
                e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
          }
        }
      }
    }
    if (interruption != null) {
      throw interruption;
    }
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
