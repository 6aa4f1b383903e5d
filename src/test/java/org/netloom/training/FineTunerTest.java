package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.optim.AdamW;
import org.netloom.optim.Sgd;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.training.FineTuner.Diverged;
import org.netloom.training.FineTuner.Listener;
import org.netloom.training.FineTuner.Outcome;
import org.netloom.training.FineTuner.Tuned;

class FineTunerTest {
  private static final ComputationalGraph SMALL = Subjects.small();
  private static final Dataset DATA = Subjects.shapes(320, 100);
  private static final TrainingSettings SETTINGS = TrainingSettings.published(2, 7).withBatch(32);

  @TempDir private Path folder;

  private static Outcome tune(
      int threads, TrainingSettings settings, Listener listener, @Nullable Path checkpoint)
      throws InterruptedException {
    try (Backend backend = CpuBackend.of(threads)) {
      return FineTuner.tune(
          backend, SMALL, Initialisation.random(SMALL, 1), DATA, settings, listener, checkpoint);
    }
  }

  private byte[] bytes(Tuned tuned, String name) throws Exception {
    Path file = folder.resolve(name);
    new SafetensorsFile(tuned.parameters().tensors(), new LinkedHashMap<>()).write(file);
    return Files.readAllBytes(file);
  }

  /** Interrupts its own thread at one step, as Ctrl-C would from another. */
  private record InterruptAt(int epoch, int step, List<Epoch> seen) implements Listener {
    @Override
    public void step(int epoch, int step, int steps, float loss) {
      if (epoch == this.epoch && step == this.step) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void epoch(Epoch epoch) {
      seen.add(epoch);
    }
  }

  @Test
  void trainingLowersTheLossAndFitsTheImages() throws Exception {
    ComputationalGraph graph = Subjects.withoutDropout();
    TrainingSettings settings =
        SETTINGS.withEpochs(6).withBatch(16).withAugmentation(Augmentation.none());
    List<Epoch> told = new ArrayList<>();
    try (Backend backend = CpuBackend.of(2)) {
      Tuned tuned =
          (Tuned)
              FineTuner.tune(
                  backend,
                  graph,
                  Initialisation.random(graph, 1),
                  DATA,
                  settings,
                  new InterruptAt(-1, -1, told),
                  null);
      List<Epoch> curve = tuned.curve();
      assertThat(told).isEqualTo(curve);
      assertThat(curve.stream().map(Epoch::epoch)).containsExactly(0, 1, 2, 3, 4, 5, 6);
      assertThat(curve.getFirst().trainingLoss()).isNaN();
      assertThat(curve.getFirst().validationLoss()).isCloseTo(Math.log(10), within(0.3));
      assertThat(curve.getLast().trainingLoss()).isLessThan(curve.get(1).trainingLoss() - 0.2);
      ImageSet train = DATA.split(Split.TRAIN);
      Measurement fitted =
          Measurer.of(train, Normalisation.of(train))
              .measure(backend, graph, tuned.parameters(), BatchNormMode.RUNNING);
      assertThat(fitted.loss()).isLessThan(Math.log(10) - 0.15);
      assertThat(fitted.accuracy()).isGreaterThan(0.2);
    }
  }

  @Test
  void theLastEpochIsWhatMeasuringTheResultGives() throws Exception {
    Tuned tuned = (Tuned) tune(1, SETTINGS.withEpochs(1), Listener.none(), null);
    Normalisation normalisation = Normalisation.of(DATA.split(Split.TRAIN));
    try (Backend backend = CpuBackend.of(1)) {
      Measurement again =
          Measurer.of(DATA.split(Split.VALIDATION), normalisation)
              .measure(backend, SMALL, tuned.parameters(), BatchNormMode.RUNNING);
      assertThat(again.accuracy()).isEqualTo(tuned.curve().getLast().validationAccuracy());
      assertThat(again.loss()).isEqualTo(tuned.curve().getLast().validationLoss());
    }
  }

  @Test
  void oneAndTwoThreadsGiveTheSameBytes() throws Exception {
    Tuned one = (Tuned) tune(1, SETTINGS, Listener.none(), null);
    Tuned two = (Tuned) tune(2, SETTINGS, Listener.none(), null);
    assertThat(bytes(one, "one")).isEqualTo(bytes(two, "two"));
    assertThat(one.curve()).isEqualTo(two.curve());
    Tuned other = (Tuned) tune(1, SETTINGS.withSeed(8), Listener.none(), null);
    assertThat(bytes(one, "one")).isNotEqualTo(bytes(other, "other"));
  }

  @Test
  void aRunThatWasInterruptedGoesOnToTheBytesOfOneThatWasNot() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path broken = folder.resolve("broken.safetensors");
    Tuned expected = (Tuned) tune(1, SETTINGS, Listener.none(), whole);

    InterruptAt interruption = new InterruptAt(2, 3, new ArrayList<>());
    assertThatThrownBy(() -> tune(1, SETTINGS, interruption, broken))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(interruption.seen()).hasSize(2);
    assertThat(Files.readAllBytes(broken)).isNotEqualTo(Files.readAllBytes(whole));

    List<Epoch> resumed = new ArrayList<>();
    List<Integer> trained = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void resumed(List<Epoch> curve) {
            resumed.addAll(curve);
          }

          @Override
          public void epoch(Epoch epoch) {
            trained.add(epoch.epoch());
          }
        };
    Tuned actual = (Tuned) tune(2, SETTINGS, listener, broken);
    assertThat(resumed).isEqualTo(interruption.seen());
    assertThat(trained).containsExactly(2);
    assertThat(actual.curve()).isEqualTo(expected.curve());
    assertThat(bytes(actual, "actual")).isEqualTo(bytes(expected, "expected"));
    assertThat(Files.readAllBytes(broken)).isEqualTo(Files.readAllBytes(whole));
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aFinishedCheckpointGivesItsResultWithoutTraining() throws Exception {
    Path file = folder.resolve("done.safetensors");
    Tuned first = (Tuned) tune(1, SETTINGS, Listener.none(), file);
    byte[] before = Files.readAllBytes(file);
    InterruptAt nothing = new InterruptAt(1, 1, new ArrayList<>());
    Tuned again = (Tuned) tune(1, SETTINGS, nothing, file);
    assertThat(nothing.seen()).isEmpty();
    assertThat(bytes(again, "again")).isEqualTo(bytes(first, "first"));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aCheckpointOfAnotherRunIsRefusedWithWhatDiffers() throws Exception {
    Path file = folder.resolve("checkpoint.safetensors");
    tune(1, SETTINGS.withEpochs(0), Listener.none(), file);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> tune(1, SETTINGS.withSeed(8), Listener.none(), file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("checkpoint of another run")
        .hasMessageContaining("seed is (7) there and (8) here")
        .hasMessageContaining("epochs is (0) there and (2) here")
        .hasMessageNotContaining("initial_sha256");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoCheckpointIsRefused() throws Exception {
    Path file = folder.resolve("weights.safetensors");
    new SafetensorsFile(Initialisation.random(SMALL, 1).tensors(), new LinkedHashMap<>())
        .write(file);
    assertThatThrownBy(() -> tune(1, SETTINGS, Listener.none(), file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a checkpoint of fine-tuning");
  }

  @Test
  void aRateThatIsFarTooLargeEndsAsDivergedWithItsPlace() throws Exception {
    TrainingSettings wild =
        SETTINGS.withRate(LearningRate.cosine(1e30f)).withOptimiser(new Sgd(0, 3e-4f, 5));
    Outcome outcome = tune(1, wild, Listener.none(), folder.resolve("c.safetensors"));
    assertThat(outcome).isInstanceOf(Diverged.class);
    assertThat(((Diverged) outcome).reason())
        .startsWith("Training diverged: ")
        .contains("epoch 1", "learning rate 1.0E30");
    assertThat(outcome.curve()).hasSize(1);
  }

  @Test
  void fewerImagesThanABatchAreOneBatch() throws Exception {
    ComputationalGraph graph = Subjects.withoutNorm();
    List<Integer> steps = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void step(int epoch, int step, int all, float loss) {
            steps.add(all);
          }
        };
    try (Backend backend = CpuBackend.of(1)) {
      Outcome outcome =
          FineTuner.tune(
              backend,
              graph,
              Initialisation.random(graph, 1),
              Subjects.shapes(7, 3),
              TrainingSettings.published(3, 1),
              listener,
              null);
      assertThat(outcome).isInstanceOf(Tuned.class);
      assertThat(steps).containsExactly(1, 1, 1);
      assertThat(((Tuned) outcome).parameters().tensors().keySet())
          .noneMatch(name -> name.contains("running"));
    }
  }

  @Test
  void resultsHaveTheGraphsTensorsThenTheRunningStatistics() throws Exception {
    Tuned tuned = (Tuned) tune(1, SETTINGS.withEpochs(0), Listener.none(), null);
    List<String> names = List.copyOf(tuned.parameters().tensors().keySet());
    int trainable = SMALL.parameters().size();
    assertThat(names.subList(0, trainable))
        .containsExactlyElementsOf(SMALL.parameters().stream().map(spec -> spec.name()).toList());
    assertThat(names.subList(trainable, names.size()))
        .isNotEmpty()
        .allMatch(name -> name.endsWith(".running_mean") || name.endsWith(".running_var"));
  }

  @Test
  void parametersAndImagesThatDoNotFitAreRefused() {
    Parameters none = new Parameters(new LinkedHashMap<>());
    try (Backend backend = CpuBackend.of(1)) {
      assertThatThrownBy(
              () -> FineTuner.tune(backend, SMALL, none, DATA, SETTINGS, Listener.none(), null))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("lack tensor '" + SMALL.parameters().getFirst().name() + "'");
    }
  }

  @Test
  void impossibleSettingsAreNamed() {
    TrainingSettings good = TrainingSettings.published(1, 1);
    assertThatThrownBy(() -> good.withEpochs(-1)).hasMessageContaining("epochs (-1)");
    assertThatThrownBy(() -> good.withBatch(0)).hasMessageContaining("batch (0)");
    assertThatThrownBy(() -> good.withRate(LearningRate.cosine(Float.NaN)))
        .hasMessageContaining("rate (NaN)");
    assertThatThrownBy(() -> good.withSmoothing(1)).hasMessageContaining("smoothing (1.0)");
    assertThatThrownBy(() -> new Sgd(1, 0, 0)).hasMessageContaining("momentum (1.0)");
    assertThatThrownBy(() -> good.optimiser().withWeightDecay(-1))
        .hasMessageContaining("decay (-1.0)");
  }

  @Test
  void pathsAndAnAuxiliaryHeadChangeTheTrainingAndNothingElse() throws Exception {
    TrainingSettings all = SETTINGS.withCells(0.4f, 0.4f);
    Tuned plain = (Tuned) tune(1, SETTINGS, Listener.none(), null);
    Tuned dropped = (Tuned) tune(1, SETTINGS.withCells(0.4f, 0f), Listener.none(), null);
    Tuned headed = (Tuned) tune(1, SETTINGS.withCells(0f, 0.4f), Listener.none(), null);
    Tuned both = (Tuned) tune(1, all, Listener.none(), null);
    for (Tuned tuned : List.of(plain, dropped, headed, both)) {
      assertThat(tuned.parameters().tensors().keySet())
          .isEqualTo(plain.parameters().tensors().keySet());
    }
    // the ramp begins at 0, so the first epoch drops nothing
    assertThat(dropped.curve().get(1)).isEqualTo(plain.curve().get(1));
    assertThat(dropped.curve().get(2)).isNotEqualTo(plain.curve().get(2));
    // ln 10 of the head's loss, weighted
    assertThat(headed.curve().get(1).trainingLoss() - plain.curve().get(1).trainingLoss())
        .isBetween(0.3 * Math.log(10), 0.5 * Math.log(10));
    assertThat(bytes(both, "both"))
        .isEqualTo(bytes((Tuned) tune(2, all, Listener.none(), null), "two"));
  }

  @Test
  void aRunWithEverythingGoesOnToTheBytesOfOneThatWasNotInterrupted() throws Exception {
    TrainingSettings all =
        SETTINGS
            .withCells(0.4f, 0.4f)
            .withOptimiser(new AdamW(0.05f, 5))
            .withRate(new LearningRate(1e-3f, LearningRate.Form.EXPONENTIAL, 0.9f))
            .withAugmentation(Augmentation.Kind.IMAGENET.with(8, 3));
    Path whole = folder.resolve("whole.safetensors");
    Path broken = folder.resolve("broken.safetensors");
    tune(1, all, Listener.none(), whole);
    assertThatThrownBy(() -> tune(1, all, new InterruptAt(2, 3, new ArrayList<>()), broken))
        .isInstanceOf(InterruptedException.class);
    tune(1, all, Listener.none(), broken);
    assertThat(Files.readAllBytes(broken)).isEqualTo(Files.readAllBytes(whole));
  }
}
