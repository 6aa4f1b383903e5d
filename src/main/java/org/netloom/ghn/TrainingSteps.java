package org.netloom.ghn;

import org.netloom.data.Batches;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;

/**
 * The steps of a training run: which images and which networks step t sees. It depends on (seed,
 * t), the place among the networks and the trainer's state only, so a resumed run gives the bytes
 * of an uninterrupted one.
 */
final class TrainingSteps {
  /** Failures that an epoch may have are its steps divided by this, as published. */
  private static final int STEPS_PER_FAILURE = 50;

  private final GhnTrainer trainer;
  private final GhnTraining training;
  private final TrainingNetworks networks;
  private final Batches batches;
  private final int batch;
  private final float[] images;
  private final float[] labels;
  private int[] order = new int[0];
  private int orderEpoch = -1;
  private Position position = new Position(0, 0);

  /**
   * What one step gave.
   *
   * @param loss mean cross-entropy of its networks, in nats; not finite if nothing was learned
   */
  record Outcome(double loss, float learningRate, float gradientNorm) {}

  /**
   * Where the next step goes on.
   *
   * @param place among the networks
   * @param failures groups of networks in this epoch whose loss was no number
   */
  record Position(long place, int failures) {}

  TrainingSteps(
      GhnTrainer trainer, GhnTraining training, TrainingNetworks networks, ImageSet train) {
    this.trainer = trainer;
    this.training = training;
    this.networks = networks;
    this.batches =
        Batches.of(train, Normalisation.of(train), training.augment().with(0, training.seed()));
    this.batch = Math.min(training.batch(), train.size());
    this.images = new float[batch * train.imageBytes()];
    this.labels = new float[batch];
  }

  /** Where the next step goes on. */
  Position position() {
    return position;
  }

  /** Goes on from where another run was. */
  void goOn(Position position) {
    this.position = position;
  }

  /**
   * Runs step t (from 0). Where the loss is no number, nothing is learned: networks that are
   * retried give way to the next group, until the epoch has had too many failures; others are
   * passed over.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed then
   */
  Outcome step(int t) throws InterruptedException {
    int perEpoch = batches.size() / batch;
    int epoch = t / perEpoch;
    if (orderEpoch != epoch) {
      order = Batches.permutation(batches.size(), training.seed(), epoch);
      orderEpoch = epoch;
    }
    int from = t % perEpoch * batch;
    batches.fill(order, from, from + batch, epoch, images, labels);
    float rate = training.rate(t);
    int failures = t % perEpoch == 0 ? 0 : position.failures;
    long place = position.place;
    while (true) {
      TrainingNetworks.Group group = networks.group(place);
      place = group.next();
      double loss =
          mean(trainer.accumulate(group.networks(), images, labels, batch, group.dropoutSeed()));
      if (Double.isFinite(loss)) {
        trainer.apply(rate);
        position = new Position(place, failures);
        return new Outcome(loss, rate, trainer.gradientNorm());
      }
      failures++;
      if (!networks.retries() || failures > perEpoch / STEPS_PER_FAILURE) {
        position = new Position(place, failures);
        return new Outcome(loss, rate, Float.NaN);
      }
    }
  }

  private static double mean(float[] losses) {
    double mean = 0;
    for (float loss : losses) {
      mean += loss / losses.length;
    }
    return mean;
  }
}
