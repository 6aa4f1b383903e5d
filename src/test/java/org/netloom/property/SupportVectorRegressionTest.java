package org.netloom.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportVectorRegressionTest {
  private static final int[] BOTH = {0, 1};

  /** Two points at a distance of 2: the kernel between them is exp(−4 γ). */
  private static SupportVectorRegression twoPoints(double first, double second) {
    return new SupportVectorRegression(
        List.of(new float[] {0, 1}, new float[] {0, -1}), new double[] {first, second});
  }

  @Test
  void twoPointsGiveTheSolutionByHand() {
    // Dual: a₁ = −a₂ = a maximises 2a(y₁ − y₂)/2 − 2aε − a²(1 − k), so a = (y₁ − y₂ − 2ε)/(2 − 2k);
    // both points then lie on the edge of the tube and b is the mean of the targets.
    double gamma = 0.1;
    double epsilon = 0.2;
    SupportVectors trained = twoPoints(5, 2).train(BOTH, new HyperParameters(100, gamma, epsilon));
    double k = Math.exp(-4 * gamma);
    double a = (3 - 2 * epsilon) / (2 - 2 * k);
    assertThat(trained.coefficients()).hasSize(2);
    assertThat(trained.coefficients()[0]).isCloseTo(a, within(1e-3));
    assertThat(trained.coefficients()[1]).isCloseTo(-a, within(1e-3));
    assertThat(trained.offset()).isCloseTo(3.5, within(1e-3));
    assertThat(trained.predict(new float[] {0, 1})).isCloseTo(5 - epsilon, within(1e-3));
    assertThat(trained.predict(new float[] {0, -1})).isCloseTo(2 + epsilon, within(1e-3));
    assertThat(trained.predict(new float[] {7, 0})).isCloseTo(3.5, within(1e-3));
  }

  @Test
  void aCoefficientIsBoundedByC() {
    SupportVectors trained = twoPoints(50, 0).train(BOTH, new HyperParameters(1, 0.5, 0.1));
    assertThat(trained.coefficients()).containsExactly(1, -1);
  }

  @Test
  void targetsWithinTheTubeNeedNoSupportVectors() {
    SupportVectors trained = twoPoints(1, 1.1).train(BOTH, new HyperParameters(1, 0.5, 0.1));
    assertThat(trained.coefficients()).isEmpty();
    assertThat(trained.predict(new float[] {3, 4})).isCloseTo(1.05, within(0.051));
  }

  /** From scikit-learn 1.2.1: {@code SVR(C, gamma, epsilon, tol=1e-10).fit(x, y).predict(q)}. */
  @ParameterizedTest
  @CsvSource({
    "10, 0.5, 0.1, 4.466552392525984, 4.8352451755989225, 6.624260237026313",
    "1, 0.05, 0.2, 4.857070354684274, 4.6693571193286605, 4.751593816459546"
  })
  void predictionsAreThoseOfAnotherImplementation(
      double c, double gamma, double epsilon, double first, double second, double third) {
    SupportVectorRegression table = table();
    SupportVectors trained =
        table.train(IntStream.range(0, 12).toArray(), new HyperParameters(c, gamma, epsilon));
    assertThat(trained.predict(new float[] {0, 0, 0})).isCloseTo(first, within(2e-3));
    assertThat(trained.predict(new float[] {0.5f, -0.25f, 1})).isCloseTo(second, within(2e-3));
    assertThat(trained.predict(new float[] {-1, 1, 0.125f})).isCloseTo(third, within(2e-3));
  }

  private static SupportVectorRegression table() {
    List<float[]> rows = new ArrayList<>();
    double[] targets = new double[12];
    for (int i = 0; i < targets.length; i++) {
      float[] row = new float[3];
      for (int j = 0; j < 3; j++) {
        row[j] = (7 * i * (j + 3) + 5 * j) % 17 / 8f - 1;
      }
      rows.add(row);
      targets[i] = 11 * i % 13 * 0.75;
    }
    return new SupportVectorRegression(rows, targets);
  }

  @Test
  void onlyTheRowsAskedForAreLearnedFrom() {
    SupportVectorRegression table = table();
    HyperParameters chosen = new HyperParameters(10, 0.5, 0.1);
    SupportVectors trained = table.train(new int[] {3, 5, 8}, chosen);
    assertThat(trained.vectors()).hasSize(3);
    double[] known = table.predict(trained, new int[] {5, 3});
    double[] actual = table.targets(new int[] {5, 3});
    assertThat(known[0]).isCloseTo(actual[0], within(0.11));
    assertThat(known[1]).isCloseTo(actual[1], within(0.11));
  }

  @Test
  void nothingIsPrinted() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true));
    try {
      table().train(IntStream.range(0, 12).toArray(), new HyperParameters(10, 0.5, 0.1));
    } finally {
      System.setOut(before);
    }
    assertThat(printed.size()).isZero();
  }
}
