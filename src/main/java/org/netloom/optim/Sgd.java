package org.netloom.optim;

import java.util.List;
import org.netloom.tensor.Update;

/**
 * Stochastic gradient descent with heavy-ball momentum, as in the published training of DeepNets-1M
 * networks: d = g·min(1, clip/(‖g‖ + 1e-6)) + λ·w, u ← μ·u + d, w ← w − rate·u, with ‖g‖ the L2
 * norm of all gradients together.
 *
 * <p>The decay λ is L2 (added to the gradient after clipping, not decoupled) and applies to every
 * trainable tensor: weights, biases, norm gains and offsets, positional encodings, as published.
 * Running statistics are not trained and so never decayed.
 *
 * @param momentum μ, 0 to below 1
 * @param weightDecay λ, 0 for none
 * @param clip largest global norm of the gradient; 0 turns clipping off
 */
public record Sgd(float momentum, float weightDecay, float clip) implements Optimiser {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "momentum (%s) must be at least 0 and below 1.".formatted(momentum));
    }
    Optimiser.check(weightDecay, clip);
  }

  @Override
  public Sgd withWeightDecay(float weightDecay) {
    return new Sgd(momentum, weightDecay, clip);
  }

  @Override
  public Sgd withClip(float clip) {
    return new Sgd(momentum, weightDecay, clip);
  }

  @Override
  public List<String> moments() {
    return List.of("momentum");
  }

  @Override
  public Update update() {
    return new Update.Sgd(momentum, weightDecay, clip);
  }
}
