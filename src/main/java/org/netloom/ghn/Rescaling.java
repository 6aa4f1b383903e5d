package org.netloom.ghn;

import java.util.List;

/**
 * The fixed rescaling of predicted tensors with at least two sides (Knyazev et al. 2021, section
 * 3.3): p·√(β/fan-in).
 */
final class Rescaling {
  private Rescaling() {}

  /**
   * √(β/fan-in); β = 1 for depthwise and 1×k kernels, else 2; positional encodings stay as they
   * are, and so does everything where rescaling is off.
   */
  static float factor(GhnConfig config, List<Integer> shape) {
    int rank = shape.size();
    boolean positions = rank > 2 && shape.get(0) == 1 && shape.get(2) >= 11;
    if (!config.rescale() || positions) {
      return 1f;
    }
    long fanIn =
        shape.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    boolean wide = rank > 3 && shape.get(2) < shape.get(3);
    boolean single = rank > 2 && (shape.get(1) == 1 || wide);
    return (float) Math.sqrt((single ? 1.0 : 2.0) / fanIn);
  }
}
