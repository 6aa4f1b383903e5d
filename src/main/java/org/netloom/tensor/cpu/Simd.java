package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector width that the kernels use. */
final class Simd {
  /** Eight lanes: the register tile of 4×16 is the widest that the compiler keeps in registers. */
  static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  static final int LANES = 8;
  static final int BITS = 256;

  private Simd() {}
}
