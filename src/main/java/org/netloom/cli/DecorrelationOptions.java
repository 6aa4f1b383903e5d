package org.netloom.cli;

import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.network.Decorrelation;
import picocli.CommandLine.Option;

/** What to do with predicted weights before SGD. */
final class DecorrelationOptions {
  @Option(
      names = "--noise",
      defaultValue = "0",
      paramLabel = "BETA",
      description = "Noise added to predicted weights, by the spread of their correlations; 0.")
  private float noise;

  @Option(names = "--orthogonal", description = "Make predicted filters orthogonal.")
  private boolean orthogonal;

  @Option(
      names = "--from-layer",
      paramLabel = "L",
      defaultValue = "1",
      description = "First convolution or linear layer that these two change; 1.")
  private int from;

  @Option(
      names = "--above",
      paramLabel = "CHANNELS",
      defaultValue = "0",
      description = "They change layers with more input or output channels than this; 0.")
  private int above;

  /**
   * The change asked for; null for none.
   *
   * @throws InputException naming the option that makes no sense
   */
  @Nullable Decorrelation read(boolean predicted, long seed) {
    if (!(noise >= 0) || Float.isInfinite(noise)) {
      throw new InputException("--noise (%s) must be 0 or more.".formatted(noise));
    }
    if (from < 1) {
      throw new InputException("--from-layer (%d) must be 1 or more.".formatted(from));
    }
    if (above < 0) {
      throw new InputException("--above (%d) must be 0 or more.".formatted(above));
    }
    if (noise == 0 && !orthogonal) {
      return null;
    }
    if (!predicted) {
      throw new InputException(
          "%s changes predicted weights, but nothing predicts them.%n  Maybe --ghn shapes10?"
              .formatted(orthogonal ? "--orthogonal" : "--noise"));
    }
    return new Decorrelation(noise, orthogonal, from, above, seed);
  }
}
