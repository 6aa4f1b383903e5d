package org.netloom.deepnets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.Genotype.Edge;
import org.netloom.architecture.InputShape;
import org.netloom.graph.DeepNetsParameters;
import org.netloom.space.DeepNetsRules;

/**
 * Draws the networks of a split as the released generator does (Knyazev et al. 2021, appendix A):
 * the same decisions with the same probabilities in the same order, the same rejections. The random
 * stream of a network comes from (split, seed, index) and holds all its draws until one is
 * accepted, so that any network can be made without its neighbours. Nothing is built: parameters
 * are counted, and the way from image to output is followed on the cells.
 *
 * <p>Instances are immutable and may be used by many threads.
 */
final class DeepNetsGenerator {
  private static final int CHANNELS = 32;
  private static final int CLASSES = 10;
  private static final int HEAD = 256;
  private static final List<CellOperation> ALL = List.of(CellOperation.values());
  private static final List<CellOperation> POOLS = ALL.subList(0, 4);
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final NetworkSplit split;
  private final SplitRules rules;
  private final long seed;

  DeepNetsGenerator(NetworkSplit split, long seed) {
    this.split = split;
    this.rules = SplitRules.of(split);
    this.seed = seed;
  }

  /** The network of an index, which may be any number from 0. */
  DrawnSet.Drawn draw(long index) {
    SplittableRandom random = new SplittableRandom(stream(index));
    List<String> rejected = new ArrayList<>();
    while (true) {
      Attempt attempt = new Attempt(random);
      Optional<String> reason = attempt.genotypeProblem();
      if (reason.isEmpty()) {
        DeepNetsArchitecture base = attempt.network();
        long small = DeepNetsParameters.count(base);
        long large = DeepNetsParameters.count(base.with(CLASSES, EvaluationWidths.LARGE));
        reason = problem(base, Math.max(small, large));
        if (reason.isEmpty()) {
          return new DrawnSet.Drawn(
              new NetworkEntry.Generated(
                  base,
                  EvaluationWidths.small(split, base),
                  EvaluationWidths.large(split, base),
                  small,
                  large),
              rejected);
        }
      }
      rejected.add(reason.get());
    }
  }

  private Optional<String> problem(DeepNetsArchitecture base, long parameters) {
    if (parameters > rules.cap()) {
      return Optional.of("more than %d parameters".formatted(rules.cap()));
    }
    return DeepNetsRules.reachesOutput(base)
        ? Optional.empty()
        : Optional.of(DeepNetsRules.DISCONNECTED);
  }

  /** Wide networks are those of the test split, so they share its streams. */
  private long stream(long index) {
    int kind = (split == NetworkSplit.WIDE ? NetworkSplit.TEST : split).label().hashCode();
    return mix(mix(mix(seed + GOLDEN_GAMMA) + kind + GOLDEN_GAMMA) + index + GOLDEN_GAMMA);
  }

  /** Finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, with Stafford's variant 13). */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** One draw: the cells at once, the rest only if they pass. */
  private final class Attempt {
    private final SplittableRandom random;
    private final int cells;
    private final int deep;
    private final int steps;
    private final Genotype genotype;
    private final int stemKernel;

    Attempt(SplittableRandom random) {
      this.random = random;
      this.cells = between(rules.minCells(), rules.maxCells());
      this.deep = rules.deep().get(random.nextInt(rules.deep().size()));
      this.steps =
          between(rules.minSteps(), cells <= deep ? rules.maxSteps() : rules.mediumSteps());
      boolean onlyPools = random.nextBoolean();
      boolean dropStates = steps > 1 && random.nextBoolean();
      List<Edge> normal = cell(allowed(ALL));
      List<Edge> reduce = cell(allowed(onlyPools ? POOLS : ALL));
      List<Integer> concat = concat(dropStates);
      this.genotype = new Genotype(normal, concat, reduce, concat);
      this.stemKernel = 3 + 2 * random.nextInt(3);
    }

    private int between(int first, int last) {
      return first + random.nextInt(last - first + 1);
    }

    /** The zero operation is for cells of more than one step. */
    private List<CellOperation> allowed(List<CellOperation> operations) {
      return steps > 1 ? operations : operations.subList(1, operations.size());
    }

    /** For each step two distinct states in random order, each with an operation. */
    private List<Edge> cell(List<CellOperation> operations) {
      List<Edge> edges = new ArrayList<>();
      for (int j = 0; j < steps; j++) {
        int first = random.nextInt(j + 2);
        int second = random.nextInt(j + 1);
        second += second >= first ? 1 : 0;
        for (int state : new int[] {first, second}) {
          edges.add(new Edge(operations.get(random.nextInt(operations.size())), state));
        }
      }
      return edges;
    }

    private List<Integer> concat(boolean dropStates) {
      List<Integer> kept = new ArrayList<>();
      for (int state = 2; state <= steps; state++) {
        if (!dropStates || random.nextBoolean()) {
          kept.add(state);
        }
      }
      kept.add(steps + 1);
      return kept;
    }

    Optional<String> genotypeProblem() {
      return DeepNetsRules.violation(genotype);
    }

    DeepNetsArchitecture network() {
      boolean vit = genotype.uses(CellOperation.MSA);
      int multiplier = 1 + random.nextInt(2);
      boolean preprocess = steps > 1 || multiplier > 1 || preprocess(vit);
      boolean average = vit || cells > deep || random.nextDouble() < 0.9;
      Norm norm = norm();
      int stemType = random.nextInt(2);
      boolean stemPool = stemType == 0 && random.nextBoolean();
      int fcLayers = 1 + random.nextInt(2);
      return new DeepNetsArchitecture(
          CHANNELS,
          cells,
          stemKernel,
          norm,
          stemType,
          stemPool,
          preprocess,
          multiplier,
          fcLayers,
          HEAD,
          average,
          genotype,
          CLASSES,
          InputShape.CIFAR);
    }

    private boolean preprocess(boolean vit) {
      if (vit) {
        return random.nextDouble() < 0.2;
      }
      return split != NetworkSplit.SEARCH || random.nextDouble() < 0.8;
    }

    private Norm norm() {
      if (split == NetworkSplit.BNFREE) {
        return Norm.NONE;
      }
      boolean free =
          split != NetworkSplit.SEARCH
              && cells <= rules.minCells() + 1
              && steps <= rules.mediumSteps();
      return free && random.nextBoolean() ? Norm.NONE : Norm.BATCH_NORM;
    }
  }
}
