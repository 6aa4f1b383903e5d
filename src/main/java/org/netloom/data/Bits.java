package org.netloom.data;

import java.nio.charset.StandardCharsets;

/**
 * Random bits as a pure function of what they are for, so that they do not depend on the order in
 * which images are visited. The mixing function is the finaliser of SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 16; its constants
 * are Stafford's variant 13).
 */
final class Bits {
  static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Bits() {}

  /** A bijection of 64-bit numbers whose outputs look independent for neighbouring inputs. */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** 64 bits for a seed and two coordinates, such as an epoch and the index of an image. */
  static long of(long seed, long first, long second) {
    long bits = mix(seed + GOLDEN_GAMMA);
    bits = mix(bits + first + GOLDEN_GAMMA);
    return mix(bits + second + GOLDEN_GAMMA);
  }

  /** 64 bits for a seed and a text: FNV-1a over its UTF-8 bytes, then mixed with the seed. */
  static long of(long seed, String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return of(seed, hash, 0);
  }

  /**
   * A number from 0 to {@code bound} - 1 out of the upper 32 bits; the bias is below bound / 2^32.
   */
  static int below(long bits, int bound) {
    return (int) (((bits >>> 32) * bound) >>> 32);
  }

  /** At least {@code from}, below {@code to}, out of the upper 53 bits. */
  static double between(long bits, double from, double to) {
    return from + (to - from) * ((bits >>> 11) * 0x1p-53);
  }
}
