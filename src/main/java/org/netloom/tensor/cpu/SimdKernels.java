package org.netloom.tensor.cpu;

import org.netloom.tensor.Convolution;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;

/** The SIMD kernels; what has none runs as plain loops. */
final class SimdKernels implements Kernels {
  private final ScalarKernels plain = new ScalarKernels();
  private final SimdGemm gemm;
  private final SimdConvolution convolution;
  private final SimdBatchNorm batchNorm;
  private final SimdPooling pooling;
  private final SimdElementwise elementwise;

  SimdKernels(Parallel parallel) {
    TileBuffers buffers = new TileBuffers();
    this.gemm = new SimdGemm(parallel, buffers);
    this.convolution = new SimdConvolution(parallel, buffers);
    this.batchNorm = new SimdBatchNorm(parallel);
    this.pooling = new SimdPooling(parallel);
    this.elementwise = new SimdElementwise(parallel);
  }

  @Override
  public void run(Plan.Step step, float[] arena) {
    switch (step.operation()) {
      case Convolution op -> convolution.run(op, step, arena);
      case Matrix.Product op -> gemm.product(op, step, arena);
      case Normalisation.BatchNorm op -> batchNorm.forward(op.epsilon(), false, step, arena);
      case Normalisation.BatchNormGradient op -> batchNorm.gradient(false, step, arena);
      case Normalisation.BatchNormRelu op -> batchNorm.forward(op.epsilon(), true, step, arena);
      case Normalisation.BatchNormReluGradient op -> batchNorm.gradient(true, step, arena);
      case Normalisation.FixedNorm op -> batchNorm.fixed(op, step, arena);
      case Pooling op -> pooling.run(op, step, arena);
      case Elementwise op -> elementwise.run(op, step, arena);
      default -> plain.run(step, arena);
    }
  }
}
