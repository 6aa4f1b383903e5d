package org.netloom.space;

import java.math.BigInteger;
import java.util.List;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.InputShape;

/**
 * Networks of the DeepNets-1M family over given choices: every cell step adds two operations on two
 * distinct earlier states; all steps are concatenated.
 *
 * @param channels widths of the first cells
 * @param cells numbers of cells
 * @param steps numbers of steps in a cell
 * @param operations operations of normal cells
 * @param reduceOperations operations of reduction cells
 * @param stemKernels kernel sides of the stem's first convolution
 * @param stemPool whether a max-pool follows the stem
 * @param channelMultiplier growth of the width at a reduction cell
 */
public record CellSpace(
    List<Integer> channels,
    List<Integer> cells,
    List<Integer> steps,
    List<CellOperation> operations,
    List<CellOperation> reduceOperations,
    List<Integer> stemKernels,
    boolean stemPool,
    int channelMultiplier,
    int classes,
    InputShape input) {

  public CellSpace {
    channels = required("channels", channels);
    cells = required("cells", cells);
    steps = required("steps", steps);
    operations = required("operations", operations);
    reduceOperations = required("reduce_operations", reduceOperations);
    stemKernels = required("stem kernels", stemKernels);
  }

  private static <T> List<T> required(String what, List<T> choices) {
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("The space needs at least one of its %s.".formatted(what));
    }
    return List.copyOf(choices);
  }

  /** The space of the quick start: small networks on 32×32 images that train in seconds. */
  public static CellSpace quickstart(int classes) {
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
    return new CellSpace(
        List.of(8, 12, 16),
        List.of(3, 4, 5),
        List.of(1, 2),
        operations,
        operations,
        List.of(3),
        true,
        2,
        classes,
        InputShape.CIFAR);
  }

  /**
   * Number of genotypes: for every number of steps, the ways to choose an unordered pair of
   * distinct states and an operation for each of them at every step of both cells, times the other
   * choices. Different genotypes may describe the same function.
   */
  public BigInteger size() {
    BigInteger total = BigInteger.ZERO;
    for (int s : steps) {
      total = total.add(cellCount(s, operations.size()).multiply(cellCount(s, reduceOperations.size())));
    }
    return total
        .multiply(BigInteger.valueOf(channels.size()))
        .multiply(BigInteger.valueOf(cells.size()))
        .multiply(BigInteger.valueOf(stemKernels.size()));
  }

  private static BigInteger cellCount(int steps, int operations) {
    BigInteger count = BigInteger.ONE;
    for (int j = 0; j < steps; j++) {
      long pairs = (long) (j + 2) * (j + 1) / 2;
      count = count.multiply(BigInteger.valueOf(pairs * operations * operations));
    }
    return count;
  }
}
