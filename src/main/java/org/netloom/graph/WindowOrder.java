package org.netloom.graph;

/**
 * Where the positions of a map lie in the windows of a {@link Operator.WindowAttention}, and which
 * row of the bias table belongs to a pair of them. Windows are in row-major order, and so are the t
 * positions of each.
 *
 * @param windows number of windows
 * @param positions the map's position that comes k-th: window k/t, position k mod t in it
 * @param patterns number of different window patterns: one without a shift, else one per window
 * @param pairs row of the bias table for (pattern, query, key); the row after the last one where
 *     the shift brought the two together from opposite ends of the map
 */
public record WindowOrder(int windows, int[] positions, int patterns, int[] pairs) {

  /** The order on a map whose sides are multiples of the window's. */
  public static WindowOrder of(Operator.WindowAttention op, int height, int width) {
    int side = op.window();
    int t = side * side;
    int across = width / side;
    int windows = height / side * across;
    int[] positions = new int[windows * t];
    int[] regions = new int[windows * t];
    for (int k = 0; k < positions.length; k++) {
      int row = k / t / across * side + k % t / side;
      int column = k / t % across * side + k % side;
      positions[k] = (row + op.shiftH()) % height * width + (column + op.shiftW()) % width;
      regions[k] = (row >= height - op.shiftH() ? 2 : 0) + (column >= width - op.shiftW() ? 1 : 0);
    }
    int patterns = op.shiftH() + op.shiftW() == 0 ? 1 : windows;
    int[] pairs = new int[patterns * t * t];
    for (int i = 0; i < pairs.length; i++) {
      int base = i / (t * t) * t;
      int query = i / t % t;
      int key = i % t;
      int rows = query / side - key / side + side - 1;
      int columns = query % side - key % side + side - 1;
      pairs[i] =
          regions[base + query] == regions[base + key]
              ? rows * (2 * side - 1) + columns
              : op.tableRows();
    }
    return new WindowOrder(windows, positions, patterns, pairs);
  }

  /** For each position of the map, where it comes in the windows. */
  public int[] places() {
    int[] places = new int[positions.length];
    for (int k = 0; k < positions.length; k++) {
      places[positions[k]] = k;
    }
    return places;
  }
}
