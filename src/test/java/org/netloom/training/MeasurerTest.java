package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

class MeasurerTest {
  private static final Dataset DATA = Subjects.shapes(256, 100);
  private static final ImageSet TEST = DATA.split(Split.TEST);
  private static final Normalisation NORMALISATION = Normalisation.of(DATA.split(Split.TRAIN));
  private static final ComputationalGraph SMALL = Subjects.small();
  private static final Parameters RANDOM = Initialisation.random(SMALL, 2);
  private static final Backend BACKEND = CpuBackend.of(1);

  @AfterAll
  static void close() {
    BACKEND.close();
  }

  /** The network with all of its weights but the last bias at zero: logits are that bias. */
  private static Parameters constant(float... bias) {
    String last = SMALL.parameters().getLast().name();
    Parameters zero = RANDOM;
    for (Map.Entry<String, Tensor> entry : RANDOM.tensors().entrySet()) {
      zero = zero.with(Map.of(entry.getKey(), Tensor.zeros(entry.getValue().shape())));
    }
    return zero.with(Map.of(last, new Tensor(RANDOM.get(last).shape(), bias)));
  }

  @Test
  void aConstantAnswerIsRightForItsClassAndCostsItsCrossEntropy() {
    Parameters three = constant(0, 0, 0, 2, 0, 0, 0, 0, 0, 0);
    Measurement measured =
        Measurer.of(TEST, NORMALISATION).measure(BACKEND, SMALL, three, BatchNormMode.BATCH);
    long ofClassThree = Arrays.stream(TEST.labels()).filter(label -> label == 3).count();
    double normaliser = Math.log(9 + Math.exp(2));
    double expected = normaliser - 2 * ofClassThree / 100.0;
    assertThat(measured.accuracy()).isEqualTo(ofClassThree / 100.0).isPositive();
    assertThat(measured.loss()).isCloseTo(expected, within(1e-6));
    assertThat(measured.images()).isEqualTo(100);
    assertThat(measured.protocol()).isEqualTo("BN batch statistics, batch 64");
    assertThat(measured.isFinite()).isTrue();
  }

  @Test
  void theFiveLargestOutputsCountForTop5AndEqualOnesInTheirOrder() {
    Parameters rising = constant(1, 0, 5, 0, 4, 0, 3, 0, 0, 0);
    Measurement measured =
        Measurer.of(TEST, NORMALISATION).measure(BACKEND, SMALL, rising, BatchNormMode.BATCH);
    long near = Arrays.stream(TEST.labels()).filter(l -> l % 2 == 0 && l < 8 || l == 1).count();
    assertThat(measured.top5()).isEqualTo(near / 100.0).isGreaterThan(measured.accuracy());
  }

  @Test
  void outputsThatAreNoNumbersAreWrongAndNotFinite() {
    Parameters broken = constant(Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Measurement measured =
        Measurer.of(TEST, NORMALISATION).measure(BACKEND, SMALL, broken, BatchNormMode.BATCH);
    assertThat(measured.accuracy()).isZero();
    assertThat(measured.top5()).isZero();
    assertThat(measured.isFinite()).isFalse();
  }

  @Test
  void aLimitTakesTheFirstImages() {
    Measurement limited =
        Measurer.of(TEST, NORMALISATION, 64, 70)
            .measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH);
    Measurement first =
        Measurer.of(TEST.first(70), NORMALISATION)
            .measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH);
    assertThat(limited).isEqualTo(first);
    assertThat(limited.images()).isEqualTo(70);
  }

  @Test
  void batchesMatterForBatchStatisticsOnly() {
    Parameters calibrated =
        BatchNormCalibration.on(DATA.split(Split.TRAIN), NORMALISATION)
            .calibrate(BACKEND, SMALL, RANDOM);
    Measurer large = Measurer.of(TEST, NORMALISATION);
    Measurer small = Measurer.of(TEST, NORMALISATION, 7, 1000);
    Measurement running = large.measure(BACKEND, SMALL, calibrated, BatchNormMode.RUNNING);
    assertThat(running.protocol()).isEqualTo("BN running statistics");
    assertThat(small.measure(BACKEND, SMALL, calibrated, BatchNormMode.RUNNING).loss())
        .isCloseTo(running.loss(), within(1e-6));
    Measurement batch = large.measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH);
    Measurement other = small.measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH);
    assertThat(other.protocol()).isEqualTo("BN batch statistics, batch 7");
    assertThat(Math.abs(other.loss() - batch.loss())).isGreaterThan(1e-5);
  }

  @Test
  void aNetworkWithoutBatchNormSaysSo() {
    ComputationalGraph graph = Subjects.withoutNorm();
    Measurement measured =
        Measurer.of(TEST, NORMALISATION)
            .measure(BACKEND, graph, Initialisation.random(graph, 1), BatchNormMode.RUNNING);
    assertThat(measured.protocol()).isEqualTo("no BN");
  }

  @Test
  void progressIsToldAfterEachBatchAndMayEndIt() throws Exception {
    Measurer measurer = Measurer.of(TEST, NORMALISATION, 40, 100);
    List<Integer> told = new ArrayList<>();
    Measurement ignored = measurer.measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH, told::add);
    assertThat(told).containsExactly(40, 80, 100);
    assertThatThrownBy(
            () ->
                measurer.measure(
                    BACKEND,
                    SMALL,
                    RANDOM,
                    BatchNormMode.BATCH,
                    done -> {
                      throw new InterruptedException("enough");
                    }))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void imagesThatDoNotFitTheNetworkAreRefused() {
    ComputationalGraph fiveClasses =
        GraphBuilder.build(Subjects.smallArchitecture().with(5, InputShape.CIFAR));
    ComputationalGraph larger =
        GraphBuilder.build(Subjects.smallArchitecture().with(10, new InputShape(3, 40, 32)));
    Measurer measurer = Measurer.of(TEST, NORMALISATION);
    assertThatThrownBy(() -> measurer.measure(BACKEND, fiveClasses, RANDOM, BatchNormMode.BATCH))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has (5) classes, but the data set has (10)");
    assertThatThrownBy(() -> measurer.measure(BACKEND, larger, RANDOM, BatchNormMode.BATCH))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("takes images of 3x40x32, but the data set's are 3x32x32");
  }
}
