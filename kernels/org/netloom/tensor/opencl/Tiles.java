package org.netloom.tensor.opencl;

/** Sizes of the tiles in local memory; constants that the kernels share with their host side. */
final class Tiles {
  /** Side of a group of work items on an OpenCL device. */
  static final int SIDE = 16;

  /** Rows and columns of a product that a group computes at once. */
  static final int ROWS = 64;

  static final int COLUMNS = 64;

  /** Terms of the sums that are in local memory at once. */
  static final int DEPTH = 16;

  /** Floats between neighbouring terms in local memory: no two items of a row meet in one bank. */
  static final int PITCH = 66;

  static final int LEFT = DEPTH * PITCH;
  static final int RIGHT = DEPTH * PITCH;

  /** Rows that one item of a column reduction adds up at most. */
  static final int BLOCK = 256;

  private Tiles() {}
}
