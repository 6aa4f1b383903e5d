package org.netloom.optim;

import java.util.List;
import org.netloom.tensor.Update;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization",
 * 2019, algorithm 2, decay scaled by the learning rate as in PyTorch): w ← w·(1 − rate·λ), then
 * Adam's step (Kingma and Ba 2015) on the clipped gradient with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. The
 * decay applies to every trainable tensor.
 *
 * @param weightDecay λ, 0 for none
 * @param clip largest global norm of the gradient; 0 turns clipping off
 */
public record AdamW(float weightDecay, float clip) implements Optimiser {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  public AdamW {
    Optimiser.check(weightDecay, clip);
  }

  @Override
  public AdamW withWeightDecay(float weightDecay) {
    return new AdamW(weightDecay, clip);
  }

  @Override
  public AdamW withClip(float clip) {
    return new AdamW(weightDecay, clip);
  }

  @Override
  public List<String> moments() {
    return List.of("mean", "square");
  }

  @Override
  public Update update() {
    return new Update.AdamW(BETA1, BETA2, EPSILON, weightDecay, clip);
  }
}
