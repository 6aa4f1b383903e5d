package org.netloom.tensor.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One direction of a correlation: result {@code start + i·spacing} for i in 0..count−1 sums, over
 * the taps, the source at {@code i·step + offsets[t]} with the weights of {@code taps[t]}; the
 * source is zero outside 0..size−1.
 *
 * @param offsets ascending
 */
record Axis(int size, int count, int step, int[] offsets, int[] taps, int start, int spacing) {

  /** A convolution itself. */
  static Axis forward(int size, int count, int taps, int stride, int before, int dilation) {
    int[] offsets = new int[taps];
    int[] order = new int[taps];
    for (int t = 0; t < taps; t++) {
      offsets[t] = t * dilation - before;
      order[t] = t;
    }
    return new Axis(size, count, stride, offsets, order, 0, 1);
  }

  /**
   * Its input gradient: input y = i·stride − before + t·dilation receives from output i, so the
   * inputs of one remainder modulo the stride form a correlation with some of the taps.
   *
   * @param size inputs
   * @param count outputs, which are the source here
   */
  static List<Axis> inputGradient(
      int size, int count, int taps, int stride, int before, int dilation) {
    List<Axis> phases = new ArrayList<>();
    for (int y = 0; y < Math.min(stride, size); y++) {
      int[] offsets = new int[taps];
      int[] order = new int[taps];
      int found = 0;
      for (int t = taps - 1; t >= 0; t--) {
        int reach = y + before - t * dilation;
        if (Math.floorMod(reach, stride) == 0) {
          offsets[found] = Math.floorDiv(reach, stride);
          order[found++] = t;
        }
      }
      phases.add(
          new Axis(
              count,
              Math.ceilDiv(size - y, stride),
              1,
              Arrays.copyOf(offsets, found),
              Arrays.copyOf(order, found),
              y,
              stride));
    }
    return phases;
  }

  /** Zeros needed before the source. */
  int before() {
    return offsets.length == 0 ? 0 : Math.max(0, -offsets[0]);
  }

  /** Size of the source with all zeros that are read. */
  int padded() {
    int last = offsets.length == 0 ? 0 : (count - 1) * step + offsets[offsets.length - 1];
    return before() + Math.max(size, last + 1);
  }

  /** Whether the taps read neighbouring places. */
  boolean dense() {
    for (int t = 1; t < offsets.length; t++) {
      if (offsets[t] != offsets[t - 1] + 1) {
        return false;
      }
    }
    return true;
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
