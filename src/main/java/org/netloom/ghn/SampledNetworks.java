package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;

/** Networks drawn from a space, held-out ones excepted: the group at place t is that of step t. */
public final class SampledNetworks implements TrainingNetworks {
  private static final long ARCHITECTURES = 0x6A09E667F3BCC908L;

  private final GhnTraining training;
  private final Sampler sampler;

  /** Networks of a training. */
  public SampledNetworks(GhnTraining training, Sampler sampler) {
    this.training = training;
    this.sampler = sampler.where(architecture -> !HoldOut.contains(architecture));
  }

  @Override
  public Group group(long place) {
    SplittableRandom random = new SplittableRandom(training.seed() * 0x9E3779B97F4A7C15L + place);
    List<ComputationalGraph> networks = new ArrayList<>();
    long known = training.architectures(place);
    for (int i = 0; i < Math.min(known, training.metaBatch()); i++) {
      networks.add(GraphBuilder.build(draw(known, random)));
    }
    return new Group(networks, random.nextLong(), place + 1);
  }

  @Override
  public boolean retries() {
    return false;
  }

  /** One of the architectures that this step may see, each as likely as the others. */
  private DeepNetsArchitecture draw(long known, SplittableRandom random) {
    long which = random.nextLong(known);
    return sampler.sample(new SplittableRandom(ARCHITECTURES ^ training.seed() + which));
  }
}
