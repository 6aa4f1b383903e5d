package org.netloom.ghn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.config.Choices;
import org.netloom.config.Section;
import org.netloom.data.Augmentation;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.ghn.GhnTraining.Kind;

/** The section {@code ghn: train:} of a YAML file, and the way back. */
public final class GhnTrainingReader {
  /** What names a set of networks. */
  public static final String SPLIT = "split:";

  private static final Map<String, Kind> KINDS = Choices.of(List.of(Kind.values()), Kind::label);
  private static final Map<String, Decoder> DECODERS =
      Choices.of(List.of(Decoder.values()), Decoder::label);
  private static final Map<String, Augmentation.Kind> AUGMENTATIONS =
      Choices.of(List.of(Augmentation.Kind.values()), kind -> kind.value().toString());

  private GhnTrainingReader() {}

  /**
   * Reads a training; absent keys take the usual values.
   *
   * @param largestKernel largest kernel side of the networks that are trained on
   */
  public static GhnTraining read(Section section, int largestKernel) {
    GhnTraining usual = GhnTraining.usual(largestKernel);
    int hidden = section.integer("hidden", usual.hidden(), 4, 1024);
    if (hidden % 4 != 0) {
      section.problem("hidden", "(%d) is no multiple of 4.".formatted(hidden));
      hidden = usual.hidden();
    }
    String networks = networks(section);
    GhnTraining training =
        new GhnTraining(
            networks,
            section.choice("kind", "hypernetwork", usual.kind(), KINDS),
            section.choice("decoder", "decoder", usual.decoder(), DECODERS),
            hidden,
            section.integer("max_channels", usual.maxChannels(), 1, 1024),
            section.integer("max_kernel", usual.maxKernel(), 1, 63),
            section.integer("steps", usual.steps(), 1, Integer.MAX_VALUE),
            section.integer("batch", usual.batch(), 2, 65_536),
            section.integer("meta_batch", usual.metaBatch(), 1, 1024),
            (float) section.number("learning_rate", 1e-3, 1e-8, 10),
            (float) section.number("warmup", 0.01, 0, 1),
            milestones(section),
            curriculum(section, networks.isEmpty() ? usual.curriculum() : 0),
            (float) section.number("weight_decay", 1e-5, 0, 1),
            (float) section.number("clip", 5, 0, 1e6),
            (float) section.number("smoothing", 0, 0, 0.99),
            section.choice("augment", "augmentation", usual.augment(), AUGMENTATIONS),
            section.integer("checkpoint_every", usual.checkpointEvery(), 1, Integer.MAX_VALUE),
            section.whole("seed", usual.seed(), 0, Long.MAX_VALUE));
    try {
      training.config(1);
    } catch (IllegalArgumentException e) {
      section.problem("decoder", String.valueOf(e.getMessage()));
    }
    return training;
  }

  private static String networks(Section section) {
    String networks = section.text("networks", "");
    if (!networks.isEmpty() && !networks.startsWith(SPLIT)) {
      section.problem(
          "networks",
          "(%s) is neither split:NAME of DeepNets-1M nor split:FILE of 'netloom generate'."
              .formatted(networks));
    }
    return networks;
  }

  private static List<Integer> milestones(Section section) {
    List<Integer> steps = section.integerList("milestones", List.of(), 1, Integer.MAX_VALUE);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i) <= steps.get(i - 1)) {
        section.problem("milestones", "(%s) must rise.".formatted(steps));
        return List.of();
      }
    }
    return steps;
  }

  private static int curriculum(Section section, int usual) {
    int steps = section.integer("curriculum", usual, 0, Integer.MAX_VALUE);
    if (steps > 0 && section.has("networks")) {
      section.problem(
          "curriculum", "(%d) is for networks of the space, not for a split.".formatted(steps));
    }
    return steps;
  }

  /** The section with every default filled in. */
  public static Map<String, Object> write(GhnTraining training) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (!training.networks().isEmpty()) {
      all.put("networks", training.networks());
    }
    all.put("kind", training.kind().label());
    all.put("decoder", training.decoder().label());
    all.put("hidden", training.hidden());
    all.put("max_channels", training.maxChannels());
    all.put("max_kernel", training.maxKernel());
    all.put("steps", training.steps());
    all.put("batch", training.batch());
    all.put("meta_batch", training.metaBatch());
    all.put("learning_rate", training.learningRate());
    all.put("warmup", training.warmup());
    if (!training.milestones().isEmpty()) {
      all.put("milestones", training.milestones());
    }
    all.put("curriculum", training.curriculum());
    all.put("weight_decay", training.weightDecay());
    all.put("clip", training.clip());
    all.put("smoothing", training.smoothing());
    all.put("augment", training.augment().value());
    all.put("checkpoint_every", training.checkpointEvery());
    all.put("seed", training.seed());
    return all;
  }
}
