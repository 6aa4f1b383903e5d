package org.netloom.tensor.cpu;

/** Buffers of one kernel, one set per thread; they grow and are never given back. */
final class Scratch {
  private final ThreadLocal<float[][]> floats;
  private final ThreadLocal<double[][]> doubles = ThreadLocal.withInitial(() -> new double[1][0]);

  Scratch(int count) {
    this.floats = ThreadLocal.withInitial(() -> new float[count][0]);
  }

  /** A buffer of at least this many floats with undefined contents. */
  float[] get(int which, int size) {
    float[][] all = floats.get();
    if (all[which].length < size) {
      all[which] = new float[size];
    }
    return all[which];
  }

  /** The thread's one buffer of doubles, of at least this size, with undefined contents. */
  double[] doubles(int size) {
    double[][] all = doubles.get();
    if (all[0].length < size) {
      all[0] = new double[size];
    }
    return all[0];
  }
}
