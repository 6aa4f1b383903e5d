package org.netloom.tensor.cpu;

import org.netloom.tensor.Plan;

/** Kernels of the operations, on an arena that is one array. */
interface Kernels {
  /**
   * Gets one planned operation ready: what its sizes and places decide is worked out, and what it
   * needs besides numbers is allocated, once for all runs.
   */
  Kernel prepare(Plan.Step step);

  /** Cuts a tensor that nothing but the host reads from its block. */
  void cut(Plan.Cut cut, float[] arena, float[] target, int to);
}
