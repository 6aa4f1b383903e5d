package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The width of the kernels' vectors, and what every kernel does with them. */
final class Simd {
  /**
   * Sixteen lanes where the machine has 512-bit vectors, else eight. The only width: a method of
   * the Vector API that is called with vectors of two widths is compiled for both at once, and then
   * keeps vectors on the heap. Tiles are stated in vectors, and no element of a product depends on
   * the width; {@link #sum} does.
   */
  static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() >= 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_256;

  static final int WIDE_LANES = WIDE.length();
  static final int BITS = WIDE.vectorBitSize();

  private static final VectorShuffle<Float> HALVES = apart(WIDE_LANES / 2);
  private static final VectorShuffle<Float> FOURS = apart(4);
  private static final VectorShuffle<Float> TWOS = apart(2);
  private static final VectorShuffle<Float> ONES = apart(1);

  private Simd() {}

  private static VectorShuffle<Float> apart(int distance) {
    return VectorShuffle.fromOp(WIDE, lane -> lane ^ distance);
  }

  /**
   * Sum of all lanes, those half a vector apart first: an order that reduceLanes does not promise.
   */
  static float sum(FloatVector v) {
    FloatVector s = WIDE_LANES == 16 ? v.add(v.rearrange(HALVES)) : v;
    s = s.add(s.rearrange(FOURS));
    s = s.add(s.rearrange(TWOS));
    return s.add(s.rearrange(ONES)).lane(0);
  }

  /** The next values from {@code at}; zeros where fewer than a vector's lanes are left. */
  static FloatVector load(float[] a, int at, int left) {
    return left >= WIDE_LANES
        ? FloatVector.fromArray(WIDE, a, at)
        : FloatVector.fromArray(WIDE, a, at, WIDE.indexInRange(0, left));
  }

  /** c[at ..] (+)= the first {@code columns} lanes, all of them if there are as many. */
  static void put(FloatVector v, float[] c, int at, int columns, boolean add) {
    if (columns >= WIDE_LANES) {
      if (add) {
        v.add(FloatVector.fromArray(WIDE, c, at)).intoArray(c, at);
      } else {
        v.intoArray(c, at);
      }
    } else if (columns > 0) {
      VectorMask<Float> m = WIDE.indexInRange(0, columns);
      if (add) {
        v.add(FloatVector.fromArray(WIDE, c, at, m)).intoArray(c, at, m);
      } else {
        v.intoArray(c, at, m);
      }
    }
  }

  /** c[at ..] (+)= the lanes of a mask; the others are read, which takes slack after the last. */
  static void part(FloatVector v, float[] c, int at, VectorMask<Float> lanes, boolean add) {
    (add ? v.add(FloatVector.fromArray(WIDE, c, at)) : v).intoArray(c, at, lanes);
  }
}
