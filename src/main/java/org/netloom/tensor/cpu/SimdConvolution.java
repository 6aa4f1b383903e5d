package org.netloom.tensor.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/**
 * Convolution by kind: depthwise ({@link SimdDepthwise}) or on register tiles ({@link
 * DenseConvolution}, prepared once per geometry).
 */
final class SimdConvolution {
  private final Parallel parallel;
  private final TileBuffers buffers;
  private final SimdDepthwise depthwise;
  private final Map<ConvolutionGeometry, DenseConvolution> dense = new ConcurrentHashMap<>();

  SimdConvolution(Parallel parallel, TileBuffers buffers) {
    this.parallel = parallel;
    this.buffers = buffers;
    this.depthwise = new SimdDepthwise(parallel);
  }

  void run(Convolution op, Plan.Step s, float[] a) {
    ConvolutionGeometry g = op.geometry();
    if (g.depthwise()) {
      depthwise.run(op, s, a);
      return;
    }
    DenseConvolution kernel = dense.get(g);
    if (kernel == null) {
      kernel = new DenseConvolution(parallel, buffers, g);
      dense.put(g, kernel);
    }
    int first = s.in()[0];
    int second = s.in()[1];
    int out = s.out()[0];
    switch (op) {
      case Convolution.Forward f -> kernel.forward(a, first, second, out);
      case Convolution.InputGradient f -> kernel.inputGradient(a, first, second, out);
      case Convolution.WeightGradient f -> kernel.weightGradient(a, first, second, out);
    }
  }
}
