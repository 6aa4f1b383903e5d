package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reorders the nodes within layers so that fewer edges cross: median sweeps (Eades and Wormald
 * 1994) with swaps of neighbours, always in the same way.
 */
final class LayerOrder {
  private static final int SWEEPS = 32;

  private final List<int[]> layers;
  private final List<List<Integer>> above;
  private final List<List<Integer>> below;

  /**
   * Orders these layers in place.
   *
   * @param above for each node its neighbours in the layer above
   * @param below for each node its neighbours in the layer below
   */
  LayerOrder(List<int[]> layers, List<List<Integer>> above, List<List<Integer>> below) {
    this.layers = layers;
    this.above = above;
    this.below = below;
  }

  /** Median sweeps down and up, each with swaps of neighbours; the fewest crossings stay. */
  void improve() {
    List<int[]> best = copy();
    long fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 1; i < layers.size(); i++) {
        int layer = down ? i : layers.size() - 1 - i;
        sortByMedian(layers.get(layer), down ? above : below, turnsTies(sweep, layer));
      }
      layers.forEach(this::swap);
      long now = crossings();
      if (now < fewest) {
        fewest = now;
        best = copy();
      }
    }
    layers.clear();
    layers.addAll(best);
  }

  /** Scatters over sweeps and layers which ties turn, so that sweeps leave local optima. */
  private static boolean turnsTies(int sweep, int layer) {
    return sweep > 1 && (0x9E3779B9 * (64 * sweep + layer)) < 0;
  }

  /** Swaps neighbours of a layer as long as that takes crossings away. */
  private void swap(int[] layer) {
    int[] position = positions();
    boolean swapped = true;
    for (int round = 0; swapped && round < layer.length; round++) {
      swapped = false;
      for (int i = 1; i < layer.length; i++) {
        int left = layer[i - 1];
        int right = layer[i];
        long kept =
            crossings(above.get(left), above.get(right), position)
                + crossings(below.get(left), below.get(right), position);
        long turned =
            crossings(above.get(right), above.get(left), position)
                + crossings(below.get(right), below.get(left), position);
        if (turned < kept) {
          layer[i - 1] = right;
          layer[i] = left;
          swapped = true;
        }
      }
    }
  }

  private static long crossings(List<Integer> left, List<Integer> right, int[] position) {
    return left.stream()
        .mapToLong(a -> right.stream().filter(b -> position[a] > position[b]).count())
        .sum();
  }

  /** Nodes of one median keep their order, or turn it round. */
  private void sortByMedian(int[] layer, List<List<Integer>> neighbours, boolean turnTies) {
    int[] position = positions();
    double[] median = new double[position.length];
    for (int place = 0; place < layer.length; place++) {
      int[] at =
          neighbours.get(layer[place]).stream().mapToInt(n -> position[n]).sorted().toArray();
      int middle = at.length / 2;
      median[layer[place]] =
          at.length == 0
              ? place
              : at.length % 2 == 1 ? at[middle] : (at[middle - 1] + at[middle]) / 2.0;
    }
    List<Integer> sorted = new ArrayList<>(Arrays.stream(layer).boxed().toList());
    sorted = turnTies ? sorted.reversed() : sorted;
    sorted.sort(Comparator.comparingDouble(node -> median[node]));
    for (int i = 0; i < layer.length; i++) {
      layer[i] = sorted.get(i);
    }
  }

  private int[] positions() {
    int[] position = new int[above.size()];
    for (int[] layer : layers) {
      for (int i = 0; i < layer.length; i++) {
        position[layer[i]] = i;
      }
    }
    return position;
  }

  /** Crossings between all neighbouring layers. */
  long crossings() {
    int[] position = positions();
    long count = 0;
    for (int[] layer : layers) {
      List<Integer> ends = new ArrayList<>();
      for (int node : layer) {
        below.get(node).stream().map(n -> position[n]).sorted().forEach(ends::add);
      }
      for (int i = 0; i < ends.size(); i++) {
        for (int j = i + 1; j < ends.size(); j++) {
          count += ends.get(i) > ends.get(j) ? 1 : 0;
        }
      }
    }
    return count;
  }

  private List<int[]> copy() {
    return new ArrayList<>(layers.stream().map(int[]::clone).toList());
  }
}
