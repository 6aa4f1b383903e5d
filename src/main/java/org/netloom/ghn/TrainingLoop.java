package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.data.Augmentation;
import org.netloom.data.Batches;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.SearchSpace;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;

/**
 * Training of a hypernetwork on architectures drawn from a space, held-out ones excepted. Step t
 * depends on (seed, t) and the state only, so a resumed run gives the bytes of an uninterrupted
 * one.
 */
public final class TrainingLoop {
  private final GhnTrainer trainer;
  private final Plan plan;
  private final Sampler sampler;
  private final Batches batches;
  private final float[] images;
  private final float[] labels;
  private int[] order = new int[0];
  private int orderEpoch = -1;

  /**
   * What is trained for how long.
   *
   * @param steps number of optimiser steps in all
   * @param metaBatch networks per step
   * @param learningRate peak rate; a linear warm-up of 1 % of the steps, then half a cosine to 0
   */
  public record Plan(int steps, int batch, int metaBatch, float learningRate, long seed) {}

  public TrainingLoop(GhnTrainer trainer, Plan plan, SearchSpace space, Dataset data) {
    this.trainer = trainer;
    this.plan = plan;
    this.sampler = new Sampler(space);
    this.batches =
        Batches.of(
            data.split(Split.TRAIN),
            Normalisation.of(data.split(Split.TRAIN)),
            Augmentation.none());
    this.images = new float[plan.batch() * data.height() * data.width() * data.channels()];
    this.labels = new float[plan.batch()];
  }

  /** Runs step t (from 0); gives the mean loss of its networks. */
  public double step(int t) {
    int perEpoch = batches.size() / plan.batch();
    int epoch = t / perEpoch;
    if (orderEpoch != epoch) {
      order = Batches.permutation(batches.size(), plan.seed(), epoch);
      orderEpoch = epoch;
    }
    int from = t % perEpoch * plan.batch();
    batches.fill(order, from, from + plan.batch(), epoch, images, labels);
    SplittableRandom random = new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + t);
    List<ComputationalGraph> networks = new ArrayList<>();
    while (networks.size() < plan.metaBatch()) {
      DeepNetsArchitecture drawn = sampler.sample(random);
      if (!HoldOut.contains(drawn)) {
        networks.add(GraphBuilder.build(drawn));
      }
    }
    float[] losses =
        trainer.accumulate(networks, images, labels, plan.batch(), random.nextLong());
    double mean = 0;
    for (float loss : losses) {
      mean += loss / losses.length;
    }
    if (Double.isFinite(mean)) {
      trainer.apply(rate(t));
    }
    return mean;
  }

  private float rate(int t) {
    double warm = Math.max(1, plan.steps() / 100.0);
    double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * t / plan.steps()));
    return (float) (plan.learningRate() * Math.min(1, (t + 1) / warm) * cosine);
  }
}
