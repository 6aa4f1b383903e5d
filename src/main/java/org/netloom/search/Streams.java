package org.netloom.search;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The random stream of each generation: from (seed, generation) alone, so that runs can resume. */
final class Streams {
  private Streams() {}

  static RandomGenerator of(long seed, int generation) {
    return new SplittableRandom(mix(seed + 0x9E3779B97F4A7C15L * (generation + 1L)));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), so that near seeds lie far apart. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
