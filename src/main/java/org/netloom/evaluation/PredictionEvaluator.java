package org.netloom.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.ghn.Ghn;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;

/**
 * Scores networks with the weights that a hypernetwork predicts: accuracy and mean loss on
 * validation images in one pass (Knyazev et al. 2021, section 4). When several candidates wait,
 * each thread takes one; a single one has all threads. Results depend on neither. For one caller.
 */
public final class PredictionEvaluator implements Evaluator, AutoCloseable {
  private final Ghn ghn;
  private final PreparedImages images;
  private final Protocol protocol;
  private final int threads;
  private final IntFunction<Backend> backends;
  private final EvaluationListener listener;
  private final ExecutorService pool;
  private final List<PredictionWorker> workers = new ArrayList<>();
  private @Nullable PredictionWorker wide;

  private PredictionEvaluator(
      Ghn ghn,
      PreparedImages images,
      Protocol protocol,
      int threads,
      IntFunction<Backend> backends,
      EvaluationListener listener) {
    this.ghn = ghn;
    this.images = images;
    this.protocol = protocol;
    this.threads = threads;
    this.backends = backends;
    this.listener = listener;
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("netloom-candidate-", 0).factory());
  }

  /**
   * Prepares the images.
   *
   * @param threads candidates measured at the same time, at most
   * @param backends gives a backend of that many threads; the evaluator closes it
   * @param listener hears of every finished candidate
   * @throws InputException if hypernetwork and data set do not fit
   */
  public static PredictionEvaluator of(
      Ghn ghn,
      Dataset data,
      Protocol protocol,
      int threads,
      IntFunction<Backend> backends,
      EvaluationListener listener) {
    if (threads < 1) {
      throw new IllegalArgumentException("Threads (%d) must be at least 1.".formatted(threads));
    }
    if (ghn.config().classes() != data.classes()) {
      throw new InputException(
          "The hypernetwork predicts classifiers of (%d) classes; the data set (%s) has (%d)."
              .formatted(ghn.config().classes(), data.name(), data.classes()));
    }
    return new PredictionEvaluator(
        ghn, PreparedImages.of(data, protocol), protocol, threads, backends, listener);
  }

  @Override
  public List<EvaluationResult> evaluate(List<? extends Architecture> batch)
      throws InterruptedException {
    Round round = new Round(batch);
    if (batch.size() == 1 && threads > 1) {
      round.run(List.of(wide()));
    } else {
      round.run(workers(Math.min(threads, batch.size())));
    }
    round.repeatAlone();
    return round.results();
  }

  /** Images that each candidate is measured on. */
  public int images() {
    return images.images();
  }

  private List<PredictionWorker> workers(int count) {
    while (workers.size() < count) {
      workers.add(worker(1));
    }
    return workers.subList(0, count);
  }

  private PredictionWorker wide() {
    PredictionWorker known = wide;
    if (known == null) {
      known = worker(threads);
      wide = known;
    }
    return known;
  }

  private PredictionWorker worker(int width) {
    return new PredictionWorker(ghn, images, protocol, backends.apply(width));
  }

  @Override
  public void close() {
    pool.shutdown();
    workers.forEach(PredictionWorker::close);
    if (wide != null) {
      wide.close();
    }
  }

  /** One batch of candidates. */
  private final class Round {
    private final List<? extends Architecture> batch;
    private final @Nullable EvaluationResult[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();

    Round(List<? extends Architecture> batch) {
      this.batch = batch;
      this.results = new EvaluationResult[batch.size()];
    }

    void run(List<PredictionWorker> active) throws InterruptedException {
      List<Future<?>> running = new ArrayList<>();
      for (PredictionWorker worker : active) {
        running.add(
            pool.submit(
                () -> {
                  drain(worker);
                  return null;
                }));
      }
      boolean interrupted = false;
      for (Future<?> future : running) {
        interrupted |= awaitEnd(future);
      }
      if (interrupted) {
        throw new InterruptedException("Interrupted while measuring candidates.");
      }
    }

    private void drain(PredictionWorker worker) throws InterruptedException {
      for (int i = next.getAndIncrement(); i < batch.size(); i = next.getAndIncrement()) {
        measure(worker, i, false);
      }
    }

    /** Waits whatever happens, so that no worker is left running; says if it was interrupted. */
    private boolean awaitEnd(Future<?> future) {
      boolean interrupted = false;
      while (true) {
        try {
          future.get();
          return interrupted;
        } catch (InterruptedException e) {
          interrupted = true;
          stop.set(true);
        } catch (ExecutionException e) {
          stop.set(true);
          if (e.getCause() instanceof InterruptedException) {
            return true;
          }
          if (e.getCause() instanceof Error error) {
            throw error; // no memory, say: the command line has a word for it
          }
          throw new IllegalStateException("A candidate could not be measured.", e.getCause());
        }
      }
    }

    /**
     * Memory is shared, so a candidate that found none may have lacked only what its neighbours
     * held: it gets a second chance alone, and the result depends on the candidate again.
     */
    void repeatAlone() throws InterruptedException {
      for (int i = 0; i < results.length; i++) {
        if (results[i] == null) {
          workers.forEach(PredictionWorker::release);
          if (wide != null) {
            wide.release();
          }
          measure(workers(1).getFirst(), i, true);
        }
      }
    }

    private void measure(PredictionWorker worker, int i, boolean last) throws InterruptedException {
      long start = System.nanoTime();
      EvaluationResult result;
      try {
        result = worker.evaluate(batch.get(i), stop::get);
      } catch (MemoryException e) {
        if (!last) {
          return;
        }
        result = new Failed(String.valueOf(e.getMessage()));
      } catch (OutOfMemoryError e) {
        if (!last) {
          return;
        }
        result =
            new Failed(
                "out of memory with a heap of %d MB"
                    .formatted(Runtime.getRuntime().maxMemory() >> 20));
      }
      results[i] = result;
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      synchronized (listener) {
        listener.finished(batch.get(i), result, time);
      }
    }

    List<EvaluationResult> results() {
      return Arrays.stream(results).map(java.util.Objects::requireNonNull).toList();
    }
  }
}
