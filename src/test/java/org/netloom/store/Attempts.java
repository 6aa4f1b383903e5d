package org.netloom.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

/** Made-up attempts over architectures of the quick-start space. */
public final class Attempts {
  public static final String PROTOCOL = "predicted (BN batch statistics, batch 64)";

  private Attempts() {}

  /** So many different architectures. */
  public static List<DeepNetsArchitecture> architectures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    List<DeepNetsArchitecture> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      DeepNetsArchitecture next = sampler.sample(random);
      if (!drawn.contains(next)) {
        drawn.add(next);
      }
    }
    return drawn;
  }

  /** One generation of scored, some rejected and failed attempts. */
  static List<CandidateRecord> generation(int number, int size, long timing) {
    SplittableRandom random = new SplittableRandom(number);
    SplittableRandom clock = new SplittableRandom(timing);
    List<CandidateRecord> attempts = new ArrayList<>();
    for (DeepNetsArchitecture architecture : architectures(size, number)) {
      int index = number * size + attempts.size();
      attempts.add(
          new CandidateRecord(
              index,
              number,
              architecture,
              result(index, random),
              index % 11 == 5,
              clock.nextDouble()));
    }
    return attempts;
  }

  private static EvaluationResult result(int index, SplittableRandom random) {
    long macs = random.nextLong(1_000_000, 50_000_000);
    if (index % 7 == 3) {
      return new Rejected("macs <= 6000000", Long.toString(macs), random.nextDouble(), macs, 9000);
    }
    if (index % 10 == 6) {
      return new Failed("logits hold NaN, \"conv1\" first,\nthen the head");
    }
    return new Scored(random.nextDouble(), 3 * random.nextDouble(), macs, macs / 30, PROTOCOL);
  }
}
