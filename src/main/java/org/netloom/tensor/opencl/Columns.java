package org.netloom.tensor.opencl;

/** Sums over the rows of matrices, in two passes with a fixed order. */
final class Columns {
  /** Kinds of the first pass. */
  static final int SUM = 0;

  static final int MOMENTS = 1;
  static final int NORM = 2;
  static final int RECTIFIED_NORM = 3;
  static final int LAYER_NORM = 4;

  private static final int ONE = 0;
  private static final int STATISTICS = 1;
  private static final int BOTH = 2;

  private Columns() {}

  private static int blocks(int rows) {
    return Math.ceilDiv(rows, Tiles.BLOCK);
  }

  /** to[j] = Σ_i x[i·step + j]. */
  static void sum(Code code, int rows, int columns, int x, int step, int to) {
    int blocks = blocks(rows);
    int partial = code.temporary(2L * blocks * columns);
    code.pass(Op.COLUMNS, SUM, rows, columns, blocks, partial, x, step);
    code.pass(Op.COMBINE, ONE, rows, columns, blocks, partial, to, to, 0);
  }

  /** Mean and 1/√(variance + ε) of each column. */
  static void statistics(
      Code code, int rows, int columns, int x, int mean, int rstd, float epsilon) {
    int blocks = blocks(rows);
    int partial = code.temporary(2L * blocks * columns);
    code.pass(Op.COLUMNS, MOMENTS, rows, columns, blocks, partial, x, columns);
    code.pass(
        Op.COMBINE, STATISTICS, rows, columns, blocks, partial, mean, rstd, code.number(epsilon));
  }

  /**
   * Gradients of gains and offsets.
   *
   * @param operands places of ∂y, x, γ, β, mean and rstd
   */
  static void gradients(
      Code code, int kind, int rows, int columns, int[] operands, int gain, int offset) {
    int blocks = blocks(rows);
    int partial = code.temporary(2L * blocks * columns);
    int[] block = new int[11];
    System.arraycopy(new int[] {kind, rows, columns, blocks, partial}, 0, block, 0, 5);
    System.arraycopy(operands, 0, block, 5, 6);
    code.pass(Op.COLUMNS, block);
    code.pass(Op.COMBINE, BOTH, rows, columns, blocks, partial, gain, offset, 0);
  }
}
