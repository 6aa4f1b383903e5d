package org.netloom.tensor.cpu;

import java.util.Arrays;
import java.util.List;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * Direct convolution of one geometry, groups included: no patches are unfolded. Forward and input
 * gradient gather rows of positions from zero-padded maps and multiply them with packed weights,
 * split over threads by image; the weight gradient sums outer products over all positions, split by
 * rows of the result. Maps that need no padding are read where they lie.
 */
final class DenseConvolution implements ConvolutionKernel {
  private final Parallel parallel;
  private final TileBuffers buffers;
  private final ConvolutionGeometry g;
  private final int taps;
  private final long cost;
  private final Correlation forward;
  private final List<Correlation> backward;
  private final WeightGradient weightGradient;

  DenseConvolution(Parallel parallel, TileBuffers buffers, ConvolutionGeometry g) {
    this.parallel = parallel;
    this.buffers = buffers;
    this.g = g;
    this.taps = g.r() * g.s();
    this.cost = (long) g.n() * g.oh() * g.ow() * taps * g.groupInputs() * g.k();
    this.forward = Correlation.forward(g);
    this.backward = Correlation.inputGradient(g);
    this.weightGradient = new WeightGradient(parallel, buffers, g, forward);
  }

  @Override
  public Kernel forward(int x, int w, int y) {
    return correlate(
        forward, x, w, taps, g.groupInputs() * taps, g.groupOutputs(), y, g.oh(), g.ow());
  }

  @Override
  public Kernel inputGradient(int gy, int w, int gx) {
    Kernel[] phases = new Kernel[backward.size()];
    for (int i = 0; i < phases.length; i++) {
      phases[i] =
          correlate(
              backward.get(i),
              gy,
              w,
              g.groupInputs() * taps,
              taps,
              g.groupInputs(),
              gx,
              g.h(),
              g.w());
    }
    return a -> {
      for (Kernel phase : phases) {
        phase.run(a);
      }
    };
  }

  @Override
  public Kernel weightGradient(int gy, int x, int gw) {
    return weightGradient.prepare(cost, gy, x, gw);
  }

  /**
   * Results of one correlation.
   *
   * @param stepRow distance of the weights of neighbouring source channels
   * @param stepColumn distance of the weights of neighbouring result channels
   * @param columns result channels of one group
   */
  private Kernel correlate(
      Correlation at,
      int source,
      int w,
      int stepRow,
      int stepColumn,
      int columns,
      int out,
      int height,
      int width) {
    int k = at.length();
    int panel = k * Panels.columns(columns);
    int pitch = columns * g.groups();
    Parallel.Range blocks =
        (a, weights, from, to) -> {
          float[] maps = a;
          if (!at.direct()) {
            maps = buffers.floats(TileBuffers.PADDED, at.images * at.imageSize());
            at.clear(maps);
          }
          float[] results = a;
          if (!at.everywhere()) {
            results = buffers.floats(TileBuffers.SUMS, at.at.length * pitch);
          }
          for (int block = from; block < to; block++) {
            int n = block * at.images;
            int count = Math.min(at.images, g.n() - n);
            int base = source + n * at.sourceSize();
            if (!at.direct()) {
              at.pad(a, base, count, maps);
              base = 0;
            }
            int place = at.everywhere() ? out + n * at.positions * pitch : 0;
            int rows = count * at.positions;
            if (k == 0) {
              Arrays.fill(results, place, place + rows * pitch, 0f);
            } else {
              for (int group = 0; group < g.groups(); group++) {
                RowProduct.multiply(
                    maps,
                    base + group * at.groupChannels,
                    at.at,
                    rows,
                    at.runs,
                    at.run,
                    weights,
                    group * panel,
                    columns,
                    results,
                    place + group * columns,
                    pitch,
                    false);
              }
            }
            if (!at.everywhere()) {
              at.spread(results, count, width, height, pitch, a, out + n * height * width * pitch);
            }
          }
        };
    return a -> {
      float[] weights = buffers.floats(TileBuffers.PANELS, g.groups() * panel);
      int groupWeights = g.groupOutputs() * g.groupInputs() * taps;
      for (int group = 0; group < g.groups(); group++) {
        Panels.pack(
            a,
            w + group * groupWeights,
            at.taps,
            at.groupChannels,
            stepRow,
            stepColumn,
            columns,
            weights,
            group * panel);
      }
      parallel.forRange(Math.ceilDiv(g.n(), at.images), cost, a, weights, blocks);
    };
  }
}
