package org.netloom.space;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;

/**
 * Draws architectures uniformly over a space's choices. Genotypes without any trainable operation
 * and with squeeze-excite but no convolution are drawn again (Knyazev et al. 2021, appendix A).
 */
public final class Sampler {
  private final CellSpace space;

  public Sampler(CellSpace space) {
    this.space = space;
  }

  /** The next architecture. */
  public DeepNetsArchitecture sample(RandomGenerator random) {
    while (true) {
      int steps = pick(space.steps(), random);
      List<Integer> concat = new ArrayList<>();
      for (int state = 2; state < steps + 2; state++) {
        concat.add(state);
      }
      Genotype genotype =
          new Genotype(
              cell(steps, space.operations(), random),
              concat,
              cell(steps, space.reduceOperations(), random),
              concat);
      int channels = pick(space.channels(), random);
      int cells = pick(space.cells(), random);
      int kernel = pick(space.stemKernels(), random);
      if (!learns(genotype)) {
        continue;
      }
      boolean preprocess = steps > 1 || space.channelMultiplier() > 1;
      return new DeepNetsArchitecture(
          channels, cells, kernel, DeepNetsArchitecture.Norm.BATCH_NORM, 0, space.stemPool(),
          preprocess, space.channelMultiplier(), 1, 64, true, genotype, space.classes(),
          space.input());
    }
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Edges of a step are kept in ascending order of their input: addition does not see order. */
  private static List<Genotype.Edge> cell(
      int steps, List<CellOperation> operations, RandomGenerator random) {
    List<Genotype.Edge> edges = new ArrayList<>();
    for (int j = 0; j < steps; j++) {
      int first = random.nextInt(j + 2);
      int second = random.nextInt(j + 1);
      second += second >= first ? 1 : 0;
      edges.add(new Genotype.Edge(pick(operations, random), Math.min(first, second)));
      edges.add(new Genotype.Edge(pick(operations, random), Math.max(first, second)));
    }
    return edges;
  }

  private static boolean learns(Genotype genotype) {
    boolean convolves = false;
    boolean attends = genotype.uses(CellOperation.MSA);
    for (CellOperation operation : CellOperation.values()) {
      convolves |= operation.label().contains("conv") && genotype.uses(operation);
    }
    return convolves || (attends && !genotype.uses(CellOperation.CSE));
  }
}
