package org.netloom.property;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netloom.config.InputException;

/**
 * The published protocol for one property (Knyazev et al. 2021): hyper-parameters by five-fold
 * cross-validation on the networks to learn from, Kendall's τ on those held out, for five
 * permutations; then a regressor of all networks.
 *
 * @param validation mean τ over folds and permutations of the hyper-parameters that were chosen
 * @param chosen hyper-parameters with the best mean over all permutations
 * @param permutations what each permutation alone chooses, and its τ on the held-out networks
 * @param heldOut predictions for the held-out networks, of the regressor with {@code chosen} that
 *     knows only the others; as they are given
 * @param property the regressor of all networks, held-out ones too
 */
public record PropertyFit(
    Target target,
    double validation,
    HyperParameters chosen,
    List<Permutation> permutations,
    double[] heldOut,
    Property property) {

  /** Fewest rows: two in each fold, below which τ has no pair. */
  public static final int FEWEST = 2 * Folds.COUNT;

  /**
   * One permutation of the rows.
   *
   * @param validation mean τ over its folds
   * @param test τ on the held-out networks; NaN if there are none
   */
  public record Permutation(HyperParameters chosen, double validation, double test) {}

  /**
   * Networks with a number each.
   *
   * @param rows embeddings, all of one length
   * @param values as they stand in the table
   */
  public record Sample(List<float[]> rows, double[] values) {
    private double[] taken(Target target) {
      return Arrays.stream(values).map(target::taken).toArray();
    }
  }

  /** Number of steps that {@link #of} tells of. */
  public static int steps(int hidden) {
    return CrossValidation.steps(HyperParameters.grid(hidden).size());
  }

  /**
   * Fits one property.
   *
   * @param test networks held out; may be empty, but not a single one
   * @param done hears of each step
   * @throws InputException if there are too few networks, or if all of them have one value
   * @throws InterruptedException if the thread was interrupted
   */
  public static PropertyFit of(
      Target target, Sample training, Sample test, long seed, int threads, Runnable done)
      throws InterruptedException {
    check(target, training, test);
    int rows = training.rows.size();
    int held = test.rows.size();
    int[] known = IntStream.range(0, rows).toArray();
    int[] unknown = IntStream.range(rows, rows + held).toArray();
    double[] actual = test.taken(target);
    SupportVectorRegression regression =
        new SupportVectorRegression(
            Stream.concat(training.rows.stream(), test.rows.stream()).toList(),
            IntStream.range(0, rows + held)
                .mapToDouble(
                    i -> target.taken(i < rows ? training.values[i] : test.values[i - rows]))
                .toArray());
    List<HyperParameters> grid = HyperParameters.grid(training.rows.getFirst().length);
    double[][] scores =
        new CrossValidation(target, regression, grid, rows, seed).scores(threads, done);
    List<Permutation> permutations =
        Arrays.stream(scores)
            .map(
                of -> {
                  int best = CrossValidation.best(of);
                  double[] predicted =
                      regression.predict(regression.train(known, grid.get(best)), unknown);
                  double tau =
                      held == 0 ? Double.NaN : CrossValidation.tau(target, predicted, actual);
                  return new Permutation(grid.get(best), of[best], tau);
                })
            .toList();
    double[] means = means(scores);
    int best = CrossValidation.best(means);
    HyperParameters chosen = grid.get(best);
    double[] predicted = regression.predict(regression.train(known, chosen), unknown);
    SupportVectors all = regression.train(IntStream.range(0, rows + held).toArray(), chosen);
    return new PropertyFit(
        target,
        means[best],
        chosen,
        permutations,
        Arrays.stream(predicted).map(target::given).toArray(),
        new Property(target, chosen, means[best], all));
  }

  /** Mean τ on the held-out networks over the permutations; NaN without held-out networks. */
  public double test() {
    return permutations.stream().mapToDouble(Permutation::test).sum() / permutations.size();
  }

  /** Standard deviation of τ on the held-out networks over the permutations. */
  public double deviation() {
    double mean = test();
    double squares =
        permutations.stream().mapToDouble(p -> (p.test - mean) * (p.test - mean)).sum();
    return Math.sqrt(squares / (permutations.size() - 1));
  }

  private static double[] means(double[][] scores) {
    double[] means = new double[scores[0].length];
    for (double[] of : scores) {
      for (int i = 0; i < means.length; i++) {
        means[i] += of[i] / scores.length;
      }
    }
    return means;
  }

  private static void check(Target target, Sample training, Sample test) {
    if (training.rows.size() < FEWEST) {
      throw new InputException(
          "%d folds need at least (%d) networks, but there are (%d)."
              .formatted(Folds.COUNT, FEWEST, training.rows.size()));
    }
    if (test.rows.size() == 1) {
      throw new InputException(
          "Kendall's τ needs at least (2) held-out networks, but there is (1).");
    }
    checkVaries(target, "networks", training.values);
    if (!test.rows.isEmpty()) {
      checkVaries(target, "held-out networks", test.values);
    }
  }

  private static void checkVaries(Target target, String which, double[] values) {
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      throw new InputException(
          "Target '%s' is (%s) for all %s: there is nothing to predict."
              .formatted(target.name(), values[0], which));
    }
  }
}
