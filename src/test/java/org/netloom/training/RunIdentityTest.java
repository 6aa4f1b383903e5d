package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netloom.data.Augmentation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Initialisation;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;

class RunIdentityTest {
  /** Checkpoints hold this text. */
  @Test
  void theChangesOfImagesHaveATextThatStays() {
    assertThat(text(Augmentation.standard(3).withCutout(8)))
        .isEqualTo("Augmentation[pad=4, flip=true, cutout=8, seed=3]");
    assertThat(text(Augmentation.none()))
        .isEqualTo("Augmentation[pad=0, flip=false, cutout=0, seed=0]");
    assertThat(text(Augmentation.Kind.IMAGENET.with(0, 3)))
        .isEqualTo("Augmentation[photographs=true, pad=0, flip=true, cutout=0, seed=3]");
  }

  private static String text(Augmentation augmentation) {
    ComputationalGraph graph = Subjects.small();
    TrainingSettings settings = TrainingSettings.published(1, 0).withAugmentation(augmentation);
    try (Backend backend = CpuBackend.scalar()) {
      return RunIdentity.of(
              backend, graph, Initialisation.random(graph, 1), Subjects.shapes(10, 10), settings)
          .facts()
          .getOrDefault("augmentation", "");
    }
  }
}
