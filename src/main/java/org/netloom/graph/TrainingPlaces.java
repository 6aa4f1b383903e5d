package org.netloom.graph;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where training may act on a network made of cells beyond what its operators say.
 *
 * @param paths nodes whose output is a path that may be dropped: the last of each operation of a
 *     cell, save identities
 * @param auxiliary where an auxiliary head may read; empty for networks without cells and where
 *     maps are too small for it
 */
public record TrainingPlaces(Set<Integer> paths, Optional<Auxiliary> auxiliary) {
  /** No place at all. */
  static final TrainingPlaces NONE = new TrainingPlaces(Set.of(), Optional.empty());

  public TrainingPlaces {
    paths = Set.copyOf(new TreeSet<>(paths));
  }

  /**
   * Where an auxiliary head reads and how it begins.
   *
   * @param node the output of a cell
   * @param poolKernel side of its average pooling
   * @param poolStride stride of its average pooling
   * @param resized whether maps are first averaged to 8×8
   * @param firstNorm whether a batch norm follows its 1×1 convolution
   * @param secondNorm whether a batch norm follows its 2×2 convolution
   */
  public record Auxiliary(
      int node,
      int poolKernel,
      int poolStride,
      boolean resized,
      boolean firstNorm,
      boolean secondNorm) {
    /** Whether the map leaves the 2×2 convolution something to read. */
    boolean fits(Node cell) {
      int side = Math.min(cell.shape().height(), cell.shape().width());
      return resized || side >= poolKernel + poolStride;
    }

    Auxiliary at(int node) {
      return new Auxiliary(node, poolKernel, poolStride, resized, firstNorm, secondNorm);
    }
  }
}
