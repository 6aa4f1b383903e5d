package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vector widths that the kernels use. */
final class Simd {
  /** Eight lanes: the register tile of 4×16 is the widest that the compiler keeps in registers. */
  static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  static final int LANES = 8;

  /**
   * Sixteen lanes where the machine has 512-bit vectors, else eight: for the dense kernels, whose
   * tiles are stated in vectors. Every value is summed in an order that does not depend on it.
   */
  static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() >= 16 ? FloatVector.SPECIES_512 : S;

  static final int WIDE_LANES = WIDE.length();

  /** Half of {@link #WIDE}, for the few columns left beside it. */
  static final VectorSpecies<Float> HALF =
      WIDE_LANES == 16 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  static final int HALF_LANES = HALF.length();
  static final int BITS = WIDE.vectorBitSize();

  private static final VectorShuffle<Float> FOURS =
      VectorShuffle.fromValues(S, 4, 5, 6, 7, 0, 1, 2, 3);
  private static final VectorShuffle<Float> TWOS =
      VectorShuffle.fromValues(S, 2, 3, 0, 1, 6, 7, 4, 5);
  private static final VectorShuffle<Float> ONES =
      VectorShuffle.fromValues(S, 1, 0, 3, 2, 5, 4, 7, 6);

  private Simd() {}

  /** Sum of eight lanes, those four apart first: an order that reduceLanes does not promise. */
  static float sum(FloatVector v) {
    FloatVector s = v.add(v.rearrange(FOURS));
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

  /** c[at ..] (+)= all lanes. */
  static void whole(FloatVector v, float[] c, int at, boolean add) {
    (add ? v.add(FloatVector.fromArray(WIDE, c, at)) : v).intoArray(c, at);
  }

  /** c[at ..] (+)= the lanes of a mask; the others are read, which takes slack after the last. */
  static void part(FloatVector v, float[] c, int at, VectorMask<Float> lanes, boolean add) {
    (add ? v.add(FloatVector.fromArray(WIDE, c, at)) : v).intoArray(c, at, lanes);
  }

  /** {@link #part} of half a vector. */
  static void partHalf(FloatVector v, float[] c, int at, VectorMask<Float> lanes, boolean add) {
    (add ? v.add(FloatVector.fromArray(HALF, c, at)) : v).intoArray(c, at, lanes);
  }
}
