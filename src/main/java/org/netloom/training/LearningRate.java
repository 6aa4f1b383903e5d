package org.netloom.training;

import java.util.Locale;
import org.netloom.optim.Schedule;

/**
 * The learning rate over a run.
 *
 * @param first rate of the first step
 * @param form how it changes
 * @param factor what {@link Form#EXPONENTIAL} multiplies it by after each epoch; 1 otherwise
 */
public record LearningRate(float first, Form form, float factor) {

  /** How a rate changes. */
  public enum Form {
    /** Half a cosine over all steps, to 0. */
    COSINE,
    /** Multiplied by a factor after each epoch. */
    EXPONENTIAL,
    /** The same always. */
    CONSTANT;

    /** The name in files and on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the ranges. */
  public LearningRate {
    if (!(first > 0) || Float.isInfinite(first)) {
      throw new IllegalArgumentException("learning rate (%s) must be above 0.".formatted(first));
    }
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          "factor (%s) must be above 0 and at most 1.".formatted(factor));
    }
    if (form != Form.EXPONENTIAL && factor != 1) {
      throw new IllegalArgumentException(
          "factor (%s) belongs to the schedule exponential, not to %s."
              .formatted(factor, form.label()));
    }
  }

  /** A rate that falls to 0 by half a cosine. */
  public static LearningRate cosine(float first) {
    return new LearningRate(first, Form.COSINE, 1f);
  }

  /** The same form from another first rate. */
  public LearningRate from(float first) {
    return new LearningRate(first, form, factor);
  }

  /** The rates of all steps. */
  Schedule schedule(int epochs, int stepsPerEpoch) {
    return switch (form) {
      case COSINE -> new Schedule.Cosine(first, (long) epochs * stepsPerEpoch, 0);
      case EXPONENTIAL -> new Schedule.Exponential(first, factor, stepsPerEpoch);
      case CONSTANT -> new Schedule.Constant(first);
    };
  }
}
