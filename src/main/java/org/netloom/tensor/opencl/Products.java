package org.netloom.tensor.opencl;

/**
 * Passes of the blocked product. Sums of many terms with few results are cut into slices, so that
 * many groups find work; how many depends on the sizes alone.
 */
final class Products {
  private static final int WANTED_TILES = 64;
  private static final int TERMS_OF_A_SLICE = 256;
  private static final int LONG = 1024;
  private static final long MOST_PARTIAL = 1L << 22;

  private Products() {}

  /**
   * Left factor.
   *
   * @param rows side of the rows, see {@code ProductKernels}
   * @param terms side of the terms
   * @param height rows of the map that is not zero
   * @param run terms that are equally far apart, one run after the other
   * @param down whether neighbouring rows are neighbours in memory
   */
  record Left(
      int place, int batch, int rows, int terms, int height, int width, Run run, boolean down) {
    /** A matrix of k terms: value (i, k) lies at i·row + k·term. */
    static Left matrix(Code code, int place, int row, int term, int k) {
      return matrices(code, place, 0, row, term, k);
    }

    /** A matrix of k terms for each batch. */
    static Left matrices(Code code, int place, int batch, int row, int term, int k) {
      Run run = new Run(k, term, 0, 1);
      return new Left(
          place, batch, linear(code, row), linear(code, term), 1, 1, run, row == 1 && term != 1);
    }
  }

  /**
   * Neighbouring terms.
   *
   * @param apart values from one to the next
   * @param across columns of the map from those of one column to the next; 0: all are in one
   * @param each how many are in one column of the map
   */
  record Run(int length, int apart, int across, int each) {}

  /** Right factor: value (k, j) of a batch lies at k·term + j. */
  record Right(int place, int batch, int term) {
    /** A matrix [n, k] that is wanted as [k, n]: copied, because kernels read along rows. */
    static Right transposed(Code code, int place, int n, int k) {
      // rows whose distance is a large power of two would meet in few places of a cache
      int row = n % 256 == 0 ? n + 16 : n;
      int copy = code.temporary((long) row * k);
      code.pass(Op.SCATTER, n * k, 1, n, k, place, 0, 0, 1, row, copy);
      return new Right(copy, 0, row);
    }
  }

  /**
   * Batches by two numbers.
   *
   * @param count how many have the same first number
   * @param left steps of the factors and the result for each second number
   */
  record Pairs(int count, int left, int right, int to) {
    /** Batches by one number. */
    static final Pairs NONE = new Pairs(1, 0, 0, 0);
  }

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

  /**
   * How many slices a product's sums are cut into. Long sums of small results (weight gradients)
   * read both factors once for each tile of the result: slices of {@link #LONG} terms stay in a
   * cache.
   */
  static int slices(int m, int n, int k, int batches) {
    if (k >= 2 * LONG && (long) m * n * batches * (k / LONG) <= MOST_PARTIAL) {
      return k / LONG;
    }
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
    pass(code, m, n, k, batches, slices, left, right, out, to, step, slice, Pairs.NONE);
  }

  /**
   * One pass over batches by two numbers; the steps of the factors and {@code step} are the
   * first's.
   */
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
      int slice,
      Pairs pairs) {
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
        left.run.length,
        to,
        step,
        slice,
        left.down ? 1 : 0,
        left.run.apart,
        left.run.across,
        left.run.each,
        pairs.count,
        pairs.left,
        pairs.right,
        pairs.to);
  }
}
