package org.netloom.ranking;

import java.util.Comparator;
import java.util.List;
import org.netloom.evaluation.EvaluationResult.Scored;

/**
 * The part of a reference box that measured candidates dominate in accuracy and MACs (Zitzler and
 * Thiele 1998): 0 for nothing, 1 for a perfect network without cost.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /** The dominated fraction of the box. */
  public static double of(ReferenceBox box, List<Scored> results) {
    List<Scored> front =
        ParetoFront.of(results).stream()
            .filter(r -> r.macs() < box.macs() && r.accuracy() > box.lowest())
            .sorted(Comparator.comparingLong(Scored::macs))
            .toList();
    double area = 0;
    double below = box.lowest();
    for (Scored point : front) {
      double width = (box.macs() - point.macs()) / (double) box.macs();
      area += width * (point.accuracy() - below) / (1 - box.lowest());
      below = point.accuracy();
    }
    return area;
  }
}
