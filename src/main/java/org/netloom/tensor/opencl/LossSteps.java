package org.netloom.tensor.opencl;

import org.netloom.tensor.Loss;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Cross-entropy and its gradient. */
final class LossSteps {
  private LossSteps() {}

  static void write(Loss op, Plan.Step s, Code code) {
    switch (op) {
      case Loss.CrossEntropy f -> {
        Shape logits = s.inShape(0);
        int n = logits.side(0);
        int losses = code.temporary(n);
        code.pass(
            Op.CROSS_ENTROPY,
            n,
            logits.side(1),
            code.at(s.in()[0]),
            code.at(s.in()[1]),
            code.at(s.out()[1]),
            losses,
            code.number(f.smoothing()));
        code.pass(Op.TOTAL, n, losses, code.at(s.out()[0]), n);
      }
      case Loss.CrossEntropyGradient f ->
          code.pass(
              Op.CROSS_ENTROPY_GRADIENT,
              s.inShape(1).side(0),
              s.inShape(1).side(1),
              code.at(s.in()[0]),
              code.at(s.in()[1]),
              code.at(s.in()[2]),
              code.at(s.out()[0]),
              code.number(f.smoothing()));
    }
  }
}
