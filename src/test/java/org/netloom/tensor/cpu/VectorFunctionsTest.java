package org.netloom.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.tensor.Elementwise.Function;

/** The vector functions against their double-precision formulas, far into both tails. */
final class VectorFunctionsTest {
  private static final int SIZE = 4000;

  /** Arguments from −100 to 100, densest around zero. */
  private static float[] arguments() {
    float[] x = new float[3 * SIZE];
    for (int i = 0; i < SIZE; i++) {
      double t = 2.0 * i / (SIZE - 1) - 1;
      x[i] = (float) (100 * t * t * t);
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreThoseOfTheFormula(Function f) {
    float[] a = arguments();
    VectorFunctions.apply(f, a, 0, SIZE, SIZE);
    for (int i = 0; i < SIZE; i++) {
      double expected = Functions.value(f, a[i]);
      assertThat((double) a[SIZE + i])
          .as("%s(%s)", f, a[i])
          .isCloseTo(expected, within(4e-7 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfTheFormula(Function f) {
    float[] a = arguments();
    Arrays.fill(a, SIZE, 2 * SIZE, 2f);
    VectorFunctions.gradient(f, a, SIZE, 0, 2 * SIZE, SIZE);
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) a[2 * SIZE + i])
          .as("2·%s′(%s)", f, a[i])
          .isCloseTo(2 * Functions.derivative(f, a[i]), within(2e-6));
    }
  }

  @Test
  void notANumberStaysOne() {
    for (Function f : Function.values()) {
      float[] a = new float[2 * Simd.WIDE_LANES];
      a[0] = Float.NaN;
      VectorFunctions.apply(f, a, 0, Simd.WIDE_LANES, Simd.WIDE_LANES);
      assertThat(a[Simd.WIDE_LANES]).as("%s", f).isNaN();
    }
  }
}
