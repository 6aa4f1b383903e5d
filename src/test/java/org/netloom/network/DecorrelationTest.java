package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.tensor.Tensor;

class DecorrelationTest {
  private static final ComputationalGraph GRAPH =
      GraphBuilder.build(
          ArchitectureReader.read("resnet18").architecture().with(10, InputShape.CIFAR));
  private static final Parameters RANDOM = Initialisation.random(GRAPH, 3);

  @Test
  void orthogonalFiltersSpanWhatTheySpannedInTheDirectionsOfGramAndSchmidt() {
    DMatrixRMaj tall = random(9, 4);
    double[][] expected = gramSchmidt(tall);
    DMatrixRMaj q = Decorrelation.orthogonalised(tall);
    for (int j = 0; j < 4; j++) {
      for (int i = 0; i < 9; i++) {
        assertThat(q.get(i, j)).isCloseTo(expected[j][i], within(1e-12));
      }
    }
  }

  @Test
  void noiseIsScaledByTheSpreadOfTheCorrelationsOfRows() {
    DMatrixRMaj tall = random(7, 5);
    for (int j = 0; j < 5; j++) {
      tall.set(3, j, 0.25);
    }
    assertThat(Decorrelation.correlationDeviation(tall))
        .isCloseTo(deviation(correlations(tall)), within(1e-12));
  }

  @Test
  void onlyTheLayersAskedForChangeAndNeverTheLast() {
    Decorrelation late = new Decorrelation(0, true, 4, 128, 1);
    List<String> changed = changed(late.apply(GRAPH, RANDOM));
    // the fourth layer and the one after it have 64 channels, too few
    assertThat(changed).doesNotContain("conv1.weight", "layer1.0.conv1.weight", "fc.weight");
    assertThat(changed).doesNotContain("layer2.0.conv1.weight").contains("layer4.1.conv2.weight");
    assertThat(changed).allMatch(name -> name.endsWith(".weight"));
    assertThat(changed(new Decorrelation(0, true, 1, 0, 1).apply(GRAPH, RANDOM)))
        .contains("conv1.weight")
        .doesNotContain("fc.weight", "bn1.weight");
  }

  @Test
  void wideWeightsGetOrthonormalRowsAndTallOnesOrthonormalColumns() {
    Parameters changed = new Decorrelation(0, true, 1, 0, 1).apply(GRAPH, RANDOM);
    Tensor wide = changed.get("layer1.0.conv1.weight"); // 64 x 576
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < 576; i++) {
          dot += wide.data()[a * 576 + i] * wide.data()[b * 576 + i];
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void noiseDependsOnTheSeedAndTheTensorsNameOnly() {
    float[] weight = noise(1, 5);
    assertThat(noise(1, 5)).isEqualTo(weight);
    assertThat(noise(9, 5)).isEqualTo(weight);
    assertThat(noise(1, 6)).isNotEqualTo(weight);
  }

  private static float[] noise(int from, long seed) {
    return new Decorrelation(0.1f, false, from, 0, seed)
        .apply(GRAPH, RANDOM)
        .get("layer4.1.conv2.weight")
        .data();
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Decorrelation(-1, true, 1, 0, 0)).hasMessageContaining("(-1.0)");
    assertThatThrownBy(() -> new Decorrelation(0, true, 0, 0, 0)).hasMessageContaining("from (0)");
  }

  private static List<String> changed(Parameters after) {
    List<String> names = new ArrayList<>();
    RANDOM
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!Arrays.equals(after.get(name).data(), tensor.data())) {
                names.add(name);
              }
            });
    return names;
  }

  private static DMatrixRMaj random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(11);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = random.nextDouble() - 0.3;
    }
    return matrix;
  }

  private static double[][] gramSchmidt(DMatrixRMaj tall) {
    double[][] q = new double[tall.numCols][tall.numRows];
    for (int j = 0; j < q.length; j++) {
      for (int i = 0; i < tall.numRows; i++) {
        q[j][i] = tall.get(i, j);
      }
      for (int k = 0; k < j; k++) {
        double dot = 0;
        for (int i = 0; i < tall.numRows; i++) {
          dot += q[k][i] * q[j][i];
        }
        for (int i = 0; i < tall.numRows; i++) {
          q[j][i] -= dot * q[k][i];
        }
      }
      double norm = 0;
      for (double value : q[j]) {
        norm += value * value;
      }
      for (int i = 0; i < tall.numRows; i++) {
        q[j][i] /= Math.sqrt(norm);
      }
    }
    return q;
  }

  private static double[] correlations(DMatrixRMaj tall) {
    double[] all = new double[tall.numRows * tall.numRows];
    for (int a = 0; a < tall.numRows; a++) {
      for (int b = 0; b < tall.numRows; b++) {
        all[a * tall.numRows + b] = correlation(tall, a, b);
      }
    }
    return all;
  }

  private static double correlation(DMatrixRMaj m, int a, int b) {
    int n = m.numCols;
    double meanA = 0;
    double meanB = 0;
    for (int j = 0; j < n; j++) {
      meanA += m.get(a, j) / n;
      meanB += m.get(b, j) / n;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < n; j++) {
      ab += (m.get(a, j) - meanA) * (m.get(b, j) - meanB);
      aa += (m.get(a, j) - meanA) * (m.get(a, j) - meanA);
      bb += (m.get(b, j) - meanB) * (m.get(b, j) - meanB);
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }

  private static double deviation(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
