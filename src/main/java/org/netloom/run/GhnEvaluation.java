package org.netloom.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netloom.architecture.Architecture;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;

/**
 * How good the weights are that a hypernetwork predicts: accuracy of networks on test images (BN
 * batch statistics, batch 64; Knyazev et al. 2021, section 4.1).
 */
public final class GhnEvaluation {
  private GhnEvaluation() {}

  /** A network and its measurement. */
  public record Result(Architecture architecture, Measurement measurement) {}

  /** Hears of each finished network. */
  @FunctionalInterface
  public interface Listener {
    /** One more network is measured. */
    void measured();
  }

  /**
   * Measures networks, one a thread; results in their order.
   *
   * @param limit test images, at most
   */
  public static List<Result> measure(
      Ghn ghn,
      List<? extends Architecture> networks,
      Dataset data,
      int limit,
      Compute compute,
      Listener listener)
      throws InterruptedException {
    Measurer measurer =
        Measurer.of(
            data.split(Split.TEST),
            Normalisation.of(data.split(Split.TRAIN)),
            Measurer.BATCH,
            limit);
    return each(
        networks,
        compute,
        (network, backend) -> measure(ghn, network, measurer, backend),
        listener);
  }

  /** What is done with a network on one thread. */
  @FunctionalInterface
  interface Work<R> {
    R apply(Architecture network, Backend backend) throws InterruptedException;
  }

  /** Does something with every network, one a thread; results in their order. */
  static <R> List<R> each(
      List<? extends Architecture> networks, Compute compute, Work<R> work, Listener listener)
      throws InterruptedException {
    ConcurrentLinkedQueue<Backend> free = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(compute.threads())) {
      List<Future<R>> running = new ArrayList<>();
      for (Architecture network : networks) {
        running.add(
            pool.submit(
                () -> {
                  Backend known = free.poll();
                  Backend backend = known == null ? compute.backends().apply(1) : known;
                  R result = work.apply(network, backend);
                  free.add(backend);
                  return result;
                }));
      }
      List<R> results = new ArrayList<>();
      try {
        for (Future<R> future : running) {
          results.add(future.get());
          listener.measured();
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        pool.shutdownNow();
        throw e;
      }
      return results;
    } finally {
      free.forEach(Backend::close);
    }
  }

  private static Result measure(Ghn ghn, Architecture network, Measurer measurer, Backend backend) {
    ComputationalGraph graph = GraphBuilder.build(network);
    Parameters predicted =
        Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
    return new Result(network, measurer.measure(backend, graph, predicted, BatchNormMode.BATCH));
  }
}
