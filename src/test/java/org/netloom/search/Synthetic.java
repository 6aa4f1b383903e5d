package org.netloom.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.evaluation.Evaluator;
import org.netloom.space.SearchSpace;

/**
 * A problem whose best trade-off is known: every edge of a network adds its operation's gain to the
 * accuracy and its operation's cost, times the width, to the MACs. Only three operations are ever
 * worth their cost.
 */
final class Synthetic {
  static final SearchSpace SPACE = space();

  private static SearchSpace space() {
    List<CellOperation> operations =
        List.of(
            CellOperation.SKIP_CONNECT,
            CellOperation.MAX_POOL_3X3,
            CellOperation.AVG_POOL_3X3,
            CellOperation.CONV_1X1,
            CellOperation.CONV_3X3);
    SearchSpace usual = SearchSpace.quickstart(10);
    return new SearchSpace(
        usual.channels(),
        usual.cells(),
        usual.steps(),
        operations,
        operations,
        usual.stem(),
        usual.channelMultipliers(),
        usual.norms(),
        usual.preprocess(),
        usual.concat(),
        usual.head(),
        usual.classes(),
        usual.input());
  }

  private static final Map<CellOperation, int[]> GAIN_AND_COST =
      Map.of(
          CellOperation.SKIP_CONNECT, new int[] {0, 1},
          CellOperation.CONV_1X1, new int[] {6, 3},
          CellOperation.CONV_3X3, new int[] {10, 9});
  private static final int[] OTHER = {1, 8};

  private Synthetic() {}

  /** Counts how many candidates it measured. */
  static final class Counting implements Evaluator {
    int measured;

    @Override
    public List<EvaluationResult> evaluate(List<? extends Architecture> batch) {
      measured += batch.size();
      return batch.stream().map(a -> (EvaluationResult) score((DeepNetsArchitecture) a)).toList();
    }
  }

  static Scored score(DeepNetsArchitecture architecture) {
    int gain = 0;
    int cost = 0;
    List<Genotype.Edge> edges = new ArrayList<>(architecture.genotype().normal());
    edges.addAll(architecture.genotype().reduce());
    for (Genotype.Edge edge : edges) {
      int[] pair = GAIN_AND_COST.getOrDefault(edge.operation(), OTHER);
      gain += pair[0];
      cost += pair[1];
    }
    return scored(gain, cost, architecture.channels());
  }

  private static Scored scored(int gain, int cost, int channels) {
    double accuracy = 0.1 + 0.8 * gain * (8 + channels) / (80.0 * 24);
    return new Scored(accuracy, 1 - accuracy, (long) cost * channels, 1, "synthetic");
  }

  /** The best trade-offs of the whole space, by counting how often each operation occurs. */
  static List<Scored> bestTradeOffs() {
    List<Scored> all = new ArrayList<>();
    for (int channels : SPACE.channels()) {
      for (int edges : new int[] {4, 8}) {
        for (int large = 0; large <= edges; large++) {
          for (int small = 0; small + large <= edges; small++) {
            int skip = edges - large - small;
            if (large + small > 0) { // a network without convolution breaks a rule of the space
              all.add(scored(10 * large + 6 * small, 9 * large + 3 * small + skip, channels));
            }
          }
        }
      }
    }
    return all;
  }

  static SearchSettings settings(
      SearchSettings.Strategy strategy, List<Objective> objectives, int evaluations, long seed) {
    return new SearchSettings(
        strategy,
        objectives,
        new SearchSettings.Budget(20, 0, evaluations),
        SearchSettings.Variation.USUAL,
        new SearchSettings.Measurement(1, 0),
        false,
        seed);
  }

  static SearchResult run(SearchSettings settings, SearchSpace space, Evaluator evaluator) {
    try {
      return SearchStrategy.of(settings)
          .run(new SearchProblem(space, List.of(), settings, evaluator), SearchListener.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
