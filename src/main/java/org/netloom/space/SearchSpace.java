package org.netloom.space;

import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;

/**
 * A space of networks of the DeepNets-1M family (Knyazev et al. 2021): every list names the values
 * that an architecture may take. Cells choose two distinct inputs and two operations in each step.
 *
 * @param channels widths of the first cells
 * @param cells numbers of cells
 * @param steps numbers of steps in a cell, 1 to 8
 * @param operations of normal cells
 * @param reduceOperations of reduction cells
 * @param preprocess whether cells project their inputs; only free where one step and multiplier 1
 *     allow it, else always true
 * @param concat which states a cell gives out
 * @param classes of the last layer
 */
public record SearchSpace(
    List<Integer> channels,
    List<Integer> cells,
    List<Integer> steps,
    List<CellOperation> operations,
    List<CellOperation> reduceOperations,
    Stem stem,
    List<Integer> channelMultipliers,
    List<DeepNetsArchitecture.Norm> norms,
    List<Boolean> preprocess,
    Concat concat,
    Head head,
    int classes,
    InputShape input) {

  /** Which states a cell concatenates: all of them, or any set that has the last one. */
  public enum Concat {
    ALL,
    ANY
  }

  /** Choices of the stem: kind 0 or 1, kernel side, whether kind 0 pools. */
  public record Stem(List<Integer> types, List<Integer> kernels, List<Boolean> pools) {
    public Stem {
      types = List.copyOf(types);
      kernels = List.copyOf(kernels);
      pools = List.copyOf(pools);
    }
  }

  /** Choices of the head: linear layers 1 or 2, their hidden width, global average or flatten. */
  public record Head(List<Integer> layers, List<Integer> widths, List<Boolean> globalAverage) {
    public Head {
      layers = List.copyOf(layers);
      widths = List.copyOf(widths);
      globalAverage = List.copyOf(globalAverage);
    }
  }

  public SearchSpace {
    channels = List.copyOf(channels);
    cells = List.copyOf(cells);
    steps = List.copyOf(steps);
    operations = List.copyOf(operations);
    reduceOperations = List.copyOf(reduceOperations);
    channelMultipliers = List.copyOf(channelMultipliers);
    norms = List.copyOf(norms);
    preprocess = List.copyOf(preprocess);
    DeepNetsRules.checkOperations(operations, reduceOperations)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /** The space of the quick start: small networks on 32×32 images that train in seconds. */
  public static SearchSpace quickstart(int classes) {
    List<CellOperation> operations =
        List.of(
            CellOperation.SKIP_CONNECT,
            CellOperation.MAX_POOL_3X3,
            CellOperation.AVG_POOL_3X3,
            CellOperation.CONV_1X1,
            CellOperation.CONV_3X3,
            CellOperation.SEP_CONV_3X3,
            CellOperation.SEP_CONV_5X5,
            CellOperation.DIL_CONV_3X3,
            CellOperation.CSE);
    return new SearchSpace(
        List.of(8, 12, 16),
        List.of(3, 4, 5),
        List.of(1, 2),
        operations,
        operations,
        new Stem(List.of(0), List.of(3), List.of(true)),
        List.of(2),
        List.of(DeepNetsArchitecture.Norm.BATCH_NORM),
        List.of(true),
        Concat.ALL,
        new Head(List.of(1), List.of(64), List.of(true)),
        classes,
        InputShape.CIFAR);
  }

  /** This space for other images. */
  public SearchSpace with(int classes, InputShape input) {
    return new SearchSpace(
        channels,
        cells,
        steps,
        operations,
        reduceOperations,
        stem,
        channelMultipliers,
        norms,
        preprocess,
        concat,
        head,
        classes,
        input);
  }

  /** The largest number of steps. */
  public int maxSteps() {
    return steps.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /**
   * The exact number of distinct architectures that the encoding can express. Two choices that give
   * the same network count once: the order of the two edges of a step, values that have no effect
   * (pooling of stem kind 1, the hidden width of a one-layer head, stem and flattening of a network
   * with self-attention, forced preprocessing). Architectures that the rules of {@link
   * DeepNetsRules} exclude are still counted.
   */
  public BigInteger size() {
    UnaryOperator<List<CellOperation>> withoutMsa =
        ops -> ops.stream().filter(op -> op != CellOperation.MSA).toList();
    BigInteger total = BigInteger.ZERO;
    for (int s : steps) {
      BigInteger all = cellCount(s, operations).multiply(cellCount(s, reduceOperations));
      BigInteger plain =
          cellCount(s, withoutMsa.apply(operations))
              .multiply(cellCount(s, withoutMsa.apply(reduceOperations)));
      BigInteger macro =
          number(channels.size() * cells.size() * norms.size())
              .multiply(number(widenings(s)))
              .multiply(BigInteger.TWO.pow(concat == Concat.ANY ? s - 1 : 0));
      long heads = head.layers().stream().mapToLong(l -> l == 1 ? 1 : head.widths().size()).sum();
      BigInteger free = number(stemCount() * head.globalAverage().size() * heads);
      total =
          total
              .add(macro.multiply(plain).multiply(free))
              .add(macro.multiply(all.subtract(plain)).multiply(number(heads)));
    }
    return total;
  }

  private long stemCount() {
    return stem.types().stream()
        .mapToLong(type -> (long) stem.kernels().size() * (type == 0 ? stem.pools().size() : 1))
        .sum();
  }

  /** Pairs of channel multiplier and preprocessing that differ. */
  private long widenings(int steps) {
    return channelMultipliers.stream()
        .mapToLong(m -> preprocessIsForced(steps, m) ? 1 : preprocess.size())
        .sum();
  }

  /** Whether cells must project their inputs (rule of the DeepNets-1M generator). */
  static boolean preprocessIsForced(int steps, int multiplier) {
    return steps > 1 || multiplier > 1;
  }

  private static BigInteger cellCount(int steps, List<CellOperation> operations) {
    BigInteger count = BigInteger.ONE;
    for (int j = 0; j < steps; j++) {
      count = count.multiply(number((long) pairs(j) * operations.size() * operations.size()));
    }
    return count;
  }

  /** Pairs of distinct states that step j can read: C(j+2, 2). */
  static int pairs(int step) {
    return (step + 2) * (step + 1) / 2;
  }

  private static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}
