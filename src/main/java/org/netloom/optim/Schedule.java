package org.netloom.optim;

import java.util.List;

/** The learning rate of each optimiser step, counted from 0. */
public sealed interface Schedule {

  /** The rate of a step. */
  float at(long step);

  /** The same rate always. */
  record Constant(float rate) implements Schedule {
    public Constant {
      positive(rate);
    }

    @Override
    public float at(long step) {
      return rate;
    }
  }

  /**
   * Half a cosine down to zero (Loshchilov and Hutter, "SGDR", 2017, equation 5 with η_min = 0 and
   * no restart), after an optional linear rise: rate·(t + 1)/warmUp for t &lt; warmUp, then
   * rate·½(1 + cos(π·(t − warmUp)/(steps − warmUp))); 0 from {@code steps} on.
   *
   * @param rate the highest rate
   * @param steps steps in all
   * @param warmUp steps of the rise, fewer than all; 0 for none
   */
  record Cosine(float rate, long steps, long warmUp) implements Schedule {
    public Cosine {
      positive(rate);
      if (warmUp < 0 || warmUp > Math.max(0, steps - 1)) {
        throw new IllegalArgumentException(
            "warmUp (%d) must be at least 0 and below steps (%d).".formatted(warmUp, steps));
      }
    }

    @Override
    public float at(long step) {
      if (step < warmUp) {
        return (float) (rate * (step + 1.0) / warmUp);
      }
      if (step >= steps) {
        return 0;
      }
      double done = (double) (step - warmUp) / (steps - warmUp);
      return (float) (rate * 0.5 * (1 + StrictMath.cos(StrictMath.PI * done)));
    }
  }

  /**
   * Multiplied by a factor at each milestone: rate·factorᵏ, k the number of milestones that are at
   * most t.
   */
  record Steps(float rate, List<Long> milestones, float factor) implements Schedule {
    public Steps {
      positive(rate);
      positive(factor);
      milestones = List.copyOf(milestones);
    }

    @Override
    public float at(long step) {
      double value = rate;
      for (long milestone : milestones) {
        value *= step >= milestone ? factor : 1;
      }
      return (float) value;
    }
  }

  /**
   * Multiplied by a factor after every period: rate·factorᵏ, k = ⌊t/period⌋.
   *
   * @param period steps, for example those of an epoch
   */
  record Exponential(float rate, float factor, long period) implements Schedule {
    public Exponential {
      positive(rate);
      positive(factor);
      if (period < 1) {
        throw new IllegalArgumentException("period (%d) must be at least 1.".formatted(period));
      }
    }

    @Override
    public float at(long step) {
      return (float) (rate * StrictMath.pow(factor, Math.floorDiv(step, period)));
    }
  }

  private static void positive(float value) {
    if (!(value > 0) || Float.isInfinite(value)) {
      throw new IllegalArgumentException(
          "A learning rate or factor (%s) must be above 0 and finite.".formatted(value));
    }
  }
}
