package org.netloom.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.ChosenImages;
import org.netloom.data.Dataset;
import org.netloom.training.TrainingProtocol;
import picocli.CommandLine.Option;

/** Training on few images, and the choice of a rate on training images alone. */
final class FewShotOptions {
  @Option(
      names = "--shots",
      paramLabel = "IMAGES",
      description = "Train on the first so many images of each class only.")
  private @Nullable Integer shots;

  @Option(
      names = "--new-classifier",
      negatable = true,
      description = "Start the last layer from random weights: --ghn may be of other classes.")
  private @Nullable Boolean newClassifier;

  @Option(
      names = "--tune-learning-rate",
      negatable = true,
      description = "Choose the first rate on a fifth of the training images, held out.")
  private @Nullable Boolean tune;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "RATE",
      description = "Rates tried by --tune-learning-rate; 0.1,0.05,0.025,0.01,0.005,0.0025,0.001.")
  private @Nullable List<Float> rates;

  private static final List<Float> USUAL_RATES =
      List.of(0.1f, 0.05f, 0.025f, 0.01f, 0.005f, 0.0025f, 0.001f);

  /** The data set with as many training images as asked for. */
  Dataset choose(Dataset data, TrainingProtocol protocol) {
    Options.atLeastOne("--shots", shots);
    int wanted = shots == null ? protocol.shots() : shots;
    return wanted == 0 ? data : ChosenImages.fewShot(data, wanted);
  }

  /** Whether the last layer starts from random weights. */
  boolean newClassifier(TrainingProtocol protocol) {
    return newClassifier == null ? protocol.newClassifier() : newClassifier;
  }

  /**
   * The rates to try; none where the rate is given.
   *
   * @param given whether --lr is
   */
  List<Float> rates(TrainingProtocol protocol, boolean given) {
    boolean tuned = tune == null ? protocol.tuned() && !given : tune;
    if (!tuned) {
      if (rates != null) {
        throw new InputException("--rates needs --tune-learning-rate.");
      }
      return List.of();
    }
    if (given) {
      throw new InputException("--lr and --tune-learning-rate exclude each other.");
    }
    List<Float> tried = rates == null ? USUAL_RATES : rates;
    for (float rate : tried) {
      if (!(rate > 0) || Float.isInfinite(rate)) {
        throw new InputException("--rates (%s) must be above 0.".formatted(rate));
      }
    }
    if (tried.stream().distinct().count() < tried.size()) {
      throw new InputException("--rates: a rate is listed twice.");
    }
    return tried;
  }
}
