package org.netloom.space;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.config.InputException;

/**
 * Draws architectures as the DeepNets-1M generator does: every choice uniformly over its values,
 * drawn again if a rule of {@link DeepNetsRules} is broken.
 */
public final class Sampler {
  private static final int MOST_DRAWS = 100_000;

  private final Encoding encoding;
  private final Predicate<DeepNetsArchitecture> wanted;

  /** A sampler of all of a space. */
  public Sampler(SearchSpace space) {
    this(Encoding.of(space), architecture -> true);
  }

  private Sampler(Encoding encoding, Predicate<DeepNetsArchitecture> wanted) {
    this.encoding = encoding;
    this.wanted = wanted;
  }

  /** This sampler restricted to some architectures, for example {@code HoldOut::contains}. */
  public Sampler where(Predicate<DeepNetsArchitecture> wanted) {
    return new Sampler(encoding, this.wanted.and(wanted));
  }

  /**
   * One architecture.
   *
   * @throws InputException if 100,000 draws gave none
   */
  public DeepNetsArchitecture sample(RandomGenerator random) {
    for (int i = 0; i < MOST_DRAWS; i++) {
      DeepNetsArchitecture drawn = encoding.decodeWithoutRepair(encoding.random(random));
      if (DeepNetsRules.violation(drawn).isEmpty() && wanted.test(drawn)) {
        return drawn;
      }
    }
    throw new InputException(
        "The search space gave no usable architecture in (%d) draws.".formatted(MOST_DRAWS)
            + "\n  Maybe its constraints leave nothing, or nearly nothing?");
  }
}
