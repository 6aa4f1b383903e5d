package org.netloom.tensor.opencl;

/**
 * Where a region lies: in pieces of equal length (the last may be shorter), each in one arena. A
 * place has the number of its arena in its upper bits.
 *
 * @param pieces first place of each piece
 * @param piece floats of a piece
 * @param size floats in all
 */
record Extent(int[] pieces, long piece, long size) {
  /** A region that is not anywhere yet: for writing code only to see what it needs. */
  static final Extent NOWHERE = new Extent(new int[1], Long.MAX_VALUE, 0);

  /** Place of an offset; what lies in one piece there does so here. */
  int at(long offset) {
    return pieces[(int) (offset / piece)] + (int) (offset % piece);
  }

  /** What is done with floats that lie in one piece. */
  interface Part {
    /** Takes their offset and their number. */
    void take(long at, int count);
  }

  /** Calls for the first floats, piece by piece. */
  void parts(long floats, Part call) {
    for (long at = 0; at < floats; at += piece) {
      call.take(at, (int) Math.min(piece, floats - at));
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
