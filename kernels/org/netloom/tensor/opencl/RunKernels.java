package org.netloom.tensor.opencl;

/**
 * What the products for processors have in common: which terms of a run are inside the map. Terms
 * of a run are equally far apart, and each {@code p[q + 23]} of them are in one column of the map;
 * the next ones are {@code p[q + 22]} columns further.
 */
abstract class RunKernels extends ProductKernels {

  /** First term of a run that is inside the map; behind the run where none is. */
  int low(int q, int y, int x) {
    int at = 0;
    int next = p[q + 22];
    if (y < 0 || y >= p[q + 11] || next == 0 && (x < 0 || x >= p[q + 12])) {
      at = p[q + 16];
    } else if (next != 0 && x < 0) {
      at = (next - 1 - x) / next * p[q + 23];
    }
    return at;
  }

  /** Behind the last term of a run that is inside the map. */
  int high(int q, int x) {
    int at = p[q + 16];
    int next = p[q + 22];
    if (next != 0) {
      at = max(0, (p[q + 12] - x + next - 1) / next) * p[q + 23];
    }
    return at;
  }

  /** 1 if a term is inside the map, else 0. */
  int within(int e, int low, int high) {
    int result = 0;
    if (e >= low && e < high) {
      result = 1;
    }
    return result;
  }

  /** The next term behind e from which on {@link #within} may change. */
  int border(int e, int low, int high, int end) {
    int result = end;
    if (low > e) {
      result = low;
    } else if (high > e) {
      result = high;
    }
    return result;
  }
}
