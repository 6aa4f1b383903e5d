package org.netloom.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netloom.ranking.KendallTau;

/**
 * Five-fold cross-validation over the grid, for several permutations of the rows: the score of a
 * grid point is the mean over the folds of Kendall's τ-b between predictions, as they are given,
 * and targets. The folds come from the seed, and every score is a number of its own, so that
 * results do not depend on the number of threads.
 */
final class CrossValidation {
  static final int PERMUTATIONS = 5;

  private final Target target;
  private final SupportVectorRegression regression;
  private final List<HyperParameters> grid;
  private final List<Folds> permutations = new ArrayList<>();

  CrossValidation(
      Target target,
      SupportVectorRegression regression,
      List<HyperParameters> grid,
      int rows,
      long seed) {
    this.target = target;
    this.regression = regression;
    this.grid = grid;
    SplittableRandom random = new SplittableRandom(seed);
    for (int p = 0; p < PERMUTATIONS; p++) {
      permutations.add(Folds.draw(rows, random.split()));
    }
  }

  /** Number of scores that {@link #scores} computes. */
  static int steps(int gridPoints) {
    return gridPoints * PERMUTATIONS;
  }

  /**
   * Mean τ [permutation][grid point].
   *
   * @param done hears of each number
   * @throws InterruptedException if the thread was interrupted
   */
  double[][] scores(int threads, Runnable done) throws InterruptedException {
    double[][] scores = new double[PERMUTATIONS][grid.size()];
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> running = new ArrayList<>();
      for (Folds folds : permutations) {
        for (HyperParameters point : grid) {
          running.add(pool.submit(() -> score(folds, point)));
        }
      }
      try {
        for (int i = 0; i < running.size(); i++) {
          scores[i / grid.size()][i % grid.size()] = running.get(i).get();
          done.run();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("A regressor could not be trained.", e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
    return scores;
  }

  private double score(Folds folds, HyperParameters point) throws InterruptedException {
    double sum = 0;
    for (int f = 0; f < Folds.COUNT; f++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while regressors are trained.");
      }
      int[] left = folds.members()[f];
      SupportVectors trained = regression.train(folds.others(f), point);
      sum += tau(target, regression.predict(trained, left), regression.targets(left));
    }
    return sum / Folds.COUNT;
  }

  /**
   * Kendall's τ-b of predictions as they are given; 0, no order at all, if one side is constant.
   */
  static double tau(Target target, double[] predicted, double[] actual) {
    double tau = KendallTau.of(Arrays.stream(predicted).map(target::given).toArray(), actual);
    return Double.isNaN(tau) ? 0 : tau;
  }

  /** The best grid point; of equals the first, which is the smoothest. */
  static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
