package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.SmallShapes;
import org.netloom.data.Split;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.ghn.GhnTraining.Kind;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;

/** The published rule for losses that are no numbers: the next networks, but not for ever. */
class TrainingRetryTest {
  private static final InputShape INPUT = new InputShape(3, 32, 32);
  private static final Dataset DATA = SmallShapes.of(120, 10);

  /** 60 steps in an epoch, so one failure is allowed. */
  private static final GhnTraining TRAINING =
      new GhnTraining(
          "split:train",
          Kind.GHN1,
          Decoder.CONV,
          8,
          16,
          3,
          6,
          2,
          1,
          1e-3f,
          0f,
          List.of(4),
          0,
          0f,
          5f,
          0f,
          Augmentation.Kind.NONE,
          2,
          7);

  private static final ComputationalGraph GOOD =
      network(8, 2, DeepNetsArchitecture.Norm.BATCH_NORM);

  /**
   * Tensors that are not rescaled blow up what nothing normalises: logits of 1e36 at 64 channels.
   */
  private static final ComputationalGraph BAD = network(64, 72, DeepNetsArchitecture.Norm.NONE);

  @TempDir private Path folder;

  private static ComputationalGraph network(
      int channels, int cells, DeepNetsArchitecture.Norm norm) {
    List<Genotype.Edge> edges =
        List.of(
            new Genotype.Edge(CellOperation.CONV_3X3, 0),
            new Genotype.Edge(CellOperation.CONV_3X3, 1));
    return GraphBuilder.build(
        new DeepNetsArchitecture(
            channels,
            cells,
            3,
            norm,
            0,
            true,
            true,
            1,
            1,
            64,
            true,
            new Genotype(edges, List.of(2), edges, List.of(2)),
            10,
            INPUT));
  }

  /** Groups of one network; notes the places that were asked for. */
  private record Row(List<ComputationalGraph> networks, List<Long> asked)
      implements TrainingNetworks {
    static Row of(ComputationalGraph... networks) {
      return new Row(List.of(networks), new ArrayList<>());
    }

    @Override
    public Group group(long place) {
      asked.add(place);
      return new Group(
          List.of(networks.get((int) Math.min(place, networks.size() - 1))), place, place + 1);
    }

    @Override
    public boolean retries() {
      return true;
    }
  }

  private void train(Row networks, Path to) throws InterruptedException {
    GhnOrigin origin = new GhnOrigin("shapes10", DATA.sha256(), 10, INPUT, "{}", 6, 7);
    try (Backend backend = CpuBackend.of(1)) {
      new TrainingRun(to, TRAINING, origin, "one").run(backend, networks, DATA, new Silent());
    }
  }

  private static final class Silent implements TrainingRun.Listener {}

  @Test
  void theSameImagesAreGivenToTheNextNetworksWhichLearnAsIfTheyHadComeFirst() throws Exception {
    Row broken = Row.of(GOOD, GOOD, BAD, GOOD);
    train(broken, folder.resolve("broken"));
    assertThat(broken.asked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    Ghn ghn = Ghn.initialise(TRAINING.config(10), new SplittableRandom(7));
    try (Backend backend = CpuBackend.of(1);
        GhnTrainer trainer = new GhnTrainer(backend, ghn, new GhnTrainer.Settings(0, 5, 0))) {
      TrainingSteps steps =
          new TrainingSteps(trainer, TRAINING, Row.of(BAD, GOOD, BAD), DATA.split(Split.TRAIN));
      assertThat(steps.step(0).loss()).isFinite();
      assertThat(steps.position()).isEqualTo(new TrainingSteps.Position(2, 1));
      assertThat(steps.step(1).loss()).isNotFinite();
      assertThat(steps.position()).isEqualTo(new TrainingSteps.Position(3, 2));
    }
  }

  @Test
  void tooManyFailuresEndTheRunAndItGoesOnFromItsCheckpointWithOtherNetworks() throws Exception {
    Row row = Row.of(GOOD, GOOD, GOOD, BAD, BAD, GOOD);
    assertThatThrownBy(() -> train(row, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(2) groups of networks in one epoch, the last at step 3")
        .hasMessageContaining("--resume, which goes on from step 2 with other networks");
    assertThat(folder.resolve(TrainingRun.RESULT)).doesNotExist();

    row.asked.clear();
    train(row, folder);
    assertThat(row.asked).containsExactly(5L, 6L, 7L, 8L);
    assertThat(Files.readAllLines(folder.resolve(TrainingRun.LOG))).hasSize(7);
  }

  @Test
  void theRateFallsToATenthAtEachMilestone() {
    GhnTraining training =
        new GhnTraining(
            "",
            Kind.GHN2,
            Decoder.CONV,
            32,
            64,
            11,
            300,
            64,
            8,
            1e-3f,
            0f,
            List.of(200, 250),
            0,
            1e-5f,
            5f,
            0f,
            Augmentation.Kind.STANDARD,
            703,
            1111);
    assertThat(training.rate(0)).isEqualTo(1e-3f);
    assertThat(training.rate(199)).isEqualTo(1e-3f);
    assertThat(training.rate(200)).isCloseTo(1e-4f, within(1e-10f));
    assertThat(training.rate(250)).isCloseTo(1e-5f, within(1e-11f));
    assertThat(training.rate(299)).isCloseTo(1e-5f, within(1e-11f));
  }
}
