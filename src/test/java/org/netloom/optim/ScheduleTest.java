package org.netloom.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aConstantRateStays() {
    Schedule constant = new Schedule.Constant(0.1f);
    assertThat(constant.at(0)).isEqualTo(0.1f).isEqualTo(constant.at(1_000_000));
  }

  @Test
  void aCosineStartsAtItsRateHalvesInTheMiddleAndEndsAtZero() {
    Schedule cosine = new Schedule.Cosine(0.4f, 1000, 0);
    assertThat(cosine.at(0)).isEqualTo(0.4f);
    assertThat(cosine.at(500)).isCloseTo(0.2f, within(1e-7f));
    assertThat(cosine.at(1000)).isZero();
    assertThat(cosine.at(5000)).isZero();
    for (int t = 0; t < 1000; t++) {
      assertThat(cosine.at(t + 1)).isLessThan(cosine.at(t));
      assertThat(cosine.at(t) + cosine.at(1000 - t)).isCloseTo(0.4f, within(1e-6f));
    }
  }

  @Test
  void warmUpRisesInEqualStepsAndTheCosineFollows() {
    Schedule warmed = new Schedule.Cosine(1f, 110, 10);
    for (int t = 0; t < 10; t++) {
      assertThat(warmed.at(t)).isCloseTo((t + 1) / 10f, within(1e-6f));
    }
    Schedule cosine = new Schedule.Cosine(1f, 100, 0);
    for (int t = 10; t < 110; t++) {
      assertThat(warmed.at(t)).isEqualTo(cosine.at(t - 10));
    }
  }

  @Test
  void stepsMultiplyAtEachMilestone() {
    Schedule steps = new Schedule.Steps(1f, List.of(200L, 250L), 0.1f);
    assertThat(steps.at(199)).isEqualTo(1f);
    assertThat(steps.at(200)).isCloseTo(0.1f, within(1e-8f));
    assertThat(steps.at(249)).isCloseTo(0.1f, within(1e-8f));
    assertThat(steps.at(250)).isCloseTo(0.01f, within(1e-8f));
  }

  /** Against torch.optim.lr_scheduler.StepLR(step_size=1, gamma=0.97) of torch 1.13. */
  @Test
  void anExponentialRateFallsAfterEachPeriod() {
    Schedule falling = new Schedule.Exponential(0.1f, 0.97f, 7);
    assertThat(falling.at(0)).isEqualTo(0.1f).isEqualTo(falling.at(6));
    assertThat(falling.at(7)).isCloseTo(0.097f, within(1e-8f));
    assertThat(falling.at(7 * 10 + 3)).isCloseTo(0.0737424126894928f, within(1e-7f));
    assertThat(falling.at(7 * 249)).isCloseTo(5.083488346347192e-05f, within(1e-9f));
  }

  @Test
  void impossibleNumbersAreNamed() {
    assertThatThrownBy(() -> new Schedule.Constant(0)).hasMessageContaining("(0.0)");
    assertThatThrownBy(() -> new Schedule.Cosine(1, 10, 10))
        .hasMessageContaining("warmUp (10)", "steps (10)");
    assertThatThrownBy(() -> new Schedule.Steps(Float.NaN, List.of(), 1))
        .hasMessageContaining("(NaN)");
    assertThatThrownBy(() -> new Schedule.Exponential(1, 0.9f, 0))
        .hasMessageContaining("period (0)");
  }
}
