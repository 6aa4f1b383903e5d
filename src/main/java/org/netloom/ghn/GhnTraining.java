package org.netloom.ghn;

import java.util.List;
import java.util.Locale;
import org.netloom.data.Augmentation;

/**
 * How a hypernetwork is trained: what {@code ghn: train:} of a YAML file says.
 *
 * @param networks where the networks come from: {@code split:NAME} or {@code split:FILE} of
 *     DeepNets-1M; empty for those of the space
 * @param kind GHN-2, GHN-1 or the MLP baseline
 * @param decoder what turns a state into a block
 * @param hidden H, the size of a node's state
 * @param maxChannels O = I, the largest decoded block; wider tensors are tiled
 * @param maxKernel K, the largest kernel side
 * @param steps optimiser steps in all
 * @param batch images per step
 * @param metaBatch networks per step
 * @param learningRate peak rate of Adam: a linear warm-up over {@code warmup} of the steps, then
 *     half a cosine to 0
 * @param warmup fraction of the steps
 * @param milestones steps from which on the rate is a tenth of what it was, in place of the cosine,
 *     as published; none for the cosine
 * @param curriculum steps in which the number of architectures seen doubles, from a single one on
 *     (a hypernetwork that meets all of a space at once stays at chance for long: no two networks
 *     agree on what a feature means); 0 for all of them at once, as published
 * @param weightDecay L2 decay added to the gradient
 * @param clip largest global L2 norm of the gradient; 0 turns clipping off
 * @param smoothing label smoothing of the cross-entropy
 * @param augment how images are changed
 * @param checkpointEvery steps between checkpoints
 * @param seed of initialisation, images and architectures
 */
public record GhnTraining(
    String networks,
    Kind kind,
    GhnConfig.Decoder decoder,
    int hidden,
    int maxChannels,
    int maxKernel,
    int steps,
    int batch,
    int metaBatch,
    float learningRate,
    float warmup,
    List<Integer> milestones,
    int curriculum,
    float weightDecay,
    float clip,
    float smoothing,
    Augmentation.Kind augment,
    int checkpointEvery,
    long seed) {

  public GhnTraining {
    milestones = List.copyOf(milestones);
  }

  /** The published kinds. */
  public enum Kind {
    GHN2,
    GHN1,
    MLP;

    /** The name in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The usual training: Adam at 1e-3, decay 1e-5, clipping at 5 as published, with a cosine in
   * place of the two steps.
   */
  public static GhnTraining usual(int maxKernel) {
    return new GhnTraining(
        "",
        Kind.GHN2,
        GhnConfig.Decoder.CONV,
        32,
        64,
        maxKernel,
        12_000,
        64,
        4,
        1e-3f,
        0.01f,
        List.of(),
        100,
        1e-5f,
        5f,
        0f,
        Augmentation.Kind.NONE,
        200,
        42);
  }

  /** Sizes and switches of the hypernetwork for a number of classes. */
  public GhnConfig config(int classes) {
    boolean graph = kind != Kind.MLP;
    boolean rescaled = kind != Kind.GHN1;
    return new GhnConfig(
        hidden,
        maxChannels,
        maxChannels,
        maxKernel,
        classes,
        graph,
        decoder,
        kind == Kind.GHN2,
        rescaled,
        rescaled);
  }

  /** This training with all architectures from the first step on. */
  public GhnTraining withoutCurriculum() {
    return new GhnTraining(
        networks,
        kind,
        decoder,
        hidden,
        maxChannels,
        maxKernel,
        steps,
        batch,
        metaBatch,
        learningRate,
        warmup,
        milestones,
        0,
        weightDecay,
        clip,
        smoothing,
        augment,
        checkpointEvery,
        seed);
  }

  /** Number of different architectures that step t may see. */
  public long architectures(long t) {
    double doublings = curriculum == 0 ? 62 : Math.min(62, t / (double) curriculum);
    return (long) StrictMath.pow(2, doublings);
  }

  /** Learning rate of step t, from 0. */
  public float rate(int t) {
    double warm = Math.max(1, steps * (double) warmup);
    long passed = milestones.stream().filter(milestone -> milestone <= t).count();
    double share =
        milestones.isEmpty()
            ? 0.5 * (1 + StrictMath.cos(Math.PI * t / steps))
            : StrictMath.pow(0.1, passed);
    return (float) (learningRate * Math.min(1, (t + 1) / warm) * share);
  }
}
