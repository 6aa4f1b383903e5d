package org.netloom.search;

import java.util.Locale;
import org.netloom.evaluation.EvaluationResult.Scored;

/** What a search improves. */
public enum Objective {
  /** Fraction of images classified rightly: more is better. */
  ACCURACY {
    @Override
    public double gain(Scored result) {
      return result.accuracy();
    }
  },
  /** Mean cross-entropy: less is better. */
  LOSS {
    @Override
    public double gain(Scored result) {
      return -result.loss();
    }
  },
  /** Multiply-accumulate operations for one image: fewer are better. */
  MACS {
    @Override
    public double gain(Scored result) {
      return -result.macs();
    }
  };

  /** The objective as a number of which more is better. */
  public abstract double gain(Scored result);

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
