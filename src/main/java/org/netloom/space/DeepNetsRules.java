package org.netloom.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;

/**
 * What the DeepNets-1M generator excludes (Knyazev et al. 2021, released generator): squeeze-excite
 * without any convolution; more than one squeeze-excite, or more than one of the two large
 * convolutions, in a cell; nothing learnable at all; no way from the image to the output.
 */
public final class DeepNetsRules {
  /** The violation of a network whose output is absent. */
  public static final String DISCONNECTED = "no way from the image to the output";

  private static final Set<CellOperation> LARGE =
      Set.of(CellOperation.CONV_5X5, CellOperation.CONV_7X7);

  private DeepNetsRules() {}

  /** Which rule the architecture breaks, if any. */
  public static Optional<String> violation(DeepNetsArchitecture architecture) {
    return reachesOutput(architecture)
        ? violation(architecture.genotype())
        : Optional.of(DISCONNECTED);
  }

  /** Which rule about operations the cells break, if any. */
  public static Optional<String> violation(Genotype genotype) {
    List<CellOperation> normal = operations(genotype.normal());
    List<CellOperation> reduce = operations(genotype.reduce());
    List<CellOperation> all = new ArrayList<>(normal);
    all.addAll(reduce);
    boolean convolution = all.stream().anyMatch(DeepNetsRules::isConvolution);
    if (all.contains(CellOperation.CSE) && !convolution) {
      return Optional.of("squeeze-excite without any convolution");
    }
    for (List<CellOperation> cell : List.of(normal, reduce)) {
      if (cell.stream().filter(op -> op == CellOperation.CSE).count() > 1) {
        return Optional.of("more than one squeeze-excite in a cell");
      }
      if (cell.stream().filter(LARGE::contains).count() > 1) {
        return Optional.of("more than one conv_5x5 or conv_7x7 in a cell");
      }
    }
    return convolution || all.contains(CellOperation.MSA)
        ? Optional.empty()
        : Optional.of("nothing learnable");
  }

  /** Why no architecture of these operations can be valid, if so. */
  static Optional<String> checkOperations(List<CellOperation> normal, List<CellOperation> reduce) {
    for (List<CellOperation> cell : List.of(normal, reduce)) {
      if (cell.stream().noneMatch(DeepNetsRules::isRepeatable)) {
        return Optional.of(
            "a cell needs an operation that may be used twice, besides none, cse, conv_5x5 and"
                + " conv_7x7.");
      }
    }
    List<CellOperation> all = new ArrayList<>(normal);
    all.addAll(reduce);
    boolean convolution = all.stream().anyMatch(DeepNetsRules::isConvolution);
    if (!convolution && all.contains(CellOperation.CSE)) {
      return Optional.of("cse needs a convolution among the operations.");
    }
    return convolution || all.contains(CellOperation.MSA)
        ? Optional.empty()
        : Optional.of("nothing learnable: a convolution or msa is needed among the operations.");
  }

  /**
   * Changes as few operations as needed, always in the same way, so that the rules hold.
   *
   * @param normal operations of the normal cell, changed in place
   * @param reduce operations of the reduction cell, changed in place
   */
  static void repair(List<CellOperation> normal, List<CellOperation> reduce, SearchSpace space) {
    repairCounts(normal, space.operations());
    repairCounts(reduce, space.reduceOperations());
    List<CellOperation> all = new ArrayList<>(normal);
    all.addAll(reduce);
    boolean convolution = all.stream().anyMatch(DeepNetsRules::isConvolution);
    if (convolution || (all.contains(CellOperation.MSA) && !all.contains(CellOperation.CSE))) {
      return;
    }
    for (Predicate<CellOperation> wanted :
        List.<Predicate<CellOperation>>of(
            DeepNetsRules::isConvolution, op -> op == CellOperation.MSA)) {
      if (place(normal, space.operations(), wanted)
          || place(reduce, space.reduceOperations(), wanted)) {
        return;
      }
    }
  }

  /** Replaces every zero operation of a network whose output would be absent. */
  static void fillZeros(List<CellOperation> cell, List<CellOperation> choices) {
    cell.replaceAll(op -> op == CellOperation.NONE ? repeatable(choices) : op);
  }

  private static void repairCounts(List<CellOperation> cell, List<CellOperation> choices) {
    boolean cse = false;
    boolean large = false;
    for (int i = 0; i < cell.size(); i++) {
      CellOperation op = cell.get(i);
      if ((op == CellOperation.CSE && cse) || (LARGE.contains(op) && large)) {
        cell.set(i, repeatable(choices));
      }
      cse |= op == CellOperation.CSE;
      large |= LARGE.contains(op);
    }
  }

  private static boolean place(
      List<CellOperation> cell, List<CellOperation> choices, Predicate<CellOperation> wanted) {
    Optional<CellOperation> found = choices.stream().filter(wanted).findFirst();
    // A cell has at least two edges and, by now, at most one squeeze-excite.
    found.ifPresent(op -> cell.set(cell.getFirst() == CellOperation.CSE ? 1 : 0, op));
    return found.isPresent();
  }

  private static CellOperation repeatable(List<CellOperation> choices) {
    return choices.stream().filter(DeepNetsRules::isRepeatable).findFirst().orElseThrow();
  }

  private static boolean isRepeatable(CellOperation op) {
    return op != CellOperation.NONE && op != CellOperation.CSE && !LARGE.contains(op);
  }

  private static boolean isConvolution(CellOperation op) {
    return op.label().contains("conv");
  }

  private static List<CellOperation> operations(List<Genotype.Edge> edges) {
    return edges.stream().map(Genotype.Edge::operation).toList();
  }

  /** Follows the signal through all cells; a zero operation or an absent input gives nothing. */
  public static boolean reachesOutput(DeepNetsArchitecture a) {
    boolean before = true;
    boolean previous = true;
    for (int i = 0; i < a.cells(); i++) {
      boolean reduction = i > 0 && (i == a.cells() / 3 || i == 2 * a.cells() / 3);
      Genotype g = a.genotype();
      boolean out =
          reduction
              ? present(g.reduce(), g.reduceConcat(), before, previous)
              : present(g.normal(), g.normalConcat(), before, previous);
      before = previous;
      previous = out;
    }
    return previous;
  }

  private static boolean present(
      List<Genotype.Edge> edges, List<Integer> concat, boolean first, boolean second) {
    boolean[] states = new boolean[2 + edges.size() / 2];
    states[0] = first;
    states[1] = second;
    for (int i = 0; i < edges.size(); i++) {
      Genotype.Edge edge = edges.get(i);
      states[2 + i / 2] |= edge.operation() != CellOperation.NONE && states[edge.input()];
    }
    return concat.stream().anyMatch(state -> states[state]);
  }
}
