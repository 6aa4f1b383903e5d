package org.netloom.evaluation;

/** What became of one candidate. */
public sealed interface EvaluationResult
    permits EvaluationResult.Scored, EvaluationResult.Rejected, EvaluationResult.Failed {

  /** Text for the column {@code status}. */
  String status();

  /** Why the candidate has no measurement; empty if it has one. */
  String reason();

  /**
   * A measured candidate.
   *
   * @param accuracy fraction of images classified rightly, 0 to 1
   * @param loss mean cross-entropy in nats over the same images
   * @param macs multiply-accumulate operations for one image
   * @param parameters all trainable parameters
   * @param protocol how the accuracy was measured, for example {@code predicted (BN batch
   *     statistics, batch 64)}
   */
  record Scored(double accuracy, double loss, long macs, long parameters, String protocol)
      implements EvaluationResult {
    public Scored {
      if (!(accuracy >= 0 && accuracy <= 1) || Double.isNaN(loss)) {
        throw new IllegalArgumentException(
            "A measurement needs an accuracy of 0 to 1 and a loss, but has accuracy (%s) and loss"
                    .formatted(accuracy)
                + " (%s).".formatted(loss));
      }
    }

    @Override
    public String status() {
      return "scored";
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * A candidate that breaks a constraint and was therefore not measured.
   *
   * @param constraint the rule, for example {@code macs <= 6000000}
   * @param actual the candidate's own value
   * @param excess how far it is off as a fraction of the limit, above 0: nearer is better
   * @param macs multiply-accumulate operations for one image
   * @param parameters all trainable parameters
   */
  record Rejected(String constraint, String actual, double excess, long macs, long parameters)
      implements EvaluationResult {
    @Override
    public String status() {
      return "rejected";
    }

    @Override
    public String reason() {
      return "breaks " + constraint + " (" + actual + ")";
    }
  }

  /** A candidate whose measurement failed: out of memory, not a number, time-out. */
  record Failed(String reason) implements EvaluationResult {
    @Override
    public String status() {
      return "failed";
    }
  }
}
