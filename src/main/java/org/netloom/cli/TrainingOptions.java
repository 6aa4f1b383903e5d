package org.netloom.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.optim.AdamW;
import org.netloom.optim.Optimiser;
import org.netloom.optim.Sgd;
import org.netloom.training.LearningRate;
import org.netloom.training.LearningRate.Form;
import org.netloom.training.TrainingProtocol;
import org.netloom.training.TrainingSettings;
import picocli.CommandLine.Option;

/** How one network is trained: a protocol, and options that replace single figures of it. */
final class TrainingOptions {
  private static final float USUAL_MOMENTUM = 0.9f;
  private static final float USUAL_FACTOR = 0.97f;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "cifar10 (the default), cifar10-nas, imagenet, few-shot, predicted-resnet50,"
              + " predicted-convnext or quick; the options below replace its figures.")
  private @Nullable String protocol;

  @Option(
      names = "--epochs",
      description = "Passes over the training images; needed without --protocol.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", description = "Images per step; 96.")
  private @Nullable Integer batch;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "sgd or adamw.")
  private @Nullable String optimizer;

  @Option(names = "--lr", paramLabel = "RATE", description = "First learning rate; 0.025.")
  private @Nullable Float learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "cosine (to 0), exponential or constant.")
  private @Nullable String schedule;

  @Option(
      names = "--rate-factor",
      paramLabel = "FACTOR",
      description = "What exponential multiplies the rate by after each epoch; 0.97.")
  private @Nullable Float rateFactor;

  @Option(names = "--momentum", description = "Of SGD; 0.9.")
  private @Nullable Float momentum;

  @Option(names = "--weight-decay", description = "Of every trainable tensor; 3e-4.")
  private @Nullable Float weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Largest norm of the gradient, 0 for none; 5.")
  private @Nullable Float clip;

  @Option(names = "--smoothing", description = "Of labels; 0.")
  private @Nullable Float smoothing;

  @Option(
      names = "--augment",
      paramLabel = "NAME",
      description =
          "none; standard: images shifted by up to 4 pixels and mirrored; or imagenet: parts of"
              + " random size and shape, mirrored, in changed colours.")
  private @Nullable String augment;

  @Option(
      names = "--cutout",
      paramLabel = "PIXELS",
      description = "Side of the square cut out of training images; 0.")
  private @Nullable Integer cutout;

  @Option(
      names = "--drop-path",
      paramLabel = "PROBABILITY",
      description = "Probability, by the last epoch, of dropping a path of a cell; 0.")
  private @Nullable Float dropPath;

  @Option(
      names = "--auxiliary",
      paramLabel = "WEIGHT",
      description = "Weight of an auxiliary head's loss while training; 0 for no head.")
  private @Nullable Float auxiliary;

  /** The protocol asked for. */
  TrainingProtocol protocol() {
    return protocol == null ? TrainingProtocol.CIFAR10 : TrainingProtocol.named(protocol);
  }

  /**
   * The settings asked for.
   *
   * @throws InputException naming the option that makes no sense
   */
  TrainingSettings read(long seed) {
    if (epochs == null && protocol == null) {
      throw new InputException("--epochs is missing.%n  Maybe --protocol cifar10?".formatted());
    }
    TrainingSettings preset = protocol().settings();
    return new TrainingSettings(
        or(epochs, preset.epochs()),
        or(batch, preset.batch()),
        rate(preset.rate()),
        optimiser(preset.optimiser()),
        or(smoothing, preset.smoothing()),
        augmentation(preset.augmentation(), seed),
        or(dropPath, preset.dropPath()),
        or(auxiliary, preset.auxiliary()),
        seed);
  }

  /**
   * Refuses options that a network has no place for; what only a protocol asks for may stay away.
   */
  void check(ComputationalGraph graph) {
    if (or(dropPath, 0f) > 0 && graph.places().paths().isEmpty()) {
      throw new InputException(
          "--drop-path (%s): network %s has no cells with paths to drop."
              .formatted(dropPath, graph.name()));
    }
    if (or(auxiliary, 0f) > 0 && graph.places().auxiliary().isEmpty()) {
      throw new InputException(
          ("--auxiliary (%s): network %s has no place for an auxiliary head: only networks made of"
                  + " cells whose maps are large enough have.")
              .formatted(auxiliary, graph.name()));
    }
  }

  /** Whether the first rate is given. */
  boolean givesRate() {
    return learningRate != null;
  }

  private static <T> T or(@Nullable T given, T preset) {
    return given == null ? preset : given;
  }

  private static <T> T choice(
      String option, @Nullable String text, T preset, List<String> names, List<T> values) {
    if (text == null) {
      return preset;
    }
    int place = names.indexOf(text);
    if (place < 0) {
      throw new InputException(
          "%s (%s): unknown. Allowed: %s.".formatted(option, text, String.join(", ", names)));
    }
    return values.get(place);
  }

  private LearningRate rate(LearningRate preset) {
    List<Form> forms = List.of(Form.values());
    List<String> names = forms.stream().map(Form::label).toList();
    Form form = choice("--schedule", schedule, preset.form(), names, forms);
    if (form != Form.EXPONENTIAL && rateFactor != null) {
      throw new InputException(
          "--rate-factor (%s) belongs to --schedule exponential, not to %s."
              .formatted(rateFactor, form.label()));
    }
    float usual = preset.form() == Form.EXPONENTIAL ? preset.factor() : USUAL_FACTOR;
    return new LearningRate(
        or(learningRate, preset.first()),
        form,
        form == Form.EXPONENTIAL ? or(rateFactor, usual) : 1f);
  }

  private Optimiser optimiser(Optimiser preset) {
    boolean adam =
        choice(
            "--optimizer",
            optimizer,
            preset instanceof AdamW,
            List.of("sgd", "adamw"),
            List.of(false, true));
    float decay = or(weightDecay, preset.weightDecay());
    float norm = or(clip, preset.clip());
    if (adam) {
      if (momentum != null) {
        throw new InputException(
            "--momentum (%s) belongs to --optimizer sgd, not to adamw.".formatted(momentum));
      }
      return new AdamW(decay, norm);
    }
    float usual = preset instanceof Sgd sgd ? sgd.momentum() : USUAL_MOMENTUM;
    return new Sgd(or(momentum, usual), decay, norm);
  }

  private Augmentation augmentation(Augmentation preset, long seed) {
    List<Augmentation.Kind> kinds = List.of(Augmentation.Kind.values());
    List<String> names = kinds.stream().map(Augmentation.Kind::label).toList();
    return choice("--augment", augment, preset.kind(), names, kinds)
        .with(or(cutout, preset.cutout()), seed);
  }
}
