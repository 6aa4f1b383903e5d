package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.data.Augmentation;
import org.netloom.data.Batches;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;

/**
 * The steps of a training run: which images and which architectures step t sees. Architectures are
 * drawn from a space, held-out ones excepted. Step t depends on (seed, t) and the trainer's state
 * only, so a resumed run gives the bytes of an uninterrupted one.
 */
final class TrainingSteps {
  private static final long ARCHITECTURES = 0x6A09E667F3BCC908L;

  private final GhnTrainer trainer;
  private final GhnTraining training;
  private final Sampler sampler;
  private final Batches batches;
  private final int batch;
  private final float[] images;
  private final float[] labels;
  private int[] order = new int[0];
  private int orderEpoch = -1;

  /**
   * What one step gave.
   *
   * @param loss mean cross-entropy of its networks, in nats; not finite if the step was skipped
   */
  record Outcome(double loss, float learningRate, float gradientNorm) {}

  TrainingSteps(GhnTrainer trainer, GhnTraining training, Sampler sampler, ImageSet train) {
    this.trainer = trainer;
    this.training = training;
    this.sampler = sampler.where(architecture -> !HoldOut.contains(architecture));
    this.batches =
        Batches.of(
            train,
            Normalisation.of(train),
            training.augment() ? Augmentation.standard(training.seed()) : Augmentation.none());
    this.batch = Math.min(training.batch(), train.size());
    this.images = new float[batch * train.imageBytes()];
    this.labels = new float[batch];
  }

  /** Runs step t (from 0). A loss that is not finite changes nothing. */
  Outcome step(int t) throws InterruptedException {
    int perEpoch = batches.size() / batch;
    int epoch = t / perEpoch;
    if (orderEpoch != epoch) {
      order = Batches.permutation(batches.size(), training.seed(), epoch);
      orderEpoch = epoch;
    }
    int from = t % perEpoch * batch;
    batches.fill(order, from, from + batch, epoch, images, labels);
    SplittableRandom random = new SplittableRandom(training.seed() * 0x9E3779B97F4A7C15L + t);
    List<ComputationalGraph> networks = new ArrayList<>();
    long known = training.architectures(t);
    for (int i = 0; i < Math.min(known, training.metaBatch()); i++) {
      networks.add(GraphBuilder.build(draw(known, random)));
    }
    float[] losses = trainer.accumulate(networks, images, labels, batch, random.nextLong());
    double mean = 0;
    for (float loss : losses) {
      mean += loss / losses.length;
    }
    float rate = training.rate(t);
    if (!Double.isFinite(mean)) {
      return new Outcome(mean, rate, Float.NaN);
    }
    trainer.apply(rate);
    return new Outcome(mean, rate, trainer.gradientNorm());
  }

  /** One of the architectures that this step may see, each as likely as the others. */
  private DeepNetsArchitecture draw(long known, SplittableRandom random) {
    long which = random.nextLong(known);
    return sampler.sample(new SplittableRandom(ARCHITECTURES ^ training.seed() + which));
  }
}
