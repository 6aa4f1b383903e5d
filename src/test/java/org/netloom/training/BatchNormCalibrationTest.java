package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

class BatchNormCalibrationTest {
  private static final Dataset DATA = Subjects.shapes(512, 64);
  private static final ImageSet TRAIN = DATA.split(Split.TRAIN);
  private static final Normalisation NORMALISATION = Normalisation.of(TRAIN);
  private static final ComputationalGraph SMALL = Subjects.small();
  private static final Parameters RANDOM = Initialisation.random(SMALL, 5);
  private static final Backend BACKEND = CpuBackend.of(2);

  @AfterAll
  static void close() {
    BACKEND.close();
  }

  @Test
  void runningModeAgreesWithBatchModeOnABigBatch() {
    Parameters calibrated =
        BatchNormCalibration.on(TRAIN, NORMALISATION).calibrate(BACKEND, SMALL, RANDOM);
    Measurer measurer = Measurer.of(TRAIN, NORMALISATION, 512, 512);
    Measurement batch = measurer.measure(BACKEND, SMALL, calibrated, BatchNormMode.BATCH);
    Measurement running = measurer.measure(BACKEND, SMALL, calibrated, BatchNormMode.RUNNING);
    assertThat(running.loss()).isCloseTo(batch.loss(), within(0.005));
    assertThat(running.accuracy()).isCloseTo(batch.accuracy(), within(0.02));
  }

  @Test
  void oneBatchGivesItsOwnMeanAndUnbiasedVariance() {
    ImageSet few = TRAIN.first(5);
    Normalisation normalisation = Normalisation.of(few);
    Parameters calibrated =
        BatchNormCalibration.on(few, normalisation).calibrate(BACKEND, SMALL, RANDOM);
    Measurer measurer = Measurer.of(few, normalisation);
    double batch = measurer.measure(BACKEND, SMALL, RANDOM, BatchNormMode.BATCH).loss();
    Parameters biased = biased(calibrated, few.size());
    assertThat(measurer.measure(BACKEND, SMALL, biased, BatchNormMode.RUNNING).loss())
        .isCloseTo(batch, within(1e-5));
    assertThat(measurer.measure(BACKEND, SMALL, calibrated, BatchNormMode.RUNNING).loss())
        .isNotCloseTo(batch, within(1e-5));
  }

  /** Variances times (n − 1)/n, n the values of a channel in a batch. */
  private static Parameters biased(Parameters calibrated, int images) {
    Parameters result = calibrated;
    for (Node node : SMALL.nodes()) {
      if (node.operator() instanceof Operator.BatchNorm) {
        String name = node.name() + ".running_var";
        float n = (float) images * node.shape().height() * node.shape().width();
        float[] values = calibrated.get(name).data().clone();
        for (int c = 0; c < values.length; c++) {
          values[c] *= (n - 1) / n;
        }
        result = result.with(Map.of(name, new Tensor(Shape.of(values.length), values)));
      }
    }
    return result;
  }

  @Test
  void calibratingAgainChangesNothingAndOldStatisticsDoNotMatter() {
    BatchNormCalibration calibration = BatchNormCalibration.on(TRAIN, NORMALISATION);
    Parameters once = calibration.calibrate(BACKEND, SMALL, RANDOM);
    Parameters twice = calibration.calibrate(BACKEND, SMALL, once);
    assertThat(twice.tensors().keySet()).containsExactlyElementsOf(once.tensors().keySet());
    once.tensors()
        .forEach(
            (name, tensor) -> assertThat(twice.get(name).data()).as(name).isEqualTo(tensor.data()));
  }

  @Test
  void aNetworkWithoutBatchNormKeepsItsParameters() {
    ComputationalGraph graph = Subjects.withoutNorm();
    Parameters random = Initialisation.random(graph, 1);
    assertThat(BatchNormCalibration.on(TRAIN, NORMALISATION).calibrate(BACKEND, graph, random))
        .isSameAs(random);
  }
}
