package org.netloom.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Decorrelation;
import picocli.CommandLine.Option;

/** What to do with predicted weights before SGD. */
final class DecorrelationOptions {
  @Option(
      names = "--noise",
      paramLabel = "BETA",
      description = "Noise added to predicted weights, by the spread of their correlations; 0.")
  private @Nullable Float noise;

  @Option(
      names = "--orthogonal",
      negatable = true,
      description = "Make predicted filters orthogonal.")
  private @Nullable Boolean orthogonal;

  @Option(
      names = "--from-layer",
      paramLabel = "L",
      description = "First convolution or linear layer that these two change; 1.")
  private @Nullable Integer from;

  @Option(
      names = "--above",
      paramLabel = "CHANNELS",
      description = "They change layers with more input or output channels than this; 0.")
  private @Nullable Integer above;

  /**
   * The change asked for; null for none.
   *
   * @param preset what the protocol asks for, where weights are predicted
   * @throws InputException naming the option that makes no sense
   */
  @Nullable Decorrelation read(
      Optional<Decorrelation> preset, ComputationalGraph graph, boolean predicted, long seed) {
    float beta = noise == null ? preset.map(Decorrelation::noise).orElse(0f) : noise;
    boolean turned =
        orthogonal == null ? preset.map(Decorrelation::orthogonal).orElse(false) : orthogonal;
    int layer = from == null ? preset.map(Decorrelation::from).orElse(1) : from;
    int channels = above == null ? preset.map(Decorrelation::above).orElse(0) : above;
    if (!(beta >= 0) || Float.isInfinite(beta)) {
      throw new InputException("--noise (%s) must be 0 or more.".formatted(beta));
    }
    if (layer < 1) {
      throw new InputException("--from-layer (%d) must be 1 or more.".formatted(layer));
    }
    if (channels < 0) {
      throw new InputException("--above (%d) must be 0 or more.".formatted(channels));
    }
    if (beta == 0 && !turned) {
      return null;
    }
    if (!predicted) {
      if ((noise == null || noise == 0) && !Boolean.TRUE.equals(orthogonal)) {
        return null;
      }
      throw new InputException(
          "%s changes predicted weights, but nothing predicts them.%n  Maybe --ghn shapes10?"
              .formatted(Boolean.TRUE.equals(orthogonal) ? "--orthogonal" : "--noise"));
    }
    int layers = Decorrelation.layers(graph);
    if (layer >= layers) {
      throw new InputException(
          ("--from-layer (%d): network %s has (%d) convolutions and linear layers, the last of"
                  + " which stays as it is, so nothing would change.%n  Maybe --from-layer %d?")
              .formatted(layer, graph.name(), layers, Math.max(1, layers * 4 / 5)));
    }
    return new Decorrelation(beta, turned, layer, channels, seed);
  }
}
