package org.netloom.tensor.cpu;

import org.netloom.tensor.Convolution;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;

/** The SIMD kernels; what has none runs as plain loops. */
final class SimdKernels implements Kernels {
  private final ScalarKernels plain = new ScalarKernels();
  private final SimdGemm gemm;
  private final SimdConvolution convolution;
  private final FastNormalisation normalisation;

  SimdKernels(Parallel parallel) {
    this.gemm = new SimdGemm(parallel);
    this.convolution = new SimdConvolution(parallel, gemm);
    this.normalisation = new FastNormalisation(parallel);
  }

  @Override
  public void run(Plan.Step step, float[] arena) {
    switch (step.operation()) {
      case Convolution op -> convolution.run(op, step, arena);
      case Matrix.Product op -> gemm.product(op, step, arena);
      case Normalisation.BatchNorm op -> normalisation.batchNorm(op, step, arena);
      case Normalisation.BatchNormGradient op -> normalisation.batchNormGradient(step, arena);
      default -> plain.run(step, arena);
    }
  }
}
