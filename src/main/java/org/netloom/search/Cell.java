package org.netloom.search;

import java.util.List;
import org.netloom.space.Genes;

/** The two cells of a network. */
enum Cell {
  NORMAL,
  REDUCE;

  /** The cell's genes. */
  List<Integer> of(Genes genes) {
    return this == NORMAL ? genes.normal() : genes.reduce();
  }

  /** The genes with this cell replaced. */
  Genes replaced(Genes genes, List<Integer> cell) {
    return this == NORMAL
        ? new Genes(genes.macro(), cell, genes.reduce())
        : new Genes(genes.macro(), genes.normal(), cell);
  }
}
