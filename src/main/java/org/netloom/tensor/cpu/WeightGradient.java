package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * ∂w[o, q, u, v] = Σ over positions of ∂y[.., o] · x[.. + (u, v), q] as outer products on register
 * tiles. The side of the tile that is broadcast is the one that wastes less: output channels or the
 * run of taps and channels of x.
 */
final class WeightGradient {
  /** Positions between two additions to the sums. */
  private static final int POSITIONS = 256;

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
    Parallel.Range parts =
        (a, sums, from, to) -> {
          float[] maps = a;
          if (!at.direct()) {
            maps = buffers.floats(TileBuffers.PADDED, images * at.imageSize());
            Arrays.fill(maps, 0, images * at.imageSize(), 0f);
          }
          for (int first = 0; first < g.n(); first += images) {
            int count = Math.min(images, g.n() - first);
            int base = x + first * at.sourceSize();
            if (!at.direct()) {
              at.pad(a, base, count, maps);
              base = 0;
            }
            int gradient = gy + first * at.positions * g.k();
            for (int item = from; item < to; item++) {
              int part = item / tiles;
              int row = (item - part * tiles) * OuterProduct.ROWS;
              int group = part / at.runs.length;
              int fromX = base + group * g.groupInputs() + at.runs[part - group * at.runs.length];
              int fromY = gradient + group * g.groupOutputs();
              int end = Math.min(m, row + OuterProduct.ROWS);
              if (outputsFirst) {
                OuterProduct.multiply(
                    a,
                    fromY,
                    ofY,
                    maps,
                    fromX,
                    ofX,
                    count * at.positions,
                    sums,
                    part * m * n,
                    n,
                    row,
                    end,
                    n,
                    first > 0);
              } else {
                OuterProduct.multiply(
                    maps,
                    fromX,
                    ofX,
                    a,
                    fromY,
                    ofY,
                    count * at.positions,
                    sums,
                    part * m * n,
                    n,
                    row,
                    end,
                    n,
                    first > 0);
              }
            }
          }
        };
    return a -> {
      float[] sums = buffers.floats(TileBuffers.SUMS, g.groups() * at.runs.length * m * n);
      parallel.forRange(g.groups() * at.runs.length * tiles, cost, a, sums, parts);
      write(sums, m, n, a, gw);
    };
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
