package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Where the sums of a register tile go that are not to be written as they are: to part of the
 * columns or rows, or added to what stands there. Apart from the products: there is a limit to what
 * the compiler inlines into one method, and beyond it the sums go to the heap.
 */
final class TileEnds {
  private static final int L = Simd.WIDE_LANES;

  private TileEnds() {}

  /**
   * c[out + i·pitch + j] (+)= sums[i·step + j]. Up to a vector's lanes after the last column are
   * read, though never written, on both sides.
   */
  static void put(
      float[] sums, int step, float[] c, int out, int pitch, int rows, int columns, boolean add) {
    for (int j = 0; j < columns; j += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, columns - j);
      for (int i = 0, from = j, to = out + j; i < rows; i++, from += step, to += pitch) {
        Simd.part(FloatVector.fromArray(Simd.WIDE, sums, from), c, to, lanes, add);
      }
    }
  }
}
