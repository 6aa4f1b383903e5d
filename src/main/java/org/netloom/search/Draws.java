package org.netloom.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.space.Sampler;

/** Draws distinct new architectures until enough of them could be measured. */
final class Draws {
  /** Draws for each candidate wanted, after which a generation does with what it has. */
  private static final int MOST_DRAWS = 50;

  private final Campaign campaign;
  private final Sampler sampler;
  private final int wanted;

  Draws(Campaign campaign, SearchProblem problem) {
    this.campaign = campaign;
    this.sampler = new Sampler(problem.space());
    this.wanted = problem.settings().budget().population();
  }

  /** A candidate and what became of it. */
  record Drawn(DeepNetsArchitecture architecture, EvaluationResult result) {}

  /** The candidates of one generation, rejected ones included. */
  List<Drawn> draw(RandomGenerator random) throws InterruptedException {
    List<Drawn> all = new ArrayList<>();
    int draws = 0;
    while (campaign.evaluationsOfGeneration() < wanted
        && campaign.remaining() > 0
        && draws < MOST_DRAWS * wanted) {
      int missing = wanted - campaign.evaluationsOfGeneration();
      Set<DeepNetsArchitecture> fresh = new LinkedHashSet<>();
      while (fresh.size() < missing && draws < MOST_DRAWS * wanted) {
        draws++;
        DeepNetsArchitecture drawn = sampler.sample(random);
        if (!campaign.knows(drawn)) {
          fresh.add(drawn);
        }
      }
      List<DeepNetsArchitecture> proposals = List.copyOf(fresh);
      List<EvaluationResult> results = campaign.attempt(proposals);
      for (int i = 0; i < results.size(); i++) {
        all.add(new Drawn(proposals.get(i), results.get(i)));
      }
    }
    return all;
  }
}
