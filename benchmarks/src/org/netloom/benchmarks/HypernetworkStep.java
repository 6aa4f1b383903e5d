package org.netloom.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.GhnTrainer;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Backend;

/** One training step of a GHN-2 of the published size over some networks, on images of noise. */
final class HypernetworkStep implements AutoCloseable {
  private final GhnTrainer trainer;
  private final List<ComputationalGraph> networks;
  private final float[] images;
  private final float[] labels;
  private final int batch;

  HypernetworkStep(Backend backend, List<ComputationalGraph> networks, int batch) {
    this.trainer = new GhnTrainer(backend, hypernetwork(), GhnTrainer.Settings.PUBLISHED);
    this.networks = networks;
    this.images =
        NetworkProgram.noise(Math.toIntExact(batch * networks.getFirst().input().shape().size()));
    this.labels = NetworkProgram.labels(batch, networks.getFirst().classes());
    this.batch = batch;
  }

  /** A fresh GHN-2: 32 hidden values, blocks of up to 64×64×11×11. */
  static Ghn hypernetwork() {
    return Ghn.initialise(GhnConfig.ghn2(32, 64, 11, 10), new SplittableRandom(1));
  }

  void run() throws InterruptedException {
    trainer.accumulate(networks, images, labels, batch, 1);
    trainer.apply(1e-5f);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
