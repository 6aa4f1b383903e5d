package org.netloom.deepnets;

import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.graph.DeepNetsParameters;

/**
 * Channels at which networks are evaluated. The published generator does not store them; on
 * CIFAR-10 all published networks have at least 2.50 million parameters. The rule that fits: the
 * smallest multiple of 16 that gives at least 2.5 million, judged for the data set of each size
 * (32x32 with 10 classes, 224x224 with 1000). Wide networks have four times the channels on small
 * images and twice on large ones.
 */
final class EvaluationWidths {
  static final InputShape LARGE = new InputShape(3, 224, 224);

  private static final int STEP = 16;
  private static final long FEWEST_PARAMETERS = 2_500_000;
  private static final int SMALL_CLASSES = 10;
  private static final int LARGE_CLASSES = 1000;

  private EvaluationWidths() {}

  /** Channels for images up to 64 pixels. */
  static int small(NetworkSplit split, DeepNetsArchitecture base) {
    return width(split, base.with(SMALL_CLASSES, InputShape.CIFAR), 4);
  }

  /** Channels for larger images. */
  static int large(NetworkSplit split, DeepNetsArchitecture base) {
    return width(split, base.with(LARGE_CLASSES, LARGE), 2);
  }

  private static int width(NetworkSplit split, DeepNetsArchitecture network, int wide) {
    return switch (split) {
      case TRAIN, SEARCH -> network.channels();
      case VAL, TEST, DEEP, DENSE, BNFREE -> enough(network);
      case WIDE -> wide * enough(network);
      case PREDEFINED ->
          throw new IllegalArgumentException("Networks of the literature have their own widths.");
    };
  }

  private static int enough(DeepNetsArchitecture network) {
    int width = STEP;
    while (DeepNetsParameters.count(network.widened(width, network.fcDim())) < FEWEST_PARAMETERS) {
      width += STEP;
    }
    return width;
  }
}
