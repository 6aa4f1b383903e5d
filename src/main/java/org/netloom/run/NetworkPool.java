package org.netloom.run;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netloom.tensor.Backend;

/** Does something with each of many networks, one a thread, and tells of each as it is done. */
final class NetworkPool {
  private NetworkPool() {}

  /** What is done with one of them, on a backend of one thread. */
  @FunctionalInterface
  interface Work<R> {
    R apply(int index, Backend backend) throws InterruptedException;
  }

  /** Hears of what is done, on the thread that asked for it. */
  @FunctionalInterface
  interface Done<R> {
    void done(int index, R result);
  }

  private record Finished<R>(int index, R result) {}

  /**
   * Works through all indices; results come in the order in which they are done.
   *
   * @throws InterruptedException if the thread was interrupted; all that was done by then has been
   *     told
   */
  static <R> void each(List<Integer> indices, Compute compute, Work<R> work, Done<R> done)
      throws InterruptedException {
    ConcurrentLinkedQueue<Backend> free = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(compute.threads())) {
      CompletionService<Finished<R>> finished = new ExecutorCompletionService<>(pool);
      for (int index : indices) {
        finished.submit(
            () -> {
              Backend known = free.poll();
              Backend backend = known == null ? compute.backends().apply(1) : known;
              R result = work.apply(index, backend);
              free.add(backend);
              return new Finished<>(index, result);
            });
      }
      try {
        for (int i = 0; i < indices.size(); i++) {
          tell(finished.take(), done);
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        pool.close();
        for (Future<Finished<R>> late = finished.poll(); late != null; late = finished.poll()) {
          if (late.state() == Future.State.SUCCESS) {
            tell(late, done);
          }
        }
        throw e;
      } finally {
        pool.shutdownNow();
      }
    } finally {
      free.forEach(Backend::close);
    }
  }

  private static <R> void tell(Future<Finished<R>> future, Done<R> done)
      throws InterruptedException {
    try {
      Finished<R> one = future.get();
      done.done(one.index, one.result);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause; // no memory, say: the command line has a word for it
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
