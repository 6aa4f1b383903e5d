package org.netloom.tensor.opencl;

/**
 * Passes of the blocked product. Sums of many terms with few results are cut into slices, so that
 * many groups find work; how many depends on the sizes alone.
 */
final class Products {
  private static final int WANTED_TILES = 64;
  private static final int TERMS_OF_A_SLICE = 256;

  private Products() {}

  /**
   * Left factor.
   *
   * @param rows side of the rows, see {@code ProductKernels}
   * @param terms side of the terms
   * @param height rows of the map that is not zero
   * @param down whether neighbouring rows are neighbours in memory
   */
  record Left(int place, int batch, int rows, int terms, int height, int width, boolean down) {
    /** A matrix: value (i, k) lies at i·row + k·term. */
    static Left matrix(Code code, int place, int batch, int row, int term) {
      return new Left(
          place, batch, linear(code, row), linear(code, term), 1, 1, row == 1 && term != 1);
    }
  }

  /** Right factor: value (k, j) of a batch lies at k·term + j·column. */
  record Right(int place, int batch, int term, int column) {}

  /** A side that is a plain matrix's. */
  static int linear(Code code, int stride) {
    return code.table(0, stride);
  }

  /** C[i, j] at to + batch·step + i·row + j. */
  static void product(
      Code code,
      int m,
      int n,
      int k,
      int batches,
      Left left,
      Right right,
      int to,
      int step,
      int row) {
    int slices = slices(m, n, k, batches);
    if (slices == 1) {
      pass(code, m, n, k, batches, 1, left, right, linear(code, row), to, step, 0);
      return;
    }
    int partial = partial(code, m, n, k, batches, slices, left, right);
    code.pass(
        Op.SUM_SLICES,
        batches * m * n,
        partial,
        to,
        slices,
        m * n,
        1,
        m,
        n,
        slices * m * n,
        0,
        n,
        1);
    if (step != m * n && batches > 1 || row != n) {
      throw new IllegalArgumentException("A sliced product has rows without gaps.");
    }
  }

  /** Results of all slices, [batch, slice, i, j], as a temporary value; its place. */
  static int partial(
      Code code, int m, int n, int k, int batches, int slices, Left left, Right right) {
    int partial = code.temporary((long) batches * slices * m * n);
    pass(
        code,
        m,
        n,
        k,
        batches,
        slices,
        left,
        right,
        linear(code, n),
        partial,
        slices * m * n,
        m * n);
    return partial;
  }

  /** How many slices a product's sums are cut into. */
  static int slices(int m, int n, int k, int batches) {
    int tiles = batches * Math.ceilDiv(m, Tiles.ROWS) * Math.ceilDiv(n, Tiles.COLUMNS);
    return Math.max(1, Math.min(WANTED_TILES / tiles, k / TERMS_OF_A_SLICE));
  }

  /** One pass; {@code out} is the side of the result's rows. */
  static void pass(
      Code code,
      int m,
      int n,
      int k,
      int batches,
      int slices,
      Left left,
      Right right,
      int out,
      int to,
      int step,
      int slice) {
    code.pass(
        Op.PRODUCT,
        m,
        n,
        k,
        batches,
        slices,
        left.place,
        left.batch,
        left.rows,
        left.terms,
        out,
        left.height,
        left.width,
        right.place,
        right.batch,
        right.term,
        right.column,
        to,
        step,
        slice,
        left.down ? 1 : 0);
  }
}
