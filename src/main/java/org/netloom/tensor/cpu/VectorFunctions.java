package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.netloom.tensor.Elementwise.Function;

/** Element-wise functions and their gradients over whole vectors of an array. */
final class VectorFunctions {
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float INV_SQRT_2PI = (float) (1 / Math.sqrt(2 * Math.PI));

  private VectorFunctions() {}

  /** y = f(x) over {@code size} values, a multiple of the vector length. */
  static void apply(Function f, float[] a, int x, int y, int size) {
    if (f == Function.RELU) {
      for (int i = 0; i < size; i += Simd.WIDE_LANES) {
        FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
        v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(a, y + i);
      }
      return;
    }
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      switch (f) {
        case RELU, RELU6 -> v.max(0f).min(6f).intoArray(a, y + i);
        case GELU -> VectorMath.erf(v.mul(SQRT_HALF)).add(1f).mul(v.mul(0.5f)).intoArray(a, y + i);
        case HARD_SWISH -> v.add(3f).max(0f).min(6f).mul(v).mul(1f / 6).intoArray(a, y + i);
        case HARD_SIGMOID -> v.add(3f).max(0f).min(6f).mul(1f / 6).intoArray(a, y + i);
        case SIGMOID -> VectorMath.sigmoid(v).intoArray(a, y + i);
        case SILU -> VectorMath.sigmoid(v).mul(v).intoArray(a, y + i);
        case TANH -> VectorMath.tanh(v).intoArray(a, y + i);
        case NORM_GAIN -> VectorMath.sigmoid(v.mul(0.5f)).mul(2f).intoArray(a, y + i);
        case SMALL_TANH -> VectorMath.tanh(v.mul(0.2f)).intoArray(a, y + i);
      }
    }
  }

  /** ∂x = ∂y·f′(x) over {@code size} values, a multiple of the vector length. */
  static void gradient(Function f, float[] a, int gy, int x, int gx, int size) {
    if (f == Function.RELU) {
      FloatVector zero = FloatVector.zero(Simd.WIDE);
      for (int i = 0; i < size; i += Simd.WIDE_LANES) {
        FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
        zero.blend(FloatVector.fromArray(Simd.WIDE, a, gy + i), v.compare(VectorOperators.GT, 0f))
            .intoArray(a, gx + i);
      }
      return;
    }
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector zero = FloatVector.zero(Simd.WIDE);
      switch (f) {
        case RELU, RELU6 ->
            zero.blend(g, v.compare(VectorOperators.GT, 0f).and(v.compare(VectorOperators.LT, 6f)))
                .intoArray(a, gx + i);
        case GELU -> {
          FloatVector density = VectorMath.exp(v.mul(v).mul(-0.5f)).mul(v).mul(INV_SQRT_2PI);
          VectorMath.erf(v.mul(SQRT_HALF))
              .add(1f)
              .mul(0.5f)
              .add(density)
              .mul(g)
              .intoArray(a, gx + i);
        }
        case HARD_SWISH ->
            v.mul(1f / 3)
                .add(0.5f)
                .blend(1f, v.compare(VectorOperators.GE, 3f))
                .blend(0f, v.compare(VectorOperators.LE, -3f))
                .mul(g)
                .intoArray(a, gx + i);
        case HARD_SIGMOID ->
            zero.blend(
                    g.mul(1f / 6),
                    v.compare(VectorOperators.GT, -3f).and(v.compare(VectorOperators.LT, 3f)))
                .intoArray(a, gx + i);
        case SIGMOID -> bell(VectorMath.sigmoid(v)).mul(g).intoArray(a, gx + i);
        case SILU -> {
          FloatVector s = VectorMath.sigmoid(v);
          s.mul(s.neg().add(1f).mul(v).add(1f)).mul(g).intoArray(a, gx + i);
        }
        case TANH -> {
          FloatVector t = VectorMath.tanh(v);
          t.mul(t).neg().add(1f).mul(g).intoArray(a, gx + i);
        }
        case NORM_GAIN -> bell(VectorMath.sigmoid(v.mul(0.5f))).mul(g).intoArray(a, gx + i);
        case SMALL_TANH -> {
          FloatVector t = VectorMath.tanh(v.mul(0.2f));
          t.mul(t).neg().add(1f).mul(0.2f).mul(g).intoArray(a, gx + i);
        }
      }
    }
  }

  /** s·(1 − s). */
  private static FloatVector bell(FloatVector s) {
    return s.neg().add(1f).mul(s);
  }
}
