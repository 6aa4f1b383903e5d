package org.netloom.tensor.cpu;

import org.netloom.tensor.Attention;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Update;

/** Every operation as plain loops: the oracle of the fast kernels. */
final class ScalarKernels implements Kernels {

  @Override
  public Kernel prepare(Plan.Step step) {
    return arena -> run(step, arena);
  }

  private static void run(Plan.Step step, float[] arena) {
    switch (step.operation()) {
      case Convolution op -> ScalarConvolution.run(op, step, arena);
      case Matrix op -> ScalarMatrix.run(op, step, arena);
      case Normalisation op -> ScalarNormalisation.run(op, step, arena);
      case Elementwise op -> ScalarElementwise.run(op, step, arena);
      case Pooling op -> ScalarPooling.run(op, step, arena);
      case Layout op -> ScalarLayout.run(op, step, arena);
      case Attention op -> ScalarAttention.run(op, step, arena);
      case Loss op -> ScalarLoss.run(op, step, arena);
      case GraphSweeps op -> GraphSweepKernels.run(op, step, arena);
      case Update op -> ScalarUpdate.run(op, step, arena);
    }
  }

  @Override
  public void cut(Plan.Cut cut, float[] arena, float[] target, int to) {
    ScalarLayout.tile(cut.tile(), cut.pitch(), arena, cut.offset(), target, to);
  }
}
