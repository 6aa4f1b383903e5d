package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;

/**
 * The networks of a meta-batch over the lanes of a backend, the costliest first, each lane taking
 * the next one when it is free. Gradients are kept per network and added in the order of the
 * networks, so that their bits do not depend on who computed what.
 */
final class MetaBatch implements AutoCloseable {
  private final Backend backend;
  private final GhnConfig config;
  private final float smoothing;
  private final SequencedMap<String, Tensor> like;
  private final Map<Integer, List<GradientLane>> lanes = new HashMap<>();
  private final List<SequencedMap<String, float[]>> gradients = new ArrayList<>();
  private final ExecutorService pool;

  MetaBatch(Backend backend, GhnConfig config, float smoothing, SequencedMap<String, Tensor> like) {
    this.backend = backend;
    this.config = config;
    this.smoothing = smoothing;
    this.like = like;
    this.pool =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("meta-batch-", 0).factory());
  }

  /** The lanes of that many networks: few networks leave several threads to each. */
  private List<GradientLane> lanes(int networks) {
    List<Backend> backends = backend.lanes(networks);
    return lanes.computeIfAbsent(
        backends.size(),
        size -> backends.stream().map(lane -> new GradientLane(lane, config, smoothing)).toList());
  }

  /**
   * Losses of all networks on the same images; {@code sum} receives the sum of their gradients.
   *
   * @param weights the hypernetwork's tensors
   * @throws InterruptedException if the caller was interrupted; the sum is then incomplete
   */
  float[] run(
      SequencedMap<String, float[]> weights,
      List<ComputationalGraph> networks,
      GradientLane.Batch batch,
      long dropoutSeed,
      SequencedMap<String, float[]> sum)
      throws InterruptedException {
    while (gradients.size() < networks.size()) {
      gradients.add(GradientLane.buffers(like));
    }
    int[] order =
        IntStream.range(0, networks.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -Cost.of(networks.get(i)).macs()))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] losses = new float[networks.size()];
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (GradientLane lane : lanes(networks.size())) {
      lane.write(weights);
      running.add(
          pool.submit(
              () -> {
                for (int k = next.getAndIncrement(); k < order.length; k = next.getAndIncrement()) {
                  int i = order[k];
                  losses[i] = lane.run(networks.get(i), batch, dropoutSeed + i, gradients.get(i));
                }
              }));
    }
    await(running);
    add(networks.size(), sum);
    return losses;
  }

  private void add(int networks, SequencedMap<String, float[]> sum) {
    sum.forEach(
        (name, total) -> {
          for (int i = 0; i < networks; i++) {
            float[] part = gradients.get(i).get(name);
            if (part == null) {
              throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
            }
            for (int j = 0; j < total.length; j++) {
              total[j] = i == 0 ? part[j] : total[j] + part[j];
            }
          }
        });
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
