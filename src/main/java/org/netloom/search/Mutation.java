package org.netloom.search;

import static org.netloom.space.Encoding.STEP_GENES;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.space.Encoding;
import org.netloom.space.Genes;

/**
 * Changes one decision of an architecture, drawn uniformly from those that have an effect, to
 * another value. The decisions are:
 *
 * <ul>
 *   <li>which state an edge reads; its operation and the step's other edge stay;
 *   <li>which operation an edge applies;
 *   <li>each macro gene: width, depth, number of steps, stem, head, norm; of the states that a cell
 *       gives out, one more or one less.
 * </ul>
 *
 * <p>A change that gives the same network (a gene without effect, or undone by a repair) is passed
 * over.
 */
final class Mutation {
  private final Encoding encoding;
  private final Genes sizes;

  Mutation(Encoding encoding) {
    this.encoding = encoding;
    this.sizes = encoding.sizes();
  }

  /** Genes of another network one decision away; the same genes if the space has no other. */
  Genes apply(Genes genes, RandomGenerator random) {
    DeepNetsArchitecture before = encoding.decode(genes);
    List<List<Genes>> decisions = new ArrayList<>(connections(genes));
    decisions.addAll(operations(genes));
    decisions.addAll(macros(genes));
    for (List<Genes> values : shuffled(decisions, random)) {
      for (Genes changed : shuffled(values, random)) {
        if (!encoding.decode(changed).equals(before)) {
          return changed;
        }
      }
    }
    return genes;
  }

  private List<List<Genes>> connections(Genes genes) {
    List<List<Genes>> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      List<Integer> values = cell.of(genes);
      for (int step = 0; step < values.size() / STEP_GENES; step++) {
        int at = step * STEP_GENES;
        Pair pair = Pair.ofRank(values.get(at));
        int first = values.get(at + 1);
        int second = values.get(at + 2);
        all.add(rewired(genes, cell, at, step, pair.second(), second, pair.first(), first));
        all.add(rewired(genes, cell, at, step, pair.first(), first, pair.second(), second));
      }
    }
    return all;
  }

  /** All ways to move one edge of a step elsewhere while the other one stays. */
  private static List<Genes> rewired(
      Genes genes,
      Cell cell,
      int at,
      int step,
      int stays,
      int itsOperation,
      int moves,
      int movedOperation) {
    List<Genes> all = new ArrayList<>();
    for (int state = 0; state < step + 2; state++) {
      if (state == stays || state == moves) {
        continue;
      }
      // Genes name the smaller state first, so an edge that passes the other one changes places.
      boolean before = state < stays;
      List<Integer> changed = new ArrayList<>(cell.of(genes));
      changed.set(at, new Pair(Math.min(state, stays), Math.max(state, stays)).rank());
      changed.set(at + 1, before ? movedOperation : itsOperation);
      changed.set(at + 2, before ? itsOperation : movedOperation);
      all.add(cell.replaced(genes, changed));
    }
    return all;
  }

  private List<List<Genes>> operations(Genes genes) {
    List<List<Genes>> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      List<Integer> values = cell.of(genes);
      for (int i = 0; i < values.size(); i++) {
        if (i % STEP_GENES != 0) {
          List<Genes> changes = new ArrayList<>();
          for (List<Integer> changed : otherValues(values, i, cell.of(sizes).get(i))) {
            changes.add(cell.replaced(genes, changed));
          }
          all.add(changes);
        }
      }
    }
    return all;
  }

  private List<List<Genes>> macros(Genes genes) {
    List<List<Genes>> all = new ArrayList<>();
    for (int i = 0; i < genes.macro().size(); i++) {
      boolean states = i == Encoding.Macro.CONCAT.ordinal();
      List<List<Integer>> changed =
          states
              ? flippedBits(genes.macro(), i, sizes.macro().get(i))
              : otherValues(genes.macro(), i, sizes.macro().get(i));
      all.add(changed.stream().map(m -> new Genes(m, genes.normal(), genes.reduce())).toList());
    }
    return all;
  }

  private static List<List<Integer>> otherValues(List<Integer> values, int at, int size) {
    List<List<Integer>> all = new ArrayList<>();
    for (int value = 0; value < size; value++) {
      if (value != values.get(at)) {
        List<Integer> changed = new ArrayList<>(values);
        changed.set(at, value);
        all.add(changed);
      }
    }
    return all;
  }

  private static List<List<Integer>> flippedBits(List<Integer> values, int at, int size) {
    List<List<Integer>> all = new ArrayList<>();
    for (int bit = 1; bit < size; bit <<= 1) {
      List<Integer> changed = new ArrayList<>(values);
      changed.set(at, values.get(at) ^ bit);
      all.add(changed);
    }
    return all;
  }

  private static <T> List<T> shuffled(List<T> all, RandomGenerator random) {
    List<T> order = new ArrayList<>(all);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }
}
