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
   * Runs all tasks in an order, over lanes that do one at a time: each begins with that of its own
   * place, then takes the next one. When one fails the others are waited for, so that no lane is
   * busy afterwards.
   *
   * @param order as many tasks as lanes, or more
   * @throws InterruptedException if the caller was interrupted; all tasks have ended then, too
   */
  <T> void run(List<T> lanes, int[] order, Task<T> task) throws InterruptedException {
    AtomicInteger next = new AtomicInteger(lanes.size());
    List<Future<?>> running = new ArrayList<>();
    for (int place = 0; place < lanes.size(); place++) {
      T lane = lanes.get(place);
      int first = place;
      running.add(
          pool.submit(
              () -> {
                for (int k = first; k < order.length; k = next.getAndIncrement()) {
                  task.run(lane, order[k]);
                }
              }));
    }
    await(running);
  }

  /**
   * Gives each lane the task of its own place, and does other work meanwhile.
   *
   * @throws InterruptedException if the caller was interrupted; all has ended then, too
   */
  <T> void beside(Runnable work, List<T> lanes, int[] order, Task<T> task)
      throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    for (int place = 0; place < lanes.size(); place++) {
      T lane = lanes.get(place);
      int own = order[place];
      running.add(pool.submit(() -> task.run(lane, own)));
    }
    try {
      work.run();
    } finally {
      await(running);
    }
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
