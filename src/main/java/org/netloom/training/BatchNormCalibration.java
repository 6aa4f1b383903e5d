package org.netloom.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.netloom.config.InputException;
import org.netloom.data.Batches;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Operator;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.network.NetworkRecorder.Statistics;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Running statistics of batch norm for given weights ("precise batch norm": Wu and Johnson,
 * "Rethinking 'batch' in batch norm", 2021, section 3): the plain averages, over a fixed number of
 * batches of training images, of the batches' means and of their unbiased variances. Unlike the
 * usual exponential average they belong to one set of weights, so they serve trained and predicted
 * parameters alike.
 *
 * <p>The images are the first of a fixed permutation of the training set, unchanged, in batches of
 * {@value #BATCH} (all of them where there are fewer). Instances are immutable and may be used by
 * many threads.
 */
public final class BatchNormCalibration {
  private static final int BATCH = 64;
  private static final int MOST_BATCHES = 32;
  private static final long ORDER_SEED = 0;

  private final ImageSet images;
  private final Batches batches;
  private final int[] order;
  private final int batch;
  private final int count;

  private BatchNormCalibration(ImageSet train, Normalisation normalisation) {
    if (train.size() == 0) {
      throw new InputException("There are no training images to calibrate batch norm on.");
    }
    this.images = train;
    this.batches = Batches.of(train, normalisation);
    this.order = Batches.permutation(train.size(), ORDER_SEED, 0);
    this.batch = Math.min(BATCH, train.size());
    this.count = Math.min(MOST_BATCHES, train.size() / batch);
  }

  /** Calibration on a training set. */
  public static BatchNormCalibration on(ImageSet train, Normalisation normalisation) {
    return new BatchNormCalibration(train, normalisation);
  }

  /**
   * The parameters with {@code .running_mean} and {@code .running_var} of every batch norm; present
   * ones are replaced. A network without batch norm gets its parameters back.
   *
   * @throws InputException if a tensor is missing or has another shape, or if the images do not fit
   *     the network
   */
  public Parameters calibrate(Backend backend, ComputationalGraph graph, Parameters parameters) {
    try {
      return calibrate(backend, graph, parameters, done -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody asked for an end.", e);
    }
  }

  /** As above; the progress may stop it between batches. */
  Parameters calibrate(
      Backend backend, ComputationalGraph graph, Parameters parameters, Measurer.Progress progress)
      throws InterruptedException {
    Fit.check(graph, images);
    if (graph.nodes().stream().noneMatch(n -> n.operator() instanceof Operator.BatchNorm)) {
      return parameters;
    }
    Program program = new Program();
    SequencedMap<String, Value> weights = new LinkedHashMap<>();
    List<Variable> variables = new ArrayList<>();
    parameters
        .trainable(graph)
        .tensors()
        .forEach(
            (name, tensor) -> {
              variables.add(new Variable(name, tensor.shape()));
              weights.put(name, program.variable(variables.getLast()));
            });
    Workspace workspace = backend.workspace(variables);
    variables.forEach(v -> workspace.write(v, parameters.get(v.name()).data()));

    FeatureShape in = graph.input().shape();
    Value x = program.input("images", Shape.of(batch, in.height(), in.width(), in.channels()));
    SequencedMap<String, Statistics> statistics =
        NetworkRecorder.record(
                program,
                graph,
                x,
                name -> Objects.requireNonNull(weights.get(name)),
                BatchNormMode.BATCH,
                null)
            .statistics();
    for (Statistics s : statistics.values()) {
      program.output(s.mean());
      program.output(s.rstd());
    }
    return parameters.with(average(workspace.prepare(program), x, statistics, progress));
  }

  private Map<String, Tensor> average(
      Execution execution,
      Value x,
      SequencedMap<String, Statistics> statistics,
      Measurer.Progress progress)
      throws InterruptedException {
    SequencedMap<String, Sums> sums = new LinkedHashMap<>();
    statistics.forEach((name, s) -> sums.put(name, new Sums(s)));
    float[] pixels = new float[batch * images.imageBytes()];
    float[] labels = new float[batch];
    for (int i = 0; i < count; i++) {
      batches.fill(order, i * batch, (i + 1) * batch, 0, pixels, labels);
      execution.write(x, pixels, 0);
      execution.run();
      sums.values().forEach(sum -> sum.add(execution));
      progress.images((i + 1) * batch);
    }
    SequencedMap<String, Tensor> result = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          result.put(name + ".running_mean", sum.average(sum.mean, count));
          result.put(name + ".running_var", sum.average(sum.variance, count));
        });
    return result;
  }

  /** Sums over the batches, in double precision, of one batch norm. */
  private static final class Sums {
    private final Statistics statistics;
    private final float[] read;
    private final double[] mean;
    private final double[] variance;

    Sums(Statistics statistics) {
      this.statistics = statistics;
      int channels = statistics.mean().shape().size();
      this.read = new float[channels];
      this.mean = new double[channels];
      this.variance = new double[channels];
    }

    void add(Execution execution) {
      execution.read(statistics.mean(), read, 0);
      for (int c = 0; c < read.length; c++) {
        mean[c] += read[c];
      }
      execution.read(statistics.rstd(), read, 0);
      // n/(n − 1) makes the variance unbiased; one value alone has no variance to correct
      long n = statistics.count();
      double correction = n > 1 ? (double) n / (n - 1) : 1;
      for (int c = 0; c < read.length; c++) {
        double biased = 1 / ((double) read[c] * read[c]) - statistics.epsilon();
        variance[c] += correction * Math.max(0, biased);
      }
    }

    Tensor average(double[] sums, int count) {
      float[] values = new float[sums.length];
      for (int c = 0; c < values.length; c++) {
        values[c] = (float) (sums[c] / count);
      }
      return new Tensor(Shape.of(values.length), values);
    }
  }
}
