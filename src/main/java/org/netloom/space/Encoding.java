package org.netloom.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.Genotype.Edge;

/**
 * Points of a search space as integer genes, each with its own number of values. Decoding is total:
 * all genes within their numbers give a valid architecture, broken rules are repaired always in the
 * same way. It is also canonical: genes that mean the same network give equal architectures, and
 * {@code decode(encode(a))} is a.
 *
 * <p>Macro genes stand in the order of {@link Macro}. A step's genes are the rank of its pair of
 * distinct input states (a, b), a before b, in the order (0,1), (0,2), (1,2), (0,3), …; then the
 * operation on a and the operation on b. Genes of steps beyond the chosen number have no effect.
 */
public final class Encoding {
  /** Genes per step of a cell. */
  public static final int STEP_GENES = 3;

  /** What the macro genes choose, in their order. */
  public enum Macro {
    CHANNELS,
    CELLS,
    STEPS,
    STEM_TYPE,
    STEM_KERNEL,
    STEM_POOL,
    MULTIPLIER,
    PREPROCESS,
    NORM,
    HEAD_LAYERS,
    HEAD_WIDTH,
    GLOBAL_AVERAGE,
    CONCAT
  }

  private final SearchSpace space;
  private final List<Integer> macroSizes;
  private final List<Integer> normalSizes;
  private final List<Integer> reduceSizes;

  private Encoding(SearchSpace space) {
    this.space = space;
    SearchSpace.Stem stem = space.stem();
    SearchSpace.Head head = space.head();
    boolean any = space.concat() == SearchSpace.Concat.ANY;
    this.macroSizes =
        List.of(
            space.channels().size(),
            space.cells().size(),
            space.steps().size(),
            stem.types().size(),
            stem.kernels().size(),
            stem.pools().size(),
            space.channelMultipliers().size(),
            space.preprocess().size(),
            space.norms().size(),
            head.layers().size(),
            head.widths().size(),
            head.globalAverage().size(),
            any ? 1 << (space.maxSteps() - 1) : 1);
    this.normalSizes = cellSizes(space.operations().size());
    this.reduceSizes = cellSizes(space.reduceOperations().size());
  }

  /** The encoding of a space. */
  public static Encoding of(SearchSpace space) {
    return new Encoding(space);
  }

  private List<Integer> cellSizes(int operations) {
    List<Integer> sizes = new ArrayList<>();
    for (int j = 0; j < space.maxSteps(); j++) {
      Collections.addAll(sizes, SearchSpace.pairs(j), operations, operations);
    }
    return List.copyOf(sizes);
  }

  /** The space. */
  public SearchSpace space() {
    return space;
  }

  /** For each gene how many values it has: 0 to size - 1. */
  public Genes sizes() {
    return new Genes(macroSizes, normalSizes, reduceSizes);
  }

  /** Genes drawn uniformly, each on its own. */
  public Genes random(RandomGenerator random) {
    return new Genes(
        draw(macroSizes, random), draw(normalSizes, random), draw(reduceSizes, random));
  }

  private static List<Integer> draw(List<Integer> sizes, RandomGenerator random) {
    return sizes.stream().map(random::nextInt).toList();
  }

  /** The valid architecture that the genes stand for; broken rules are repaired. */
  public DeepNetsArchitecture decode(Genes genes) {
    int steps = pick(space.steps(), genes, Macro.STEPS);
    List<CellOperation> normal = operations(genes.normal(), steps, space.operations());
    List<CellOperation> reduce = operations(genes.reduce(), steps, space.reduceOperations());
    DeepNetsArchitecture asWritten = assemble(genes, steps, normal, reduce);
    if (DeepNetsRules.violation(asWritten).isEmpty()) {
      return asWritten;
    }
    if (!DeepNetsRules.reachesOutput(asWritten)) {
      DeepNetsRules.fillZeros(normal, space.operations());
      DeepNetsRules.fillZeros(reduce, space.reduceOperations());
    }
    DeepNetsRules.repair(normal, reduce, space);
    return assemble(genes, steps, normal, reduce);
  }

  /** The architecture exactly as the genes say, broken rules included. */
  DeepNetsArchitecture decodeWithoutRepair(Genes genes) {
    int steps = pick(space.steps(), genes, Macro.STEPS);
    return assemble(
        genes,
        steps,
        operations(genes.normal(), steps, space.operations()),
        operations(genes.reduce(), steps, space.reduceOperations()));
  }

  private DeepNetsArchitecture assemble(
      Genes genes, int steps, List<CellOperation> normal, List<CellOperation> reduce) {
    List<Integer> concat = concat(steps, genes.macro().get(Macro.CONCAT.ordinal()));
    Genotype genotype =
        new Genotype(edges(genes.normal(), normal), concat, edges(genes.reduce(), reduce), concat);
    boolean vit = genotype.uses(CellOperation.MSA);
    SearchSpace.Stem stem = space.stem();
    SearchSpace.Head head = space.head();
    int multiplier = pick(space.channelMultipliers(), genes, Macro.MULTIPLIER);
    int stemType = vit ? stem.types().getFirst() : pick(stem.types(), genes, Macro.STEM_TYPE);
    int layers = pick(head.layers(), genes, Macro.HEAD_LAYERS);
    return new DeepNetsArchitecture(
        pick(space.channels(), genes, Macro.CHANNELS),
        pick(space.cells(), genes, Macro.CELLS),
        vit ? stem.kernels().getFirst() : pick(stem.kernels(), genes, Macro.STEM_KERNEL),
        pick(space.norms(), genes, Macro.NORM),
        stemType,
        !vit && stemType == 0 && pick(stem.pools(), genes, Macro.STEM_POOL),
        SearchSpace.preprocessIsForced(steps, multiplier)
            || pick(space.preprocess(), genes, Macro.PREPROCESS),
        multiplier,
        layers,
        layers == 1 ? head.widths().getFirst() : pick(head.widths(), genes, Macro.HEAD_WIDTH),
        vit || pick(head.globalAverage(), genes, Macro.GLOBAL_AVERAGE),
        genotype,
        space.classes(),
        space.input());
  }

  private static <E> E pick(List<E> values, Genes genes, Macro gene) {
    return values.get(genes.macro().get(gene.ordinal()));
  }

  private static List<CellOperation> operations(
      List<Integer> genes, int steps, List<CellOperation> choices) {
    List<CellOperation> operations = new ArrayList<>();
    for (int j = 0; j < steps; j++) {
      operations.add(choices.get(genes.get(STEP_GENES * j + 1)));
      operations.add(choices.get(genes.get(STEP_GENES * j + 2)));
    }
    return operations;
  }

  private static List<Edge> edges(List<Integer> genes, List<CellOperation> operations) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < operations.size(); i += 2) {
      int rank = genes.get(STEP_GENES * (i / 2));
      int second = 1;
      while (rank >= second) {
        rank -= second++;
      }
      edges.add(new Edge(operations.get(i), rank));
      edges.add(new Edge(operations.get(i + 1), second));
    }
    return edges;
  }

  private List<Integer> concat(int steps, int mask) {
    List<Integer> kept = new ArrayList<>();
    for (int j = 0; j < steps; j++) {
      boolean last = j == steps - 1;
      if (last || space.concat() == SearchSpace.Concat.ALL || (mask >> j & 1) == 1) {
        kept.add(2 + j);
      }
    }
    return kept;
  }

  /**
   * The genes of an architecture of this space; genes without effect are 0.
   *
   * @throws IllegalArgumentException if the architecture is no point of the space
   */
  public Genes encode(DeepNetsArchitecture a) {
    int steps = a.genotype().normal().size() / 2;
    int mask = 0;
    if (space.concat() == SearchSpace.Concat.ANY) {
      for (int state : a.genotype().normalConcat()) {
        mask |= state < steps + 1 ? 1 << (state - 2) : 0;
      }
    }
    SearchSpace.Stem stem = space.stem();
    SearchSpace.Head head = space.head();
    List<Integer> macro =
        List.of(
            index(space.channels(), a.channels()),
            index(space.cells(), a.cells()),
            index(space.steps(), steps),
            index(stem.types(), a.stemType()),
            index(stem.kernels(), a.stemKernel()),
            index(stem.pools(), a.stemPool()),
            index(space.channelMultipliers(), a.channelMultiplier()),
            index(space.preprocess(), a.preprocess()),
            index(space.norms(), a.norm()),
            index(head.layers(), a.fcLayers()),
            index(head.widths(), a.fcDim()),
            index(head.globalAverage(), a.globalAverage()),
            mask);
    Genes genes =
        new Genes(
            macro,
            cellGenes(a.genotype().normal(), space.operations()),
            cellGenes(a.genotype().reduce(), space.reduceOperations()));
    if (!decode(genes).equals(a)) {
      throw new IllegalArgumentException(
          "The architecture (%s) is no point of this search space.".formatted(a.canonical()));
    }
    return genes;
  }

  private List<Integer> cellGenes(List<Edge> edges, List<CellOperation> choices) {
    List<Integer> genes = new ArrayList<>();
    for (int i = 0; i < edges.size(); i += 2) {
      Edge one = edges.get(i);
      Edge two = edges.get(i + 1);
      genes.add(two.input() * (two.input() - 1) / 2 + one.input());
      genes.add(index(choices, one.operation()));
      genes.add(index(choices, two.operation()));
    }
    while (genes.size() < STEP_GENES * space.maxSteps()) {
      genes.add(0);
    }
    return genes;
  }

  /** A value that is absent has no effect or is caught by decoding again. */
  private static <E> int index(List<E> values, E value) {
    return Math.max(0, values.indexOf(value));
  }
}
