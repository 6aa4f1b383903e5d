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
  public Kernel prepare(Plan.Step step) {
    return switch (step.operation()) {
      case Convolution op -> convolution.prepare(op, step);
      case Matrix.Product op -> gemm.product(op, step);
      case Normalisation.BatchNorm op -> batchNorm.forward(op.epsilon(), false, step);
      case Normalisation.BatchNormGradient op -> batchNorm.gradient(false, step);
      case Normalisation.BatchNormRelu op -> batchNorm.forward(op.epsilon(), true, step);
      case Normalisation.BatchNormReluGradient op -> batchNorm.gradient(true, step);
      case Normalisation.BatchNormMax op -> normPool.forward(op, step);
      case Normalisation.BatchNormMaxGradient op -> normPool.gradient(op, step);
      case Normalisation.FixedNorm op -> batchNorm.fixed(op, step);
      case Normalisation.LayerNorm op -> layerNorm.forward(op.epsilon(), step);
      case Normalisation.LayerNormGradient op -> layerNorm.gradient(step);
      case Pooling op -> pooling.prepare(op, step);
      case Elementwise op -> elementwise.prepare(op, step);
      case Attention op -> attention.prepare(op, step);
      case Layout.Tiles op -> tilings.forward(op, step);
      case Layout.TilesGradient op -> tilings.gradient(op, step);
      case Layout op -> rows.prepare(op, step);
      case Matrix.GatherRows op -> rows.gather(op.rows(), step);
      case Matrix.ScatterRows op -> rows.scatter(op, step);
      case GraphSweeps op -> sweeps.prepare(op, step);
      case Update op -> update.prepare(op, step);
      default -> plain.prepare(step);
    };
  }

  @Override
  public void cut(Plan.Cut cut, float[] arena, float[] target, int to) {
    tilings.write(cut.tile(), arena, cut.offset(), cut.pitch(), target, to);
  }
}
