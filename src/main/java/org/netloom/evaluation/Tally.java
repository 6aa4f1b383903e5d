package org.netloom.evaluation;

import java.util.Optional;

/** Sums accuracy and cross-entropy over batches of logits, in double precision and fixed order. */
final class Tally {
  private final int classes;
  private long images;
  private long right;
  private double loss;

  Tally(int classes) {
    this.classes = classes;
  }

  /**
   * Adds a batch.
   *
   * @param logits [count, classes]
   * @param labels class indices [count]
   * @return the first value that is not finite, if any; nothing is added then
   */
  Optional<Float> add(float[] logits, float[] labels, int count) {
    for (int i = 0; i < count * classes; i++) {
      if (!Float.isFinite(logits[i])) {
        return Optional.of(logits[i]);
      }
    }
    for (int n = 0; n < count; n++) {
      int row = n * classes;
      int label = (int) labels[n];
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = logits[row + c] > logits[row + best] ? c : best;
      }
      right += best == label ? 1 : 0;
      double largest = logits[row + best];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits[row + c] - largest);
      }
      loss += StrictMath.log(sum) + largest - logits[row + label];
    }
    images += count;
    return Optional.empty();
  }

  /** Fraction classified rightly; of equal logits the first class counts as the answer. */
  double accuracy() {
    return right / (double) images;
  }

  /** Mean cross-entropy in nats. */
  double loss() {
    return loss / images;
  }
}
