package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.tensor.Backend;

/**
 * A meta-batch of networks in three parts. The graphs of all are encoded and swept together, while
 * each lane gets the program of its first network ready. Then every network is decoded from its
 * states and run, over the lanes of a backend, the costliest first, each lane taking the next one
 * when it is free. With the gradients that the networks give to their states, one pass goes back
 * through sweeps and encoding, while the lanes read the gradients of their last networks. The
 * decoders' gradients are kept per network and added in the order of the networks, so that their
 * bits do not depend on who computed what.
 */
final class MetaBatch implements AutoCloseable {
  private final Backend backend;
  private final GhnConfig config;
  private final float smoothing;
  private final NodeStates nodeStates;
  private final Map<Integer, List<GradientLane>> lanes = new HashMap<>();
  private final List<SequencedMap<String, float[]>> gradients = new ArrayList<>();
  private final Lanes threads = new Lanes();

  MetaBatch(Backend backend, GhnConfig config, float smoothing) {
    this.backend = backend;
    this.config = config;
    this.smoothing = smoothing;
    this.nodeStates = new NodeStates(backend, config);
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
    while (gradients.size() < networks.size() - 1) {
      gradients.add(GradientLane.buffers(GhnTensors.ofDecoders(config)));
    }
    int[] order =
        IntStream.range(0, networks.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -Cost.of(networks.get(i)).macs()))
            .mapToInt(Integer::intValue)
            .toArray();
    List<GradientLane> lanes = lanes(networks.size());
    GradientLane.Member[] members = new GradientLane.Member[networks.size()];
    threads.run(
        lanes,
        order,
        (lane, i) -> {
          ComputationalGraph network = networks.get(i);
          members[i] = new GradientLane.Member(network, Predictor.encode(config, network));
        });
    AtomicReference<NodeStates.Batch> made = new AtomicReference<>();
    threads.beside(
        () -> made.set(states(weights, members)),
        lanes,
        order,
        (lane, i) -> {
          lane.prepare(members[i], batch.count());
          lane.write(weights);
        });
    NodeStates.Batch states = Objects.requireNonNull(made.get());
    float[] losses = new float[networks.size()];
    threads.run(
        lanes,
        order,
        (lane, i) ->
            losses[i] =
                lane.run(
                    members[i],
                    batch,
                    states,
                    i,
                    dropoutSeed + i,
                    i == 0 ? sum : gradients.get(i - 1)));
    threads.beside(() -> states.backward(sum), lanes, order, (lane, first) -> lane.collect());
    gradients.subList(0, networks.size() - 1).forEach(part -> add(part, sum));
    return losses;
  }

  private NodeStates.Batch states(
      SequencedMap<String, float[]> weights, GradientLane.Member[] members) {
    nodeStates.write(weights);
    return nodeStates.forward(Stream.of(members).map(GradientLane.Member::encoded).toList());
  }

  /** Adds the decoders' gradients of one network. */
  private static void add(Map<String, float[]> part, Map<String, float[]> sum) {
    part.forEach(
        (name, values) -> {
          float[] total = GradientLane.require(sum, name);
          for (int j = 0; j < total.length; j++) {
            total[j] += values[j];
          }
        });
  }

  /** Bytes of the largest plan so far, of states or of one network. */
  long plannedBytes() {
    return lanes.values().stream()
        .flatMap(List::stream)
        .mapToLong(GradientLane::plannedBytes)
        .reduce(nodeStates.plannedBytes(), Math::max);
  }

  @Override
  public void close() {
    threads.close();
  }
}
