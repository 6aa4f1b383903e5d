package org.netloom.tensor.cpu;

/** A way to compute one convolution and its gradients; operands are offsets into the arena. */
interface ConvolutionKernel {
  /** y = x ∗ w. */
  void forward(float[] a, int x, int w, int y);

  /** ∂x from ∂y and w. */
  void inputGradient(float[] a, int gy, int w, int gx);

  /** ∂w from ∂y and x. */
  void weightGradient(float[] a, int gy, int x, int gw);
}
