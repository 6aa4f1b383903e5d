package org.netloom.tensor.cpu;

import org.netloom.tensor.Attention;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Update;

/** The SIMD kernels; what has none runs as plain loops. */
final class SimdKernels implements Kernels {
  private final ScalarKernels plain = new ScalarKernels();
  private final SimdGemm gemm;
  private final SimdConvolution convolution;
  private final SimdBatchNorm batchNorm;
  private final SimdNormPool normPool;
  private final SimdLayerNorm layerNorm;
  private final SimdPooling pooling;
  private final SimdElementwise elementwise;
  private final SimdUpdate update;
  private final SimdRows rows;
  private final Tilings tilings;
  private final SimdAttention attention;
  private final SimdGraphSweeps sweeps;

  SimdKernels(Parallel parallel) {
    TileBuffers buffers = new TileBuffers();
    this.gemm = new SimdGemm(parallel, buffers);
    this.convolution = new SimdConvolution(parallel, buffers);
    this.batchNorm = new SimdBatchNorm(parallel);
    this.normPool = new SimdNormPool(parallel, batchNorm);
    this.layerNorm = new SimdLayerNorm(parallel);
    this.pooling = new SimdPooling(parallel);
    this.elementwise = new SimdElementwise(parallel);
    this.update = new SimdUpdate(parallel);
    this.rows = new SimdRows(parallel);
    this.tilings = new Tilings(parallel);
    this.sweeps = new SimdGraphSweeps(parallel);
    this.attention = new SimdAttention(parallel, buffers);
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
      case Normalisation.BatchNormMax op -> normPool.forward(op, step, arena);
      case Normalisation.BatchNormMaxGradient op -> normPool.gradient(op, step, arena);
      case Normalisation.FixedNorm op -> batchNorm.fixed(op, step, arena);
      case Normalisation.LayerNorm op -> layerNorm.forward(op.epsilon(), step, arena);
      case Normalisation.LayerNormGradient op -> layerNorm.gradient(step, arena);
      case Pooling op -> pooling.run(op, step, arena);
      case Elementwise op -> elementwise.run(op, step, arena);
      case Attention op -> attention.run(op, step, arena);
      case Layout.Tiles op -> tilings.forward(op, step, arena);
      case Layout.TilesGradient op -> tilings.gradient(op, step, arena);
      case Layout op -> rows.run(op, step, arena);
      case Matrix.ScatterRows op -> SimdRows.scatter(op, step, arena);
      case GraphSweeps op -> sweeps.run(op, step, arena);
      case Update op -> update.run(op, step, arena);
      default -> plain.run(step, arena);
    }
  }

  @Override
  public void cut(Plan.Cut cut, float[] arena, float[] target, int to) {
    tilings.write(cut.tile(), arena, cut.offset(), cut.pitch(), target, to);
  }
}
