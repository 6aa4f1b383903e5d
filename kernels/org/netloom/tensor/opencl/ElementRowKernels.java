package org.netloom.tensor.opencl;

/**
 * Common element-wise operations for processors: an item's stretch is one plain loop, which a
 * compiler turns into vectors.
 */
abstract class ElementRowKernels extends ElementKernels {

  /** {@link ElementKernels#apply}. */
  void applyRows(int q) {
    if (spread != 0 || p[q + 2] != 0) {
      apply(q);
    } else {
      float[] xs = memory(p[q + 3]);
      int x = inside(p[q + 3]);
      float[] ys = memory(p[q + 4]);
      int y = inside(p[q + 4]);
      int end = end(p[q + 1]);
      for (int i = first(p[q + 1]); i < end; i++) {
        float v = xs[x + i];
        if (v <= 0f) {
          v = 0f;
        }
        ys[y + i] = v;
      }
    }
  }

  /** {@link ElementKernels#applyGradient}. */
  void applyRowsGradient(int q) {
    if (spread != 0 || p[q + 2] != 0) {
      applyGradient(q);
    } else {
      float[] gys = memory(p[q + 3]);
      int gy = inside(p[q + 3]);
      float[] xs = memory(p[q + 4]);
      int x = inside(p[q + 4]);
      float[] gxs = memory(p[q + 5]);
      int gx = inside(p[q + 5]);
      int end = end(p[q + 1]);
      for (int i = first(p[q + 1]); i < end; i++) {
        float slope = 0f;
        if (xs[x + i] > 0f) {
          slope = 1f;
        }
        gxs[gx + i] = gys[gy + i] * slope;
      }
    }
  }

  /** {@link ElementKernels#add}. */
  void addRows(int q) {
    if (spread != 0 || p[q + 3] != 2) {
      add(q);
    } else {
      float[] ys = memory(p[q + 2]);
      int y = inside(p[q + 2]);
      float[] as = memory(p[q + 4]);
      int a = inside(p[q + 4]);
      float[] bs = memory(p[q + 5]);
      int b = inside(p[q + 5]);
      int end = end(p[q + 1]);
      for (int i = first(p[q + 1]); i < end; i++) {
        ys[y + i] = as[a + i] + bs[b + i];
      }
    }
  }

  /**
   * The values of {@link LayoutKernels#move} row by row, each without a division for every value.
   */
  void moveRows(int q, int scatter) {
    int n = p[q + 1];
    int b = p[q + 2];
    int c = p[q + 3];
    int d = p[q + 4];
    int apart = p[q + 9];
    float[] xs = memory(p[q + 5]);
    float[] ys = memory(p[q + 10]);
    int x = inside(p[q + 5]);
    int y = inside(p[q + 10]);
    int end = end(n);
    int stop = 0;
    for (int i = first(n); i < end; i = stop) {
      int row = i / d;
      int plane = row / c;
      int from = plane / b * p[q + 6] + plane % b * p[q + 7] + row % c * p[q + 8];
      stop = min(end, (row + 1) * d);
      int near = x + i;
      int far = y + from + (i - row * d) * apart;
      if (scatter == 0) {
        near = x + from + (i - row * d) * apart;
        far = y + i;
      }
      if (apart == 1) {
        for (int k = 0; k < stop - i; k++) {
          ys[far + k] = xs[near + k];
        }
      } else if (scatter != 0) {
        for (int k = 0; k < stop - i; k++) {
          ys[far + k * apart] = xs[near + k];
        }
      } else {
        for (int k = 0; k < stop - i; k++) {
          ys[far + k] = xs[near + k * apart];
        }
      }
    }
  }
}
