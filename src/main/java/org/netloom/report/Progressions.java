package org.netloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.ranking.Hypervolume;
import org.netloom.ranking.ReferenceBox;
import org.netloom.report.ReportData.Generation;
import org.netloom.store.CandidateRecord;
import org.netloom.store.RunFacts;

/** How a stream of attempts went on, generation by generation. */
final class Progressions {
  private final ReferenceBox box;

  /** For the search and the baseline, which share one reference box. */
  Progressions(RunFacts facts, List<CandidateRecord> search, List<CandidateRecord> baseline) {
    ReferenceBox given = facts.box();
    this.box =
        given != null
            ? given
            : new ReferenceBox(
                1.0 / Math.max(2, facts.classes()),
                Stream.concat(search.stream(), baseline.stream())
                    .mapToLong(a -> a.result() instanceof Scored scored ? scored.macs() : 1)
                    .max()
                    .orElse(1));
  }

  /** The state after each generation: distinct candidates measured, best accuracy, hypervolume. */
  List<Generation> of(List<CandidateRecord> attempts) {
    List<Generation> generations = new ArrayList<>();
    List<Scored> scored = new ArrayList<>();
    int measured = 0;
    double best = Double.NaN;
    for (int i = 0; i < attempts.size(); i++) {
      CandidateRecord attempt = attempts.get(i);
      if (!attempt.cached() && !(attempt.result() instanceof Rejected)) {
        measured++;
        if (attempt.result() instanceof Scored result) {
          scored.add(result);
          best = Double.isNaN(best) ? result.accuracy() : Math.max(best, result.accuracy());
        }
      }
      boolean last =
          i + 1 == attempts.size() || attempts.get(i + 1).generation() != attempt.generation();
      if (last) {
        generations.add(new Generation(measured, best, Hypervolume.of(box, scored)));
      }
    }
    return generations;
  }
}
