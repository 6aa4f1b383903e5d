package org.netloom.tensor.cpu;

/** A way to compute one convolution and its gradients; operands are offsets into the arena. */
interface ConvolutionKernel {
  /** y = x ∗ w. */
  Kernel forward(int x, int w, int y);

  /** ∂x from ∂y and w. */
  Kernel inputGradient(int gy, int w, int gx);

  /** ∂w from ∂y and x. */
  Kernel weightGradient(int gy, int x, int gw);
}
