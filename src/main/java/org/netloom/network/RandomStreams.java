package org.netloom.network;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Random numbers for named tensors: those of one tensor do not depend on the others. */
final class RandomStreams {
  private RandomStreams() {}

  /** The generator of one name under one seed. */
  static SplittableRandom of(long seed, String name) {
    return new SplittableRandom(stream(seed, name));
  }

  /** Box and Muller, "A note on the generation of random normal deviates", 1958. */
  static void normal(float[] values, double deviation, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * StrictMath.PI * random.nextDouble();
      values[i] = (float) (deviation * radius * StrictMath.cos(angle));
    }
  }

  /** FNV-1a, 64 bits, over the seed's bytes and the name's: one stream for each pair. */
  private static long stream(long seed, String name) {
    long hash = 0xcbf29ce484222325L;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      hash = (hash ^ (seed >>> shift & 0xff)) * 0x100000001b3L;
    }
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
