package org.netloom.tensor.cpu;

import org.netloom.tensor.Plan;

/** Kernels of the operations, on an arena that is one array. */
interface Kernels {
  /** Runs one planned operation. */
  void run(Plan.Step step, float[] arena);

  /** Cuts a tensor that nothing but the host reads from its block. */
  void cut(Plan.Cut cut, float[] arena, float[] target, int to);
}
