package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.SmallShapes;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.ghn.GhnTraining.Kind;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;

/** Training as a run: the same bytes whoever computes and however often it is interrupted. */
class TrainingRunTest {
  private static final int STEPS = 6;
  private static final GhnTraining TRAINING =
      new GhnTraining(
          "",
          Kind.GHN2,
          Decoder.CONV,
          8,
          8,
          5,
          STEPS,
          6,
          2,
          1e-3f,
          0.1f,
          List.of(),
          2,
          1e-5f,
          5f,
          0f,
          Augmentation.Kind.IMAGENET,
          4,
          7);
  private static final Dataset DATA = SmallShapes.of(40, 20);

  @TempDir private Path folder;

  @Test
  void anInterruptedTrainingEndsWithTheSameBytes() throws Exception {
    train(folder.resolve("straight"), 1, STEPS);
    for (int at : new int[] {1, 4, 5}) {
      Path broken = folder.resolve("broken" + at);
      assertThatThrownBy(() -> train(broken, 1, at)).isInstanceOf(InterruptedException.class);
      assertThat(broken.resolve(TrainingRun.RESULT)).doesNotExist();

      train(broken, 1, STEPS);

      assertSame(broken, folder.resolve("straight"));
      assertThat(broken.resolve(TrainingRun.CHECKPOINT)).doesNotExist();
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() throws Exception {
    train(folder.resolve("one"), 1, STEPS);
    train(folder.resolve("two"), 2, STEPS);

    assertSame(folder.resolve("two"), folder.resolve("one"));
  }

  @ParameterizedTest
  @CsvSource({"GHN1, CONV", "MLP, CONV", "GHN2, MLP", "GHN1, MLP", "MLP, MLP"})
  void everyKindAndDecoderLearns(Kind kind, Decoder decoder) throws InterruptedException {
    GhnTraining training =
        new GhnTraining(
            "",
            kind,
            decoder,
            8,
            8,
            3,
            2,
            6,
            2,
            1e-3f,
            0f,
            List.of(),
            0,
            0f,
            5f,
            0f,
            Augmentation.Kind.NONE,
            9,
            7);
    Ghn trained = train(folder, training, "seed: 7", 1, 2);

    Ghn before = Ghn.initialise(training.config(10), new SplittableRandom(7));
    trained
        .tensors()
        .forEach(
            (name, tensor) -> {
              for (float value : tensor.data()) {
                assertThat(Float.isFinite(value)).as(name).isTrue();
              }
              assertThat(tensor.data()).as(name).isNotEqualTo(before.tensors().get(name).data());
            });
  }

  @Test
  void theCheckpointOfAnotherTrainingIsRefused() {
    assertThatThrownBy(() -> train(folder, 1, 3)).isInstanceOf(InterruptedException.class);

    assertThatThrownBy(() -> train(folder, "seed: 8", 1, STEPS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("belongs to another training")
        .hasMessageContaining("seed: 7");
  }

  @Test
  void theCurriculumDoublesTheArchitecturesFromOneOn() {
    assertThat(TRAINING.architectures(0)).isEqualTo(1);
    assertThat(TRAINING.architectures(1)).isEqualTo(1);
    assertThat(TRAINING.architectures(2)).isEqualTo(2);
    assertThat(TRAINING.architectures(20)).isEqualTo(1024);
    assertThat(TRAINING.architectures(1_000_000)).isEqualTo(1L << 62);
    assertThat(TRAINING.withoutCurriculum().architectures(0)).isEqualTo(1L << 62);
  }

  @Test
  void theRateWarmsUpAndFallsToZero() {
    GhnTraining training = GhnTraining.usual(5);
    float peak = training.learningRate();
    assertThat(training.rate(0)).isLessThan(0.01f * peak);
    assertThat(training.rate((int) (training.steps() * training.warmup())))
        .isBetween(0.99f * peak, peak);
    assertThat(training.rate(training.steps() / 2)).isBetween(0.49f * peak, 0.51f * peak);
    assertThat(training.rate(training.steps() - 1)).isLessThan(1e-6f * peak);
  }

  private static void assertSame(Path folder, Path other) throws IOException {
    for (String file : new String[] {TrainingRun.RESULT, TrainingRun.LOG}) {
      assertThat(Files.readAllBytes(folder.resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(other.resolve(file)));
    }
  }

  private static void train(Path folder, int threads, int interruptAfter)
      throws InterruptedException {
    train(folder, "seed: 7", threads, interruptAfter);
  }

  private static void train(Path folder, String identity, int threads, int interruptAfter)
      throws InterruptedException {
    train(folder, TRAINING, identity, threads, interruptAfter);
  }

  private static Ghn train(
      Path folder, GhnTraining training, String identity, int threads, int interruptAfter)
      throws InterruptedException {
    SearchSpace space = SearchSpace.quickstart(10);
    GhnOrigin origin =
        new GhnOrigin("shapes10", DATA.sha256(), 10, InputShape.CIFAR, "{}", training.steps(), 7);
    try (Backend backend = CpuBackend.of(threads)) {
      return new TrainingRun(folder, training, origin, identity)
          .run(
              backend,
              new SampledNetworks(training, new Sampler(space)),
              DATA,
              new TrainingRun.Listener() {
                @Override
                public void step(int step, double loss) {
                  if (step + 1 == interruptAfter && step + 1 < training.steps()) {
                    Thread.currentThread().interrupt();
                  }
                }
              });
    }
  }
}
