package org.netloom.run;

import java.util.ArrayList;
import java.util.List;
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
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;

/**
 * The published evaluation of a hypernetwork on a split of networks (Knyazev et al. 2021, section
 * 4.1): each is given its predicted tensors once and classifies the images in file order, batch
 * norms use the statistics of the batch, nothing else is random. A network that cannot be measured
 * is an outcome too.
 */
public final class SplitEvaluation {
  private static final String OUT_OF_MEMORY = "out of memory";

  private SplitEvaluation() {}

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

  /**
   * Figures of accuracies, fractions from 0 to 1.
   *
   * @param networks how many were measured
   * @param standardError of the mean; NaN for a single network
   */
  public record Summary(
      int networks, double mean, double standardError, double median, double min, double max) {}

  /**
   * Measures networks, one a thread; outcomes in their order. What lacked memory beside others is
   * measured again alone, so that outcomes depend on the network only.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public static List<Outcome> measure(
      Ghn ghn,
      List<? extends Architecture> networks,
      Measurer measurer,
      Compute compute,
      GhnEvaluation.Listener listener)
      throws InterruptedException {
    List<Outcome> outcomes =
        new ArrayList<>(
            GhnEvaluation.each(
                networks, compute, (network, b) -> measure(ghn, network, measurer, b), listener));
    for (int i = 0; compute.threads() > 1 && i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Failed(Architecture network, String reason)
          && reason.equals(OUT_OF_MEMORY)) {
        try (Backend alone = compute.backends().apply(1)) {
          outcomes.set(i, measure(ghn, network, measurer, alone));
        }
      }
    }
    return outcomes;
  }

  private static Outcome measure(Ghn ghn, Architecture network, Measurer measurer, Backend backend)
      throws InterruptedException {
    try {
      ComputationalGraph graph = GraphBuilder.build(network);
      Parameters predicted =
          Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
      Measurement measurement =
          measurer.measure(backend, graph, predicted, BatchNormMode.BATCH, SplitEvaluation::listen);
      return new Measured(network, Cost.of(graph).parameters(), measurement);
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
   * The figures of all that were measured.
   *
   * @throws InputException with the first reason if none was
   */
  public static Summary summary(List<Outcome> outcomes) {
    double[] accuracies =
        outcomes.stream()
            .filter(Measured.class::isInstance)
            .mapToDouble(outcome -> ((Measured) outcome).measurement().accuracy())
            .sorted()
            .toArray();
    int n = accuracies.length;
    if (n == 0) {
      String reason = outcomes.getFirst() instanceof Failed failed ? failed.reason() : "";
      throw new InputException("No network could be measured: " + reason);
    }
    double mean = 0;
    for (double accuracy : accuracies) {
      mean += accuracy / n;
    }
    double squares = 0;
    for (double accuracy : accuracies) {
      squares += (accuracy - mean) * (accuracy - mean);
    }
    double error = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Double.NaN;
    double median = (accuracies[(n - 1) / 2] + accuracies[n / 2]) / 2;
    return new Summary(n, mean, error, median, accuracies[0], accuracies[n - 1]);
  }
}
