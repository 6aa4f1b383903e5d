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
    switch (op) {
      case Convolution.Forward f ->
          code.pass(Op.DEPTHWISE, block(g, positions * g.c(), one, two, out, 0));
      case Convolution.InputGradient f ->
          code.pass(Op.DEPTHWISE_INPUT_GRADIENT, block(g, inputs, out, two, one, 0));
      case Convolution.WeightGradient f -> {
        int blocks = Math.ceilDiv(positions, Tiles.BLOCK);
        int taps = g.r() * g.s();
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
