package org.netloom.tensor.cpu;

import org.netloom.tensor.ConvolutionGeometry;

/** A dense 3×3 convolution of stride 1 by F(2×2, 3×3) and its transposes (Lavin and Gray 2016). */
final class WinogradConvolution implements ConvolutionKernel {
  private static final int TAPS = 9;

  /**
   * Channels are multiples of this: of a vector's lanes on any machine, for the same bits on all.
   */
  private static final int UNIT = 16;

  /** Channels of both sides from which the products outweigh the transforms. */
  private static final int LEAST_CHANNELS = 48;

  /** Tiles for which it pays to transform the filters. */
  private static final int LEAST_TILES = 48;

  private final ConvolutionGeometry g;
  private final long cost;
  private final WinogradCorrelation forward;
  private final WinogradCorrelation inputGradient;
  private final WinogradGradient weightGradient;

  WinogradConvolution(Parallel parallel, TileBuffers buffers, ConvolutionGeometry g) {
    this.g = g;
    this.cost = (long) g.n() * g.oh() * g.ow() * TAPS * g.c() * g.k();
    WinogradTiles ofX =
        new WinogradTiles(
            g.n(),
            g.h(),
            g.w(),
            g.c(),
            g.top(),
            g.left(),
            Math.ceilDiv(g.oh(), 2),
            Math.ceilDiv(g.ow(), 2));
    WinogradTiles ofY =
        new WinogradTiles(
            g.n(),
            g.oh(),
            g.ow(),
            g.k(),
            2 - g.top(),
            2 - g.left(),
            Math.ceilDiv(g.h(), 2),
            Math.ceilDiv(g.w(), 2));
    this.forward = new WinogradCorrelation(parallel, buffers, ofX, g.oh(), g.ow(), g.k(), false);
    this.inputGradient = new WinogradCorrelation(parallel, buffers, ofY, g.h(), g.w(), g.c(), true);
    this.weightGradient = new WinogradGradient(parallel, buffers, ofX, g.oh(), g.ow(), g.k());
  }

  /** Whether a convolution can be computed so, and gains by it. */
  static boolean pays(ConvolutionGeometry g) {
    boolean possible =
        g.r() == 3
            && g.s() == 3
            && g.strideH() == 1
            && g.strideW() == 1
            && g.dilationH() == 1
            && g.dilationW() == 1
            && g.groups() == 1
            && g.c() % UNIT == 0
            && g.k() % UNIT == 0;
    return possible
        && g.c() + g.k() >= LEAST_CHANNELS
        && fits(g.n(), g.oh(), g.ow())
        && fits(g.n(), g.h(), g.w());
  }

  /** Whether there are enough tiles of 2×2, and no more than a third of the work is wasted. */
  private static boolean fits(int n, int h, int w) {
    int tiles = Math.ceilDiv(h, 2) * Math.ceilDiv(w, 2);
    return n * tiles >= LEAST_TILES && 3 * h * w >= 8 * tiles;
  }

  @Override
  public Kernel forward(int x, int w, int y) {
    return forward.prepare(cost, x, w, TAPS, g.c() * TAPS, y);
  }

  @Override
  public Kernel inputGradient(int gy, int w, int gx) {
    return inputGradient.prepare(cost, gy, w, g.c() * TAPS, TAPS, gx);
  }

  @Override
  public Kernel weightGradient(int gy, int x, int gw) {
    return weightGradient.prepare(cost, gy, x, gw);
  }
}
