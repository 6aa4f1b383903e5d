package org.netloom.deepnets;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.GraphStatistics;
import org.netloom.graph.Primitive;
import org.netloom.graph.PrimitiveGraph;

/**
 * Figures of the graphs of a set's first networks, by which splits are compared with the published
 * ones (Knyazev et al. 2021, table 1).
 *
 * @param nodes number of nodes over the networks
 * @param parameters trainable parameters at the split's widths for 32x32 images and 10 classes
 * @param meanDegree mean over the networks of the mean undirected degree
 * @param meanPath mean over the networks of the mean undirected shortest path
 * @param shares fraction of all nodes that are of each kind
 * @param shareErrors standard errors of the shares; a network is one observation
 */
public record SetStatistics(
    int networks,
    Spread nodes,
    Spread parameters,
    double meanDegree,
    double meanPath,
    Map<Primitive, Double> shares,
    Map<Primitive, Double> shareErrors) {
  private static final int CLASSES = 10;

  /** Smallest and largest value, mean, and standard deviation of a sample. */
  public record Spread(double min, double max, double mean, double deviation) {
    private static Spread of(double[] values) {
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Spread(min, max, mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
    }
  }

  private record Figures(GraphStatistics graph, long parameters) {
    private static Figures of(NetworkEntry network) {
      ComputationalGraph graph =
          GraphBuilder.build(network.architecture(CLASSES, InputShape.CIFAR));
      return new Figures(GraphStatistics.of(PrimitiveGraph.of(graph)), Cost.of(graph).parameters());
    }
  }

  /**
   * Builds the graphs of the first networks, at most {@code limit}.
   *
   * @param done hears of each
   * @throws InterruptedException if the thread was interrupted
   */
  public static SetStatistics of(NetworkSet set, int limit, int threads, Runnable done)
      throws InterruptedException {
    List<Figures> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Figures>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(limit, set.size()); i++) {
        int index = i;
        running.add(pool.submit(() -> Figures.of(set.network(index))));
      }
      try {
        for (Future<Figures> future : running) {
          all.add(future.get());
          done.run();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof InputException problem
            ? problem
            : new IllegalStateException("A graph could not be built.", e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
    return of(all);
  }

  private static SetStatistics of(List<Figures> all) {
    int n = all.size();
    double[] nodes = new double[n];
    double[] parameters = new double[n];
    double degree = 0;
    double path = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      nodes[i] = all.get(i).graph.nodes();
      parameters[i] = all.get(i).parameters;
      degree += all.get(i).graph.meanDegree() / n;
      path += all.get(i).graph.meanPath() / n;
      total += nodes[i];
    }
    Map<Primitive, Double> shares = new EnumMap<>(Primitive.class);
    Map<Primitive, Double> errors = new EnumMap<>(Primitive.class);
    for (Primitive kind : Primitive.values()) {
      double count = 0;
      for (Figures figures : all) {
        count += figures.graph.histogram().getOrDefault(kind, 0);
      }
      double share = count / total;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double off = all.get(i).graph.histogram().getOrDefault(kind, 0) - share * nodes[i];
        squares += off * off;
      }
      shares.put(kind, share);
      errors.put(kind, Math.sqrt(squares) / total);
    }
    return new SetStatistics(
        n, Spread.of(nodes), Spread.of(parameters), degree, path, shares, errors);
  }
}
