package org.netloom.tensor.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/**
 * Convolution by kind: depthwise ({@link SlidingConvolution}, {@link SimdDepthwise}), 3×3 by
 * minimal filtering ({@link WinogradConvolution}) or directly on register tiles ({@link
 * DenseConvolution}), prepared once per geometry.
 */
final class SimdConvolution {
  private final Parallel parallel;
  private final TileBuffers buffers;
  private final Scratch scratch = new Scratch(SimdDepthwise.BUFFERS);
  private final Map<ConvolutionGeometry, ConvolutionKernel> kernels = new ConcurrentHashMap<>();

  SimdConvolution(Parallel parallel, TileBuffers buffers) {
    this.parallel = parallel;
    this.buffers = buffers;
  }

  Kernel prepare(Convolution op, Plan.Step s) {
    ConvolutionGeometry g = op.geometry();
    ConvolutionKernel kernel = kernels.get(g);
    if (kernel == null) {
      kernel = of(g);
      kernels.put(g, kernel);
    }
    int first = s.in()[0];
    int second = s.in()[1];
    int out = s.out()[0];
    return switch (op) {
      case Convolution.Forward f -> kernel.forward(first, second, out);
      case Convolution.InputGradient f -> kernel.inputGradient(first, second, out);
      case Convolution.WeightGradient f -> kernel.weightGradient(first, second, out);
    };
  }

  private ConvolutionKernel of(ConvolutionGeometry g) {
    if (g.depthwise()) {
      ConvolutionKernel padded = new SimdDepthwise(parallel, scratch, g);
      return SlidingDepthwise.fits(g)
          ? new SlidingConvolution(parallel, scratch, g, padded)
          : padded;
    }
    return WinogradConvolution.pays(g)
        ? new WinogradConvolution(parallel, buffers, g)
        : new DenseConvolution(parallel, buffers, g);
  }
}
