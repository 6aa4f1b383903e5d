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
 * Two parents exchange parts that mean something: a whole cell, a whole step of a cell, or macro
 * genes. Every gene of a child stands at the same place in one of its parents, and what one child
 * has from one parent the other has from the other. The kind is drawn first; an exchange whose
 * first child is one of the parents again is passed over.
 */
final class Recombination {
  private final Encoding encoding;

  Recombination(Encoding encoding) {
    this.encoding = encoding;
  }

  /** Two children. */
  record Children(Genes first, Genes second) {}

  /** The children of two parents; the parents themselves if no exchange gives anything new. */
  Children apply(Genes a, Genes b, RandomGenerator random) {
    DeepNetsArchitecture left = encoding.decode(a);
    DeepNetsArchitecture right = encoding.decode(b);
    List<List<Children>> kinds =
        new ArrayList<>(List.of(cells(a, b), steps(a, b), macros(a, b, random)));
    shuffle(kinds, random);
    for (List<Children> kind : kinds) {
      shuffle(kind, random);
      for (Children children : kind) {
        DeepNetsArchitecture child = encoding.decode(children.first());
        if (!child.equals(left) && !child.equals(right)) {
          return children;
        }
      }
    }
    return new Children(a, b);
  }

  private static List<Children> cells(Genes a, Genes b) {
    List<Children> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      all.add(new Children(cell.replaced(a, cell.of(b)), cell.replaced(b, cell.of(a))));
    }
    return all;
  }

  private static List<Children> steps(Genes a, Genes b) {
    List<Children> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (int at = 0; at < cell.of(a).size(); at += STEP_GENES) {
        List<Integer> first = new ArrayList<>(cell.of(a));
        List<Integer> second = new ArrayList<>(cell.of(b));
        for (int i = at; i < at + STEP_GENES; i++) {
          first.set(i, cell.of(b).get(i));
          second.set(i, cell.of(a).get(i));
        }
        all.add(new Children(cell.replaced(a, first), cell.replaced(b, second)));
      }
    }
    return all;
  }

  /** Each gene alone, and as many random halves. */
  private static List<Children> macros(Genes a, Genes b, RandomGenerator random) {
    int genes = a.macro().size();
    List<Children> all = new ArrayList<>();
    for (int i = 0; i < genes; i++) {
      boolean[] alone = new boolean[genes];
      alone[i] = true;
      all.add(exchanged(a, b, alone));
      boolean[] half = new boolean[genes];
      for (int j = 0; j < genes; j++) {
        half[j] = random.nextBoolean();
      }
      all.add(exchanged(a, b, half));
    }
    return all;
  }

  private static Children exchanged(Genes a, Genes b, boolean[] mask) {
    List<Integer> first = new ArrayList<>(a.macro());
    List<Integer> second = new ArrayList<>(b.macro());
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        first.set(i, b.macro().get(i));
        second.set(i, a.macro().get(i));
      }
    }
    return new Children(
        new Genes(first, a.normal(), a.reduce()), new Genes(second, b.normal(), b.reduce()));
  }

  private static void shuffle(List<?> all, RandomGenerator random) {
    for (int i = all.size() - 1; i > 0; i--) {
      Collections.swap(all, i, random.nextInt(i + 1));
    }
  }
}
