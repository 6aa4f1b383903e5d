package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.netloom.tensor.Elementwise.Function;

/**
 * Element-wise functions and their gradients over whole vectors of an array. Each has a loop of its
 * own: there is a limit to what the compiler inlines into one method, and beyond it vectors go to
 * the heap.
 */
final class VectorFunctions {
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float INV_SQRT_2PI = (float) (1 / Math.sqrt(2 * Math.PI));

  private VectorFunctions() {}

  /** y = f(x) over {@code size} values, a multiple of the vector length. */
  static void apply(Function f, float[] a, int x, int y, int size) {
    switch (f) {
      case RELU -> relu(a, x, y, size);
      case RELU6 -> relu6(a, x, y, size);
      case GELU -> gelu(a, x, y, size);
      case HARD_SWISH -> hardSwish(a, x, y, size);
      case HARD_SIGMOID -> hardSigmoid(a, x, y, size);
      case SIGMOID -> sigmoid(1f, 1f, a, x, y, size);
      case SILU -> silu(a, x, y, size);
      case TANH -> tanh(1f, a, x, y, size);
      case NORM_GAIN -> sigmoid(0.5f, 2f, a, x, y, size);
      case SMALL_TANH -> tanh(0.2f, a, x, y, size);
    }
  }

  /** ∂x = ∂y·f′(x) over {@code size} values, a multiple of the vector length. */
  static void gradient(Function f, float[] a, int gy, int x, int gx, int size) {
    switch (f) {
      case RELU -> ofRelu(a, gy, x, gx, size);
      case RELU6 -> ofRelu6(a, gy, x, gx, size);
      case GELU -> ofGelu(a, gy, x, gx, size);
      case HARD_SWISH -> ofHardSwish(a, gy, x, gx, size);
      case HARD_SIGMOID -> ofHardSigmoid(a, gy, x, gx, size);
      case SIGMOID -> ofSigmoid(1f, a, gy, x, gx, size);
      case SILU -> ofSilu(a, gy, x, gx, size);
      case TANH -> ofTanh(1f, a, gy, x, gx, size);
      case NORM_GAIN -> ofSigmoid(0.5f, a, gy, x, gx, size);
      case SMALL_TANH -> ofTanh(0.2f, a, gy, x, gx, size);
    }
  }

  private static void relu(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(a, y + i);
    }
  }

  private static void relu6(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      v.max(0f).min(6f).intoArray(a, y + i);
    }
  }

  private static void gelu(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      VectorMath.erf(v.mul(SQRT_HALF)).add(1f).mul(v.mul(0.5f)).intoArray(a, y + i);
    }
  }

  private static void hardSwish(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      v.add(3f).max(0f).min(6f).mul(v).mul(1f / 6).intoArray(a, y + i);
    }
  }

  private static void hardSigmoid(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      v.add(3f).max(0f).min(6f).mul(1f / 6).intoArray(a, y + i);
    }
  }

  /** out·σ(in·x). */
  private static void sigmoid(float in, float out, float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      VectorMath.sigmoid(v.mul(in)).mul(out).intoArray(a, y + i);
    }
  }

  private static void silu(float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      VectorMath.sigmoid(v).mul(v).intoArray(a, y + i);
    }
  }

  /** tanh(in·x). */
  private static void tanh(float in, float[] a, int x, int y, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      VectorMath.tanh(v.mul(in)).intoArray(a, y + i);
    }
  }

  private static void ofRelu(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector.zero(Simd.WIDE).blend(g, v.compare(VectorOperators.GT, 0f)).intoArray(a, gx + i);
    }
  }

  private static void ofRelu6(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector.zero(Simd.WIDE)
          .blend(g, v.compare(VectorOperators.GT, 0f).and(v.compare(VectorOperators.LT, 6f)))
          .intoArray(a, gx + i);
    }
  }

  private static void ofGelu(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector density = VectorMath.exp(v.mul(v).mul(-0.5f)).mul(v).mul(INV_SQRT_2PI);
      VectorMath.erf(v.mul(SQRT_HALF)).add(1f).mul(0.5f).add(density).mul(g).intoArray(a, gx + i);
    }
  }

  private static void ofHardSwish(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      v.mul(1f / 3)
          .add(0.5f)
          .blend(1f, v.compare(VectorOperators.GE, 3f))
          .blend(0f, v.compare(VectorOperators.LE, -3f))
          .mul(g)
          .intoArray(a, gx + i);
    }
  }

  private static void ofHardSigmoid(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector.zero(Simd.WIDE)
          .blend(
              g.mul(1f / 6),
              v.compare(VectorOperators.GT, -3f).and(v.compare(VectorOperators.LT, 3f)))
          .intoArray(a, gx + i);
    }
  }

  /** s·(1 − s) of s = σ(in·x), which is the derivative for in = 1 and for 2·σ(x/2). */
  private static void ofSigmoid(float in, float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector s = VectorMath.sigmoid(v.mul(in));
      s.neg().add(1f).mul(s).mul(g).intoArray(a, gx + i);
    }
  }

  private static void ofSilu(float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector s = VectorMath.sigmoid(v);
      s.mul(s.neg().add(1f).mul(v).add(1f)).mul(g).intoArray(a, gx + i);
    }
  }

  private static void ofTanh(float in, float[] a, int gy, int x, int gx, int size) {
    for (int i = 0; i < size; i += Simd.WIDE_LANES) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      FloatVector g = FloatVector.fromArray(Simd.WIDE, a, gy + i);
      FloatVector t = VectorMath.tanh(v.mul(in));
      t.mul(t).neg().add(1f).mul(in).mul(g).intoArray(a, gx + i);
    }
  }
}
