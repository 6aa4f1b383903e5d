package org.netloom.tensor.opencl;

/** Kernels that do not come as far as to run. */
final class BrokenKernels {
  private BrokenKernels() {}

  /** Aparapi translates no {@code switch}. */
  static final class Untranslatable extends ArenaKernel {
    @Override
    public void run() {
      switch (start) {
        case 1 -> arena[0] = 1f;
        case 5 -> arena[0] = 2f;
        default -> arena[0] = 3f;
      }
    }
  }

  /** Aparapi translates this, but the name is a word of OpenCL C: the driver refuses it. */
  static final class Refused extends ArenaKernel {
    @Override
    public void run() {
      float global = getGlobalId(0);
      arena[0] = global;
    }
  }
}
