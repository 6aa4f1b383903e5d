package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * ∂w[o, q, u, v] = Σ over positions of ∂y[.., o] · x[.. + (u, v), q] as outer products on register
 * tiles. The side of the tile that is broadcast is the one that wastes less: output channels or the
 * run of taps and channels of x.
 *
 * <p>The images are summed in a few parts, whose number depends on the geometry alone, and the
 * parts in order: threads that share images would each read all maps.
 */
final class WeightGradient {
  /** Positions between two additions to the sums. */
  private static final int POSITIONS = 256;

  /** Parts at most, and floats that their sums may take together. */
  private static final int PARTS = 8;

  private static final int ROOM = 1 << 18;

  private final Parallel parallel;
  private final TileBuffers buffers;
  private final ConvolutionGeometry g;
  private final Correlation at;
  private final int images;

  /** Where each position of some images lies in ∂y and in the map of x. */
  private final int[] ofY;

  private final int[] ofX;

  /** Whether output channels are the rows of the tile. */
  private final boolean outputsFirst;

  WeightGradient(Parallel parallel, TileBuffers buffers, ConvolutionGeometry g, Correlation at) {
    this.parallel = parallel;
    this.buffers = buffers;
    this.g = g;
    this.at = at;
    this.images = Math.clamp(POSITIONS / at.positions, 1, g.n());
    this.outputsFirst =
        OuterProduct.cost(g.groupOutputs(), at.run) < OuterProduct.cost(at.run, g.groupOutputs());
    this.ofY = new int[images * at.positions];
    this.ofX = new int[images * at.positions];
    for (int i = 0; i < ofY.length; i++) {
      int image = i / at.positions;
      int position = i - image * at.positions;
      int row = position / g.ow();
      int column = position - row * g.ow();
      ofY[i] = i * g.k();
      ofX[i] =
          image * at.imageSize()
              + (row * at.y.step() * at.x.padded() + column * at.x.step()) * at.channels;
    }
  }

  Kernel prepare(long cost, int gy, int x, int gw) {
    int m = outputsFirst ? g.groupOutputs() : at.run;
    int n = outputsFirst ? at.run : g.groupOutputs();
    int tiles = Math.ceilDiv(m, OuterProduct.ROWS);
    int items = g.groups() * at.runs.length * tiles;
    int size = g.groups() * at.runs.length * m * n;
    int parts = Math.clamp(ROOM / Math.max(1, size), 1, Math.min(PARTS, g.n() / images));
    Parallel.Range products =
        (a, sums, from, to) -> {
          for (int part = from / items; part * items < to; part++) {
            int first = Math.max(from - part * items, 0);
            int end = Math.min(to - part * items, items);
            part(a, gy, x, first, end, tiles, m, n, part, parts, sums, part * size);
          }
        };
    Parallel.Range together =
        (a, sums, from, to) -> {
          for (int part = 1; part < parts; part++) {
            SimdRows.add(sums, part * size + from, from, to - from);
          }
        };
    return a -> {
      float[] sums = buffers.floats(TileBuffers.SUMS, parts * size);
      parallel.forRange(parts * items, cost, a, sums, products);
      if (parts > 1) {
        parallel.forRange(size, (long) parts * size, a, sums, together);
      }
      write(sums, m, n, a, gw);
    };
  }

  /**
   * Sums of the images of a part, of items first..end−1: tiles of m rows for each group and run.
   */
  private void part(
      float[] a,
      int gy,
      int x,
      int first,
      int end,
      int tiles,
      int m,
      int n,
      int part,
      int parts,
      float[] sums,
      int out) {
    float[] maps = a;
    if (!at.direct()) {
      maps = buffers.floats(TileBuffers.PADDED, images * at.imageSize());
      Arrays.fill(maps, 0, images * at.imageSize(), 0f);
    }
    int start = (int) ((long) g.n() * part / parts);
    int stop = (int) ((long) g.n() * (part + 1) / parts);
    for (int image = start; image < stop; image += images) {
      int count = Math.min(images, stop - image);
      int base = x + image * at.sourceSize();
      if (!at.direct()) {
        at.pad(a, base, count, maps);
        base = 0;
      }
      int gradient = gy + image * at.positions * g.k();
      for (int item = first; item < end; item++) {
        int block = item / tiles;
        int row = (item - block * tiles) * OuterProduct.ROWS;
        int group = block / at.runs.length;
        int fromX = base + group * g.groupInputs() + at.runs[block - group * at.runs.length];
        int fromY = gradient + group * g.groupOutputs();
        OuterProduct.multiply(
            outputsFirst ? a : maps,
            outputsFirst ? fromY : fromX,
            outputsFirst ? ofY : ofX,
            outputsFirst ? maps : a,
            outputsFirst ? fromX : fromY,
            outputsFirst ? ofX : ofY,
            count * at.positions,
            sums,
            out + block * m * n,
            n,
            row,
            Math.min(m, row + OuterProduct.ROWS),
            n,
            image > start);
      }
    }
  }

  /** Sums of (group, run) blocks to weights [o, q, u, v]. */
  private void write(float[] sums, int m, int n, float[] a, int gw) {
    int inputs = g.groupInputs();
    int stepOutput = outputsFirst ? n : 1;
    int stepInput = outputsFirst ? 1 : n;
    int perRun = at.run / inputs;
    int taps = g.r() * g.s();
    for (int group = 0; group < g.groups(); group++) {
      for (int t = 0; t < at.taps.length; t++) {
        int run = t / perRun;
        int block =
            (group * at.runs.length + run) * m * n + (t - run * perRun) * inputs * stepInput;
        for (int o = 0; o < g.groupOutputs(); o++) {
          int from = block + o * stepOutput;
          int to = gw + (group * g.groupOutputs() + o) * inputs * taps + at.taps[t];
          for (int q = 0; q < inputs; q++) {
            a[to + q * taps] = sums[from + q * stepInput];
          }
        }
      }
    }
  }
}
