package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Element-wise parts of a graph sweep over rows padded to whole vectors. */
final class SweepVectors {
  private static final int L = Simd.WIDE_LANES;

  private SweepVectors() {}

  /** y += factor·x. */
  static void add(float factor, float[] x, int at, float[] y, int to, int width) {
    for (int j = 0; j < width; j += L) {
      FloatVector.fromArray(Simd.WIDE, x, at + j)
          .fma(
              FloatVector.broadcast(Simd.WIDE, factor), FloatVector.fromArray(Simd.WIDE, y, to + j))
          .intoArray(y, to + j);
    }
  }

  /** {@link #add} of {@code size} values that nothing pads. */
  static void addExact(float factor, float[] x, int at, float[] y, int to, int size) {
    for (int j = 0; j < size; j += L) {
      Simd.load(x, at + j, size - j)
          .fma(
              FloatVector.broadcast(Simd.WIDE, factor), FloatVector.fromArray(Simd.WIDE, y, to + j))
          .intoArray(y, to + j);
    }
  }

  /** x = max(x, 0). */
  static void rectify(float[] x, int at, int width) {
    for (int j = 0; j < width; j += L) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, x, at + j);
      v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(x, at + j);
    }
  }

  /** g = 0 where y, the output of a ReLU, is not positive. */
  static void stop(float[] y, int at, float[] g, int to, int width) {
    FloatVector zero = FloatVector.zero(Simd.WIDE);
    for (int j = 0; j < width; j += L) {
      zero.blend(
              FloatVector.fromArray(Simd.WIDE, g, to + j),
              FloatVector.fromArray(Simd.WIDE, y, at + j).compare(VectorOperators.GT, 0f))
          .intoArray(g, to + j);
    }
  }

  /** y = σ(p + q). */
  static void gate(float[] x, int p, int q, int y, int width) {
    for (int j = 0; j < width; j += L) {
      VectorMath.sigmoid(
              FloatVector.fromArray(Simd.WIDE, x, p + j)
                  .add(FloatVector.fromArray(Simd.WIDE, x, q + j)))
          .intoArray(x, y + j);
    }
  }

  /** n = tanh(p + r·q), then h' = (1 − z)·n + z·h. */
  static void state(float[] x, int p, int q, int r, int z, int n, int old, int now, int width) {
    for (int j = 0; j < width; j += L) {
      FloatVector candidate =
          VectorMath.tanh(
              FloatVector.fromArray(Simd.WIDE, x, r + j)
                  .fma(
                      FloatVector.fromArray(Simd.WIDE, x, q + j),
                      FloatVector.fromArray(Simd.WIDE, x, p + j)));
      candidate.intoArray(x, n + j);
      FloatVector update = FloatVector.fromArray(Simd.WIDE, x, z + j);
      FloatVector.fromArray(Simd.WIDE, x, old + j)
          .sub(candidate)
          .fma(update, candidate)
          .intoArray(x, now + j);
    }
  }

  /**
   * Gradients of the gates' sums from g = ∂h': reset, update and candidate of the input side at
   * {@code gi}, the candidate of the hidden side at {@code gn}; {@code before} = g·z.
   */
  static void gradients(
      float[] x,
      int g,
      int r,
      int z,
      int n,
      int hn,
      int old,
      int gr,
      int gz,
      int gc,
      int gn,
      int before,
      int width) {
    for (int j = 0; j < width; j += L) {
      FloatVector grad = FloatVector.fromArray(Simd.WIDE, x, g + j);
      FloatVector reset = FloatVector.fromArray(Simd.WIDE, x, r + j);
      FloatVector update = FloatVector.fromArray(Simd.WIDE, x, z + j);
      FloatVector candidate = FloatVector.fromArray(Simd.WIDE, x, n + j);
      FloatVector keep = update.neg().add(1f);
      FloatVector c = candidate.mul(candidate).neg().add(1f).mul(keep).mul(grad);
      c.intoArray(x, gc + j);
      c.mul(reset).intoArray(x, gn + j);
      c.mul(FloatVector.fromArray(Simd.WIDE, x, hn + j))
          .mul(reset)
          .mul(reset.neg().add(1f))
          .intoArray(x, gr + j);
      FloatVector.fromArray(Simd.WIDE, x, old + j)
          .sub(candidate)
          .mul(update)
          .mul(keep)
          .mul(grad)
          .intoArray(x, gz + j);
      grad.mul(update).intoArray(x, before + j);
    }
  }
}
