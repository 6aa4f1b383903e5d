package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.data.ChosenImages;
import org.netloom.data.Dataset;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.training.RateTuning.Trial;

class RateTuningTest {
  private static final ComputationalGraph SMALL = Subjects.small();
  private static final Dataset DATA = Subjects.shapes(200, 20);
  private static final TrainingSettings SETTINGS = TrainingSettings.published(2, 7).withBatch(32);

  @TempDir private Path folder;

  @Test
  void everyRateIsTrainedOnTheImagesThatAreNotHeldOut() throws Exception {
    Parameters initial = Initialisation.random(SMALL, 1);
    try (Backend backend = CpuBackend.of(1)) {
      RateTuning tuning =
          new RateTuning(backend, SMALL, initial, DATA, SETTINGS, List.of(0.05f, 1e-6f, 1e30f));
      List<Trial> trials =
          tuning.run(
              (rate, number) -> folder.resolve(number + ".safetensors"),
              (rate, number) -> FineTuner.Listener.none());
      FineTuner.Outcome alone =
          FineTuner.tune(
              backend,
              SMALL,
              initial,
              ChosenImages.holdOut(DATA, 5),
              SETTINGS.withRate(LearningRate.cosine(0.05f)),
              FineTuner.Listener.none(),
              null);
      assertThat(trials.get(0).last()).contains(alone.curve().getLast());
      assertThat(trials.get(1).last()).isPresent();
      assertThat(trials.get(2)).isEqualTo(new Trial(1e30f, Optional.empty()));
      assertThat(Files.exists(folder.resolve("2.safetensors"))).isTrue();
      assertThat(tuning.identity().facts().get("learning_rate")).isEqualTo("0.05, 1.0E-6, 1.0E30");
    }
  }

  @Test
  void theMostAccurateRateWinsThenTheSmallerLossThenTheFirst() {
    Trial worse = new Trial(0.1f, Optional.of(new Epoch(2, 1, 0.5, 0.1)));
    Trial better = new Trial(0.2f, Optional.of(new Epoch(2, 1, 0.6, 0.4)));
    Trial surer = new Trial(0.3f, Optional.of(new Epoch(2, 1, 0.6, 0.3)));
    Trial same = new Trial(0.4f, Optional.of(new Epoch(2, 1, 0.6, 0.3)));
    Trial diverged = new Trial(0.5f, Optional.empty());
    assertThat(RateTuning.best(List.of(diverged, worse, better))).contains(better);
    assertThat(RateTuning.best(List.of(worse, better, surer, same))).contains(surer);
    assertThat(RateTuning.best(List.of(diverged))).isEmpty();
  }
}
