package org.netloom.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GraphEmbedder;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;

/**
 * Embeds any number of networks with many threads and hands them on in their order, so that neither
 * networks nor embeddings have to be in memory together. A network that cannot be embedded is an
 * outcome too.
 */
public final class NetworkEmbedding {
  /** Networks that are at work or wait for one before them, for each thread. */
  private static final int AHEAD = 32;

  private NetworkEmbedding() {}

  /** What became of a network. */
  public sealed interface Outcome {
    /** The network. */
    Architecture architecture();
  }

  /**
   * An embedded network.
   *
   * @param cost its parameters and MACs
   * @param embedding H numbers
   */
  public record Embedded(Architecture architecture, Cost cost, float[] embedding)
      implements Outcome {}

  /** A network that could not be embedded. */
  public record Failed(Architecture architecture, String reason) implements Outcome {}

  /** Hears of the networks in their order. */
  @FunctionalInterface
  public interface Listener {
    /** The next network. */
    void embedded(long index, Outcome outcome) throws IOException;
  }

  private record Worker(Backend backend, GraphEmbedder embedder) {}

  /**
   * Embeds networks 0 to count - 1.
   *
   * @param networks gives the network of an index to any thread
   * @throws InputException if {@code networks} throws it
   * @throws InterruptedException if the thread was interrupted
   * @throws IOException if the listener throws it
   */
  public static void each(
      Ghn ghn,
      long count,
      LongFunction<? extends Architecture> networks,
      Compute compute,
      Listener listener)
      throws InterruptedException, IOException {
    ConcurrentLinkedQueue<Worker> free = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(compute.threads())) {
      Deque<Future<Outcome>> running = new ArrayDeque<>();
      try {
        long next = 0;
        for (long index = 0; index < count; index++) {
          for (; next < count && running.size() < AHEAD * compute.threads(); next++) {
            long at = next;
            running.add(pool.submit(() -> embed(ghn, networks.apply(at), compute, free)));
          }
          listener.embedded(index, running.remove().get());
        }
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      } finally {
        pool.shutdownNow();
      }
    } finally {
      free.forEach(worker -> worker.backend.close());
    }
  }

  private static Outcome embed(
      Ghn ghn, Architecture network, Compute compute, ConcurrentLinkedQueue<Worker> free) {
    Worker known = free.poll();
    Worker worker = known == null ? worker(ghn, compute) : known;
    try {
      ComputationalGraph graph = GraphBuilder.build(network);
      return new Embedded(network, Cost.of(graph), worker.embedder.embed(graph));
    } catch (MemoryException e) {
      if (e.isCrowded()) {
        throw e; // alone there may be enough, and outcomes depend on the network only
      }
      return new Failed(network, String.valueOf(e.getMessage()));
    } catch (InputException | IllegalArgumentException e) {
      return new Failed(network, String.valueOf(e.getMessage()));
    } finally {
      free.add(worker);
    }
  }

  private static Worker worker(Ghn ghn, Compute compute) {
    Backend backend = compute.backends().apply(1);
    return new Worker(backend, new GraphEmbedder(ghn, backend));
  }
}
