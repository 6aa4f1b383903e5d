package org.netloom.data;

/** The random numbers of one image: SplitMix64 from a given state. */
final class ImageRandom {
  private long state;

  ImageRandom(long state) {
    this.state = state;
  }

  /** 64 random bits. */
  long next() {
    state += Bits.GOLDEN_GAMMA;
    return Bits.mix(state);
  }

  /** 0 to {@code bound} - 1. */
  int below(int bound) {
    return Bits.below(next(), bound);
  }

  /** {@code from} to {@code to}, both possible. */
  int between(int from, int to) {
    return from + below(to - from + 1);
  }

  /** At least {@code from}, below {@code to}. */
  double between(double from, double to) {
    return Bits.between(next(), from, to);
  }

  /** True in {@code percent} of 100 cases. */
  boolean happens(int percent) {
    return below(100) < percent;
  }
}
