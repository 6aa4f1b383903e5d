package org.netloom.tensor.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Tile;

/**
 * Parameter tensors from decoded blocks and back. A thread has all repetitions of its filters, so
 * that no two write, or add to, one place.
 */
final class Tilings {
  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  Tilings(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel forward(Layout.Tiles op, Plan.Step s) {
    int pitch = s.inShape(0).side(-1);
    return each(
        op.tiles(),
        t -> {
          Tile tile = op.tiles().get(t);
          return (a, shared, first, last) ->
              tile.write(first, last, a, s.in()[0], pitch, a, s.out()[t]);
        });
  }

  Kernel gradient(Layout.TilesGradient op, Plan.Step s) {
    int gx = s.out()[0];
    int pitch = op.input().side(-1);
    Kernel parts =
        each(
            op.tiles(),
            t -> {
              Tile tile = op.tiles().get(t);
              return (a, shared, first, last) -> {
                for (int f = first; f < last; f++) {
                  add(tile, f, a, s.in()[t], gx + tile.row() * pitch + f * tile.ins(), pitch);
                }
              };
            });
    return a -> {
      Arrays.fill(a, gx, gx + op.input().size(), 0f);
      parts.run(a);
    };
  }

  /** One tensor after the other, its filters shared by the threads. */
  private Kernel each(List<Tile> tiles, IntFunction<Parallel.Range> work) {
    Kernel[] parts = new Kernel[tiles.size()];
    for (int t = 0; t < parts.length; t++) {
      parts[t] = parallel.kernel(filters(tiles.get(t)), cost(tiles.get(t)), work.apply(t));
    }
    return a -> {
      for (Kernel part : parts) {
        part.run(a);
      }
    };
  }

  /** Cuts one tensor from the block x, whose rows start {@code pitch} values apart. */
  void write(Tile tile, float[] x, int from, int pitch, float[] y, int to) {
    parallel.forRange(
        filters(tile),
        cost(tile),
        x,
        y,
        (source, target, first, last) -> tile.write(first, last, source, from, pitch, target, to));
  }

  private static int filters(Tile tile) {
    return Math.min(tile.outs(), tile.o());
  }

  private static long cost(Tile tile) {
    return tile.shape().size() / 2;
  }

  /** Adds the sum over all that repeats filter f to its place in the block. */
  private void add(Tile t, int f, float[] a, int gy, int gx, int pitch) {
    int filter = t.filter();
    int period = t.ins() * t.positions();
    float[] sum = scratch.get(0, period);
    Arrays.fill(sum, 0, period, 0f);
    for (int o = f; o < t.o(); o += t.outs()) {
      int end = gy + (o + 1) * filter;
      for (int at = end - filter; at < end; at += period) {
        int length = Math.min(period, end - at);
        for (int j = 0; j < length; j++) {
          sum[j] += a[at + j];
        }
      }
    }
    for (int p = 0; p < t.positions(); p++) {
      int row = gx + p * pitch;
      for (int c = 0, j = p; c < t.ins(); c++, j += t.positions()) {
        a[row + c] += t.factor() * sum[j];
      }
    }
  }
}
