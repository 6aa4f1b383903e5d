package org.netloom.tensor.cpu;

/** Buffers of one kernel, one set per thread; they grow and are never given back. */
final class Scratch {
  private final ThreadLocal<float[][]> buffers;

  Scratch(int count) {
    this.buffers = ThreadLocal.withInitial(() -> new float[count][0]);
  }

  /** A buffer of at least this many floats with undefined contents. */
  float[] get(int which, int size) {
    float[][] all = buffers.get();
    if (all[which].length < size) {
      all[which] = new float[size];
    }
    return all[which];
  }
}
