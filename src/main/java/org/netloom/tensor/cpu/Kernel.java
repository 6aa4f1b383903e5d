package org.netloom.tensor.cpu;

/** One operation at fixed places of an arena, run as often as wanted, by one thread at a time. */
interface Kernel {
  void run(float[] arena);
}
