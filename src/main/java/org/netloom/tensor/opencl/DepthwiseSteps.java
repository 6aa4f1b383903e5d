package org.netloom.tensor.opencl;

import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;

/** Convolutions with one filter for each channel. */
final class DepthwiseSteps {
  private DepthwiseSteps() {}

  /** Operands in the order of the operation: (x, w), (∂y, w) or (∂y, x). */
  static void write(Convolution op, Code code, int one, int two, int out) {
    ConvolutionGeometry g = op.geometry();
    int inputs = g.n() * g.h() * g.w() * g.c();
    int positions = g.n() * g.oh() * g.ow();
    int taps = g.r() * g.s();
    switch (op) {
      case Convolution.Forward f -> {
        int w = byTaps(code, g, two, taps);
        code.pass(Op.DEPTHWISE, block(g, positions * g.c(), one, w, out, 0));
      }
      case Convolution.InputGradient f -> {
        int w = byTaps(code, g, two, taps);
        int[] block = block(g, inputs, one, w, out, 0);
        block[4] = g.oh();
        block[5] = g.ow();
        block[7] = g.h();
        block[8] = g.w();
        code.pass(Op.DEPTHWISE_INPUT_GRADIENT, block);
      }
      case Convolution.WeightGradient f -> {
        int blocks = Math.ceilDiv(positions, Tiles.BLOCK);
        int partial = code.temporary((long) blocks * taps * g.c());
        code.pass(Op.DEPTHWISE_WEIGHT_GRADIENT, block(g, positions, two, partial, one, blocks));
        code.pass(
            Op.SUM_SLICES,
            g.c() * taps,
            partial,
            out,
            blocks,
            taps * g.c(),
            1,
            1,
            taps,
            1,
            0,
            0,
            g.c());
      }
    }
  }

  /** Weights [channel, tap] as [tap, channel], so that neighbouring channels are neighbours. */
  private static int byTaps(Code code, ConvolutionGeometry g, int w, int taps) {
    int copy = code.temporary((long) taps * g.c());
    code.pass(Op.SCATTER, taps * g.c(), 1, g.c(), taps, w, 0, 0, 1, g.c(), copy);
    return copy;
  }

  private static int[] block(ConvolutionGeometry g, int n, int x, int w, int y, int blocks) {
    return new int[] {
      n,
      x,
      w,
      y,
      g.h(),
      g.w(),
      g.c(),
      g.oh(),
      g.ow(),
      g.r(),
      g.s(),
      g.strideH(),
      g.strideW(),
      g.top(),
      g.left(),
      g.dilationH(),
      g.dilationW(),
      blocks
    };
  }
}
