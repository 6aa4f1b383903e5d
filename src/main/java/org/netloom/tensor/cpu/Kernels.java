package org.netloom.tensor.cpu;

import org.netloom.tensor.Plan;

/** Runs one planned operation on an arena. */
interface Kernels {
  void run(Plan.Step step, float[] arena);
}
