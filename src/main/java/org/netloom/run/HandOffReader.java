package org.netloom.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netloom.config.Choices;
import org.netloom.config.Section;
import org.netloom.data.Augmentation;
import org.netloom.data.Augmentation.Kind;
import org.netloom.network.Decorrelation;
import org.netloom.optim.AdamW;
import org.netloom.optim.Optimiser;
import org.netloom.optim.Sgd;
import org.netloom.training.LearningRate;
import org.netloom.training.LearningRate.Form;
import org.netloom.training.TrainingProtocol;
import org.netloom.training.TrainingSettings;

/** The section {@code finetune}: a protocol, and keys that replace single figures of it. */
final class HandOffReader {
  private static final float USUAL_MOMENTUM = 0.9f;
  private static final float USUAL_FACTOR = 0.97f;
  private static final Map<String, Boolean> OPTIMISERS =
      Choices.of(List.of(false, true), adam -> adam ? "adamw" : "sgd");
  private static final Map<String, Form> SCHEDULES =
      Choices.of(List.of(Form.values()), Form::label);

  private static final Map<String, Kind> AUGMENTATIONS =
      Choices.of(List.of(Kind.values()), kind -> kind.value().toString());

  /** Those that train on all images. */
  private static final Map<String, TrainingProtocol> PROTOCOLS =
      Choices.of(
          TrainingProtocol.ALL.stream().filter(protocol -> protocol.shots() == 0).toList(),
          TrainingProtocol::name);

  private HandOffReader() {}

  static HandOff read(Section section) {
    HandOff usual = HandOff.USUAL;
    TrainingProtocol protocol =
        section.choice("protocol", "protocol", TrainingProtocol.QUICK, PROTOCOLS);
    TrainingSettings preset = protocol.settings();
    Augmentation changes = preset.augmentation();
    int top = section.integer("top", usual.top(), 1, 99);
    double minDistance = section.number("min_distance", usual.minDistance(), 0, 1);
    TrainingSettings training =
        new TrainingSettings(
            section.integer("epochs", preset.epochs(), 0, 100_000),
            section.integer("batch", preset.batch(), 1, 65_536),
            rate(section, preset.rate()),
            optimiser(section, preset.optimiser()),
            number(section, "smoothing", preset.smoothing(), 0, 0.99),
            section
                .choice("augment", "augmentation", changes.kind(), AUGMENTATIONS)
                .with(section.integer("cutout", changes.cutout(), 0, 65_536), 0),
            number(section, "drop_path", preset.dropPath(), 0, 0.99),
            number(section, "auxiliary", preset.auxiliary(), 0, 100),
            0);
    return new HandOff(
        top,
        minDistance,
        section.flag("compare_random", usual.compareRandom()),
        protocol.name(),
        training,
        changes(section, protocol.changes()));
  }

  /** A number as the float that it is used as; a preset keeps its short decimal form. */
  private static float number(Section section, String key, float preset, double min, double max) {
    return (float) section.number(key, decimal(preset), min, max);
  }

  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static LearningRate rate(Section section, LearningRate preset) {
    float first = number(section, "learning_rate", preset.first(), 1e-8, 100);
    Form form = section.choice("schedule", "schedule", preset.form(), SCHEDULES);
    float usual = preset.form() == Form.EXPONENTIAL ? preset.factor() : USUAL_FACTOR;
    float factor = number(section, "rate_factor", usual, 1e-6, 1);
    if (form != Form.EXPONENTIAL) {
      if (section.has("rate_factor")) {
        section.problem("rate_factor", "belongs to the schedule 'exponential' alone.");
      }
      factor = 1;
    }
    return new LearningRate(first, form, factor);
  }

  private static Optimiser optimiser(Section section, Optimiser preset) {
    boolean adam = section.choice("optimizer", "optimizer", preset instanceof AdamW, OPTIMISERS);
    float usual = preset instanceof Sgd sgd ? sgd.momentum() : USUAL_MOMENTUM;
    float momentum = number(section, "momentum", usual, 0, 0.9999);
    if (adam && section.has("momentum")) {
      section.problem("momentum", "belongs to the optimizer 'sgd' alone.");
    }
    float decay = number(section, "weight_decay", preset.weightDecay(), 0, 1);
    float clip = number(section, "clip", preset.clip(), 0, 1e6);
    return adam ? new AdamW(decay, clip) : new Sgd(momentum, decay, clip);
  }

  private static Optional<Decorrelation> changes(Section section, Optional<Decorrelation> preset) {
    float noise = number(section, "noise", preset.map(Decorrelation::noise).orElse(0f), 0, 100);
    boolean orthogonal =
        section.flag("orthogonal", preset.map(Decorrelation::orthogonal).orElse(false));
    int from =
        section.integer("from_layer", preset.map(Decorrelation::from).orElse(1), 1, 1_000_000);
    int above = section.integer("above", preset.map(Decorrelation::above).orElse(0), 0, 1_000_000);
    return noise == 0 && !orthogonal
        ? Optional.empty()
        : Optional.of(new Decorrelation(noise, orthogonal, from, above, 0));
  }

  /** Every figure, so that reading it gives the same again. */
  static Map<String, Object> write(HandOff handOff) {
    TrainingSettings training = handOff.training();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("top", handOff.top());
    all.put("min_distance", handOff.minDistance());
    all.put("protocol", handOff.protocol());
    all.put("epochs", training.epochs());
    all.put("batch", training.batch());
    all.put("learning_rate", training.rate().first());
    all.put("schedule", training.rate().form().label());
    if (training.rate().form() == Form.EXPONENTIAL) {
      all.put("rate_factor", training.rate().factor());
    }
    switch (training.optimiser()) {
      case Sgd sgd -> {
        all.put("optimizer", "sgd");
        all.put("momentum", sgd.momentum());
      }
      case AdamW _ -> all.put("optimizer", "adamw");
    }
    all.put("weight_decay", training.optimiser().weightDecay());
    all.put("clip", training.optimiser().clip());
    all.put("smoothing", training.smoothing());
    all.put("augment", training.augmentation().kind().value());
    all.put("cutout", training.augmentation().cutout());
    all.put("drop_path", training.dropPath());
    all.put("auxiliary", training.auxiliary());
    all.put("noise", handOff.changes().map(Decorrelation::noise).orElse(0f));
    all.put("orthogonal", handOff.changes().map(Decorrelation::orthogonal).orElse(false));
    handOff
        .changes()
        .ifPresent(
            changes -> {
              all.put("from_layer", changes.from());
              all.put("above", changes.above());
            });
    all.put("compare_random", handOff.compareRandom());
    return all;
  }
}
