package org.netloom.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;

/**
 * The published evaluation of a hypernetwork (Knyazev et al. 2021, section 4.1): each network is
 * given its predicted tensors once and classifies the images in their order, batch norms use the
 * statistics of the batch, nothing else is random. A network that cannot be measured is an outcome
 * too.
 */
public final class GhnEvaluation {
  private static final String OUT_OF_MEMORY = "out of memory";

  private GhnEvaluation() {}

  /** What became of a network. */
  public sealed interface Outcome {
    /** The network. */
    Architecture architecture();
  }

  /**
   * A measured network.
   *
   * @param parameters all of its trainable parameters
   */
  public record Measured(Architecture architecture, long parameters, Measurement measurement)
      implements Outcome {}

  /** A network that could not be measured. */
  public record Failed(Architecture architecture, String reason) implements Outcome {}

  /** Hears of each network that is done, as it is done, on the thread that asked for all. */
  @FunctionalInterface
  public interface Listener {
    /** What became of the network of that index; nothing will change it. */
    void done(int index, Outcome outcome);
  }

  /**
   * Measures networks, one a thread; outcomes in their order. What lacked memory beside others is
   * measured again alone, so that outcomes depend on the network only.
   *
   * @param known what became of some of them before, by index; they are not measured again
   * @throws InterruptedException if the thread was interrupted; the listener has heard of all that
   *     was done by then
   */
  public static List<Outcome> measure(
      Ghn ghn,
      List<? extends Architecture> networks,
      Map<Integer, Outcome> known,
      Measurer measurer,
      Compute compute,
      Listener listener)
      throws InterruptedException {
    @Nullable Outcome[] outcomes = new Outcome[networks.size()];
    known.forEach((index, outcome) -> outcomes[index] = outcome);
    NetworkPool.each(
        missing(outcomes),
        compute,
        (index, backend) ->
            measure(ghn, networks.get(index), measurer, backend, compute.threads() == 1),
        (index, outcome) -> {
          boolean crowded =
              compute.threads() > 1
                  && outcome instanceof Failed(_, String reason)
                  && reason.equals(OUT_OF_MEMORY);
          if (!crowded) {
            outcomes[index] = outcome;
            listener.done(index, outcome);
          }
        });
    for (int index : missing(outcomes)) {
      try (Backend alone = compute.backends().apply(1)) {
        Outcome outcome = measure(ghn, networks.get(index), measurer, alone, true);
        outcomes[index] = outcome;
        listener.done(index, outcome);
      }
    }
    List<Outcome> all = new ArrayList<>();
    Arrays.asList(outcomes).forEach(outcome -> all.add(Objects.requireNonNull(outcome)));
    return all;
  }

  private static List<Integer> missing(@Nullable Outcome[] outcomes) {
    return IntStream.range(0, outcomes.length).filter(i -> outcomes[i] == null).boxed().toList();
  }

  private static Outcome measure(
      Ghn ghn, Architecture network, Measurer measurer, Backend backend, boolean alone)
      throws InterruptedException {
    try {
      ComputationalGraph graph = GraphBuilder.build(network);
      Parameters predicted =
          Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
      Measurement measurement =
          measurer.measure(backend, graph, predicted, BatchNormMode.BATCH, GhnEvaluation::listen);
      return new Measured(network, Cost.of(graph).parameters(), measurement);
    } catch (MemoryException e) {
      boolean again = e.isCrowded() && !alone;
      return new Failed(network, again ? OUT_OF_MEMORY : String.valueOf(e.getMessage()));
    } catch (InputException | IllegalArgumentException e) {
      return new Failed(network, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return new Failed(network, OUT_OF_MEMORY);
    }
  }

  private static void listen(int images) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted after %d images.".formatted(images));
    }
  }

  /**
   * The measurements among the outcomes, in their order.
   *
   * @throws InputException with the first reason if there is none
   */
  public static List<Measurement> measurements(List<Outcome> outcomes) {
    List<Measurement> all =
        outcomes.stream()
            .filter(Measured.class::isInstance)
            .map(outcome -> ((Measured) outcome).measurement())
            .toList();
    if (all.isEmpty()) {
      String reason = outcomes.getFirst() instanceof Failed failed ? failed.reason() : "";
      throw new InputException("No network could be measured: " + reason);
    }
    return all;
  }
}
