package org.netloom.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.network.Decorrelation;
import org.netloom.optim.AdamW;
import org.netloom.optim.Sgd;

/**
 * Published ways to train, by name. What a publication leaves open is as in {@code cifar10}.
 *
 * @param name on the command line and in files
 * @param what a line for people
 * @param settings how to train, with seed 0
 * @param changes of predicted weights before training; of seed 0
 * @param shots training images of each class; 0 for all
 * @param newClassifier whether the last layer starts from random weights
 * @param tuned whether the first rate is chosen on held-out training images
 */
public record TrainingProtocol(
    String name,
    String what,
    TrainingSettings settings,
    Optional<Decorrelation> changes,
    int shots,
    boolean newClassifier,
    boolean tuned) {
  private static final TrainingSettings DEFAULT = TrainingSettings.published(50, 0);

  /** Networks of DeepNets-1M on CIFAR-10 (Knyazev et al. 2021, tables). */
  public static final TrainingProtocol CIFAR10 = of("cifar10", "50 epochs, as published", DEFAULT);

  /** A few epochs on unchanged images, to order what a search found. */
  public static final TrainingProtocol QUICK =
      of("quick", "3 epochs", DEFAULT.withEpochs(3).withAugmentation(Augmentation.none()));

  private static final TrainingProtocol CIFAR10_NAS =
      of(
          "cifar10-nas",
          "600 epochs with cutout, drop-path and auxiliary head",
          DEFAULT
              .withEpochs(600)
              .withAugmentation(new Augmentation(4, true, 16, 0))
              .withCells(0.2f, 0.4f));

  private static final TrainingProtocol IMAGENET =
      of(
          "imagenet",
          "250 epochs, rate x0.97 each, random crops in changed colours",
          DEFAULT
              .withEpochs(250)
              .withBatch(128)
              .withRate(new LearningRate(0.1f, LearningRate.Form.EXPONENTIAL, 0.97f))
              .withOptimiser(new Sgd(0.9f, 3e-5f, 5f))
              .withSmoothing(0.1f)
              .withAugmentation(Augmentation.Kind.IMAGENET.with(0, 0)));

  private static final TrainingProtocol FEW_SHOT =
      new TrainingProtocol(
          "few-shot",
          "50 epochs on 100 images of each class, new classifier, tuned rate",
          DEFAULT.withOptimiser(new Sgd(0.9f, 1e-3f, 5f)),
          Optional.empty(),
          100,
          true,
          true);

  private static final TrainingProtocol RESNET50 =
      predicted(
          "predicted-resnet50",
          "300 epochs of SGD from predicted weights made orthogonal",
          DEFAULT
              .withEpochs(300)
              .withRate(LearningRate.cosine(0.01f))
              .withOptimiser(new Sgd(0.9f, 0.01f, 5f)),
          37);

  private static final TrainingProtocol CONVNEXT =
      predicted(
          "predicted-convnext",
          "300 epochs of AdamW from predicted weights made orthogonal",
          DEFAULT
              .withEpochs(300)
              .withBatch(48)
              .withRate(LearningRate.cosine(1e-3f))
              .withOptimiser(new AdamW(0.1f, 5f)),
          94);

  /** All, the usual one first. */
  public static final List<TrainingProtocol> ALL =
      List.of(CIFAR10, CIFAR10_NAS, IMAGENET, FEW_SHOT, RESNET50, CONVNEXT, QUICK);

  private static TrainingProtocol of(String name, String what, TrainingSettings settings) {
    return new TrainingProtocol(name, what, settings, Optional.empty(), 0, false, false);
  }

  /** Knyazev, "Pretraining a neural network before knowing its architecture", 2022. */
  private static TrainingProtocol predicted(
      String name, String what, TrainingSettings settings, int from) {
    return new TrainingProtocol(
        name,
        what,
        settings,
        Optional.of(new Decorrelation(3e-5f, true, from, 0, 0)),
        0,
        false,
        false);
  }

  /**
   * The protocol of a name.
   *
   * @throws InputException if there is none
   */
  public static TrainingProtocol named(String name) {
    return ALL.stream()
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Unknown protocol (%s).%n  Allowed: %s."
                        .formatted(
                            name,
                            ALL.stream()
                                .map(TrainingProtocol::name)
                                .collect(Collectors.joining(", ")))));
  }
}
