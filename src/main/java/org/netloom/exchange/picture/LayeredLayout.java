package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places boxes of a directed acyclic graph in layers from top to bottom (Sugiyama, Tagawa and Toda
 * 1981): a box stands below all its sources (longest path), long edges pass through every layer
 * between, median sweeps reduce crossings, and positions are least-squares fits to the neighbours.
 * The same graph gives the same places.
 */
final class LayeredLayout {
  private static final int FITS = 24;
  private static final double LANE = 10;

  private final double gapX;
  private final double gapY;
  private final int boxes;
  private final List<int[]> edges;
  private final int[] layerOf;

  /** Boxes first, then the lanes of long edges; per edge, the points it passes. */
  private final List<Double> widths = new ArrayList<>();

  private final List<List<Integer>> above = new ArrayList<>();
  private final List<List<Integer>> below = new ArrayList<>();
  private final List<List<Integer>> paths = new ArrayList<>();
  private final List<int[]> layers = new ArrayList<>();

  /**
   * Where everything lies.
   *
   * @param x centres of the boxes
   * @param y upper borders of the boxes
   * @param routes for each edge, x and y in turn of the points it passes, from the lower border of
   *     its source to the upper border of its target; between two of them lie a layer or a gap
   */
  record Placed(double width, double height, double[] x, double[] y, List<double[]> routes) {}

  private LayeredLayout(int boxes, List<int[]> edges, double gapX, double gapY) {
    this.boxes = boxes;
    this.edges = edges;
    this.gapX = gapX;
    this.gapY = gapY;
    this.layerOf = new int[boxes];
  }

  /**
   * Lays out boxes that stand in topological order.
   *
   * @param edges pairs (source, target), source before target
   */
  static Placed place(
      double[] width, double[] height, List<int[]> edges, double gapX, double gapY) {
    LayeredLayout layout = new LayeredLayout(width.length, edges, gapX, gapY);
    layout.assignLayers();
    layout.addLanes(width);
    new LayerOrder(layout.layers, layout.above, layout.below).improve();
    return layout.coordinates(height);
  }

  private void assignLayers() {
    boolean[] hasSource = new boolean[boxes];
    for (int target = 0; target < boxes; target++) {
      for (int[] edge : edges) {
        if (edge[1] == target) {
          hasSource[target] = true;
          layerOf[target] = Math.max(layerOf[target], layerOf[edge[0]] + 1);
        }
      }
    }
    // A box without sources stands right above what it feeds.
    for (int box = 0; box < boxes; box++) {
      int nearest = Integer.MAX_VALUE;
      for (int[] edge : edges) {
        if (!hasSource[box] && edge[0] == box) {
          nearest = Math.min(nearest, layerOf[edge[1]]);
        }
      }
      if (nearest != Integer.MAX_VALUE) {
        layerOf[box] = nearest - 1;
      }
    }
  }

  private void addLanes(double[] width) {
    int depth = 1 + Arrays.stream(layerOf).max().orElse(-1);
    List<List<Integer>> members = new ArrayList<>();
    for (int layer = 0; layer < depth; layer++) {
      members.add(new ArrayList<>());
    }
    for (int box = 0; box < boxes; box++) {
      add(width[box]);
      members.get(layerOf[box]).add(box);
    }
    for (int[] edge : edges) {
      List<Integer> path = new ArrayList<>(List.of(edge[0]));
      for (int layer = layerOf[edge[0]] + 1; layer < layerOf[edge[1]]; layer++) {
        int lane = add(LANE);
        members.get(layer).add(lane);
        path.add(lane);
      }
      path.add(edge[1]);
      for (int i = 1; i < path.size(); i++) {
        below.get(path.get(i - 1)).add(path.get(i));
        above.get(path.get(i)).add(path.get(i - 1));
      }
      paths.add(path);
    }
    members.forEach(layer -> layers.add(layer.stream().mapToInt(Integer::intValue).toArray()));
  }

  private int add(double width) {
    widths.add(width);
    above.add(new ArrayList<>());
    below.add(new ArrayList<>());
    return widths.size() - 1;
  }

  private Placed coordinates(double[] height) {
    double[] x = new double[widths.size()];
    for (int[] layer : layers) {
      double at = 0;
      for (int node : layer) {
        x[node] = at + widths.get(node) / 2;
        at += widths.get(node) + gapX;
      }
    }
    for (int fit = 0; fit < FITS; fit++) {
      boolean down = fit % 2 == 0;
      for (int i = 0; i < layers.size(); i++) {
        int[] layer = layers.get(down ? i : layers.size() - 1 - i);
        fit(layer, x, fit >= FITS - 8 ? null : down);
      }
    }
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    for (int node = 0; node < x.length; node++) {
      left = Math.min(left, x[node] - widths.get(node) / 2);
      right = Math.max(right, x[node] + widths.get(node) / 2);
    }
    double[] top = new double[layers.size() + 1];
    double[] bottom = new double[layers.size() + 1];
    double y = 0;
    for (int i = 0; i < layers.size(); i++) {
      double tallest = 0;
      for (int node : layers.get(i)) {
        tallest = Math.max(tallest, node < boxes ? height[node] : 0);
      }
      top[i] = y;
      bottom[i] = y + tallest;
      y = bottom[i] + gapY;
    }
    double[] boxX = new double[boxes];
    double[] boxY = new double[boxes];
    for (int box = 0; box < boxes; box++) {
      boxX[box] = x[box] - left;
      int layer = layerOf[box];
      boxY[box] = (top[layer] + bottom[layer] - height[box]) / 2;
    }
    List<double[]> routes = new ArrayList<>();
    for (List<Integer> path : paths) {
      routes.add(route(path, x, left, boxY, height, top, bottom));
    }
    return new Placed(right - left, y - gapY, boxX, boxY, routes);
  }

  private double[] route(
      List<Integer> path,
      double[] x,
      double left,
      double[] boxY,
      double[] height,
      double[] top,
      double[] bottom) {
    int source = path.getFirst();
    int target = path.getLast();
    int layer = layerOf[source];
    double[] points = new double[4 * path.size()];
    int at = 0;
    points[at++] = x[source] - left;
    points[at++] = boxY[source] + height[source];
    points[at++] = x[source] - left;
    points[at++] = bottom[layer];
    for (int i = 1; i < path.size() - 1; i++) {
      points[at++] = x[path.get(i)] - left;
      points[at++] = top[layer + i];
      points[at++] = x[path.get(i)] - left;
      points[at++] = bottom[layer + i];
    }
    points[at++] = x[target] - left;
    points[at++] = top[layerOf[target]];
    points[at++] = x[target] - left;
    points[at] = boxY[target];
    return points;
  }

  /**
   * Moves a layer's nodes as near as their order and widths allow to the means of their neighbours
   * above, below or on both sides: least squares by pooling of neighbours that violate the order.
   */
  private void fit(int[] layer, double[] x, @Nullable Boolean down) {
    int n = layer.length;
    double[] offset = new double[n];
    double[] mean = new double[n];
    double[] weight = new double[n];
    int[] size = new int[n];
    int pools = 0;
    for (int i = 0; i < n; i++) {
      int node = layer[i];
      if (i > 0) {
        int before = layer[i - 1];
        offset[i] = offset[i - 1] + (widths.get(before) + widths.get(node)) / 2 + gapX;
      }
      List<Integer> near = new ArrayList<>();
      if (down == null || down) {
        near.addAll(above.get(node));
      }
      if (down == null || !down) {
        near.addAll(below.get(node));
      }
      double wanted =
          near.isEmpty()
              ? x[node]
              : near.stream().mapToDouble(other -> x[other]).sum() / near.size();
      // Lanes pull harder: a long edge should be straight.
      double pull = near.isEmpty() ? 0.1 : node < boxes ? near.size() : 4;
      mean[pools] = wanted - offset[i];
      weight[pools] = pull;
      size[pools++] = 1;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        double together = weight[pools - 2] + weight[pools - 1];
        mean[pools - 2] =
            (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1]) / together;
        weight[pools - 2] = together;
        size[pools - 2] += size[pools - 1];
        pools--;
      }
    }
    int i = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (int k = 0; k < size[pool]; k++, i++) {
        x[layer[i]] = mean[pool] + offset[i];
      }
    }
  }
}
