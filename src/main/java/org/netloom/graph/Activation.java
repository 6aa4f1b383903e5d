package org.netloom.graph;

/** Element-wise non-linearities. */
public enum Activation {
  /** max(x, 0). */
  RELU,
  /** min(max(x, 0), 6). */
  RELU6,
  /** x·Φ(x), with the error function (not the tanh approximation). */
  GELU,
  /** x·min(max(x + 3, 0), 6)/6. */
  HARD_SWISH,
  /** min(max(x + 3, 0), 6)/6. */
  HARD_SIGMOID,
  /** 1/(1 + e^−x). */
  SIGMOID,
  /** x·σ(x). */
  SILU
}
