package org.netloom.deepnets;

import java.util.List;
import java.util.random.RandomGenerator;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;

/**
 * Widths that a network is given each time a hypernetwork learns from it (Knyazev et al. 2021,
 * released loader): the smaller the network at 32 channels, the wider it may become.
 */
public final class TrainingWidths {
  private static final int STEP = 16;
  private static final int HEAD_STEP = 64;

  private TrainingWidths() {}

  /** The network for these images with channels and hidden head drawn anew. */
  public static DeepNetsArchitecture draw(
      NetworkEntry.Generated network, int classes, InputShape input, RandomGenerator random) {
    DeepNetsArchitecture base = network.base();
    int head = HEAD_STEP * (1 + random.nextInt(4));
    int most = largest(network, input);
    int width = 32 + STEP * random.nextInt((most - 32) / STEP + 1);
    if (most == 128 && width <= 64) {
      head = HEAD_STEP * (1 + random.nextInt(8));
    }
    return base.widened(width, head).with(classes, input);
  }

  /** The most channels that the network may be given. */
  private static int largest(NetworkEntry.Generated network, InputShape input) {
    DeepNetsArchitecture base = network.base();
    long parameters =
        NetworkEntry.isLarge(input) ? network.largeParameters() : network.smallParameters();
    boolean heavy =
        List.of(CellOperation.CONV_5X5, CellOperation.CONV_7X7).stream()
            .anyMatch(base.genotype()::uses);
    if (parameters > 800_000 || !base.globalAverage() || heavy || base.cells() > 12) {
      return 32;
    }
    if (parameters > 400_000 || base.cells() > 10) {
      return 48;
    }
    return parameters > 200_000 || base.cells() > 8 ? 64 : 128;
  }
}
