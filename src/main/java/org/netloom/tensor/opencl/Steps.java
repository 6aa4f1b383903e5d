package org.netloom.tensor.opencl;

import org.netloom.tensor.Attention;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Pieces;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Update;

/** From the steps of a plan to passes of the device: every operation has its passes. */
final class Steps {
  private Steps() {}

  /**
   * Writes all steps of a plan.
   *
   * @param extent the region that the plan's offsets are relative to
   * @param pieces borders that no value lies across
   */
  static Code of(Plan plan, Extent extent, Pieces pieces) {
    Code code = new Code(extent, pieces, plan.floats());
    for (Plan.Step step : plan.steps()) {
      code.nextOperation();
      write(step, code);
    }
    return code;
  }

  private static void write(Plan.Step step, Code code) {
    switch (step.operation()) {
      case Convolution op -> ConvolutionSteps.write(op, step, code);
      case Matrix op -> MatrixSteps.write(op, step, code);
      case Normalisation op -> NormalisationSteps.write(op, step, code);
      case Elementwise op -> ElementSteps.write(op, step, code);
      case Pooling op -> PoolingSteps.write(op, step, code);
      case Layout op -> LayoutSteps.write(op, step, code);
      case Attention op -> AttentionSteps.write(op, step, code);
      case Loss op -> LossSteps.write(op, step, code);
      case GraphSweeps op -> SweepHome.write(op, step, code);
      case Update op -> UpdateSteps.write(op, step, code);
    }
  }
}
