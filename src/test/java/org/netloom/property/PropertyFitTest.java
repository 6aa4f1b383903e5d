package org.netloom.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;
import org.netloom.property.PropertyFit.Sample;
import org.netloom.ranking.KendallTau;

class PropertyFitTest {
  private static final Target PERCENT = new Target("accuracy", Target.Form.PERCENT);
  private static final Sample NONE = new Sample(List.of(), new double[0]);

  /** A smooth function of four numbers, from 0 to 1. */
  private static Sample sample(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> embeddings = new ArrayList<>();
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      float[] row = new float[4];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (2 * random.nextDouble() - 1);
      }
      embeddings.add(row);
      values[i] = 0.5 + 0.2 * row[0] + 0.2 * Math.sin(2 * row[1]);
    }
    return new Sample(embeddings, values);
  }

  private static PropertyFit fit(Sample training, Sample test, long seed, int threads)
      throws InterruptedException {
    return PropertyFit.of(PERCENT, training, test, seed, threads, () -> {});
  }

  @Test
  void whatCanBeLearnedIsAndPredictionsAreRounded() throws InterruptedException {
    Sample test = sample(20, 2);
    AtomicInteger steps = new AtomicInteger();
    PropertyFit fit = PropertyFit.of(PERCENT, sample(40, 1), test, 7, 2, steps::incrementAndGet);
    assertThat(steps.get()).isEqualTo(PropertyFit.steps(4)).isEqualTo(105 * 5);
    assertThat(fit.validation()).isGreaterThan(0.8);
    assertThat(fit.test()).isGreaterThan(0.8);
    assertThat(fit.permutations()).hasSize(5);
    assertThat(fit.heldOut()).hasSize(20);
    assertThat(Arrays.stream(fit.heldOut())).allMatch(p -> p == Math.rint(p));
    int best =
        IntStream.range(0, 5)
            .filter(p -> fit.permutations().get(p).chosen().equals(fit.chosen()))
            .findFirst()
            .orElseThrow();
    assertThat(fit.permutations().get(best).test())
        .isEqualTo(KendallTau.of(fit.heldOut(), test.values()));
  }

  @Test
  void theSeedDecidesAndThreadsDoNot() throws InterruptedException {
    PropertyFit one = fit(sample(30, 1), sample(10, 2), 7, 1);
    PropertyFit two = fit(sample(30, 1), sample(10, 2), 7, 2);
    assertThat(two.permutations()).isEqualTo(one.permutations());
    assertThat(two.heldOut()).isEqualTo(one.heldOut());
    assertThat(two.property().regressor().coefficients())
        .isEqualTo(one.property().regressor().coefficients());
    assertThat(fit(sample(30, 1), sample(10, 2), 8, 2).permutations())
        .isNotEqualTo(one.permutations());
  }

  @Test
  void theModelKnowsTheHeldOutNetworksToo() throws InterruptedException {
    Sample test = sample(10, 2);
    PropertyFit fit = fit(sample(30, 1), test, 7, 2);
    assertThat(fit.property().regressor().vectors())
        .anyMatch(vector -> test.rows().stream().anyMatch(row -> row == vector));
    double[] errors = new double[10];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.abs(fit.property().predict(test.rows().get(i)) - 100 * test.values()[i]);
    }
    assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(1);
  }

  @Test
  void withoutHeldOutNetworksThereIsNoTest() throws InterruptedException {
    PropertyFit fit = fit(sample(10, 1), NONE, 7, 2);
    assertThat(fit.test()).isNaN();
    assertThat(fit.heldOut()).isEmpty();
    assertThat(fit.property().supportVectors()).isPositive();
  }

  @Test
  void tooFewNetworksAndConstantTargetsAreRefused() {
    assertThatThrownBy(() -> fit(sample(9, 1), NONE, 7, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least (10) networks, but there are (9)");
    assertThatThrownBy(() -> fit(sample(10, 1), sample(1, 2), 7, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least (2) held-out networks");
    Sample constant = new Sample(sample(10, 1).rows(), new double[10]);
    assertThatThrownBy(() -> fit(constant, NONE, 7, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'accuracy' is (0.0) for all networks");
    assertThatThrownBy(() -> fit(sample(10, 1), constant, 7, 1))
        .hasMessageContaining("for all held-out networks");
  }

  @Test
  void anInterruptEndsTheFit() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> fit(sample(30, 1), NONE, 7, 2))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theGridIsThePublishedOne() {
    List<HyperParameters> grid = HyperParameters.grid(32);
    assertThat(grid).hasSize(105).doesNotHaveDuplicates();
    assertThat(grid.getFirst()).isEqualTo(new HyperParameters(1, 1.0 / 32, 0.05));
    assertThat(grid.getLast()).isEqualTo(new HyperParameters(1000, 0.5, 0.2));
  }

  @Test
  void constantPredictionsHaveNoOrder() {
    Target plain = Target.parse("time");
    assertThat(CrossValidation.tau(plain, new double[] {2, 2, 2}, new double[] {1, 2, 3})).isZero();
    assertThat(CrossValidation.tau(PERCENT, new double[] {2.1, 1.9}, new double[] {1, 2})).isZero();
    assertThat(CrossValidation.tau(plain, new double[] {2.1, 1.9}, new double[] {1, 2}))
        .isEqualTo(-1);
  }

  @Test
  void aTargetSaysHowItsNumbersAreTakenAndGiven() {
    assertThat(Target.parse("accuracy:percent")).isEqualTo(PERCENT);
    assertThat(PERCENT.taken(0.875)).isEqualTo(87.5);
    assertThat(PERCENT.given(87.6)).isEqualTo(88);
    Target millions = Target.parse("macs:millions");
    assertThat(millions.given(millions.taken(2_500_000))).isEqualTo(2.5);
    assertThat(Target.parse("ms:rounded").given(3.4)).isEqualTo(3);
    assertThat(Target.parse("ms").given(3.4)).isEqualTo(3.4);
    assertThatThrownBy(() -> Target.parse("ms:hours"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'hours'", "plain, rounded, percent, millions");
    assertThatThrownBy(() -> Target.parse(":percent")).isInstanceOf(InputException.class);
  }
}
