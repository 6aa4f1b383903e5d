package org.netloom.deepnets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.InputShape;

class TrainingWidthsTest {
  private static final int DRAWS = 4000;
  private static final InputShape LARGE = new InputShape(3, 224, 224);

  private static NetworkEntry.Generated network(
      int cells, boolean average, CellOperation operation, long small, long large) {
    List<Genotype.Edge> edges =
        List.of(new Genotype.Edge(operation, 0), new Genotype.Edge(operation, 1));
    return new NetworkEntry.Generated(
        new DeepNetsArchitecture(
            32,
            cells,
            3,
            DeepNetsArchitecture.Norm.BATCH_NORM,
            0,
            false,
            true,
            1,
            2,
            256,
            average,
            new Genotype(edges, List.of(2), edges, List.of(2)),
            10,
            InputShape.CIFAR),
        32,
        32,
        small,
        large);
  }

  private static Map<Integer, TreeSet<Integer>> drawn(
      NetworkEntry.Generated network, InputShape input) {
    SplittableRandom random = new SplittableRandom(3);
    Map<Integer, TreeSet<Integer>> heads = new TreeMap<>();
    for (int i = 0; i < DRAWS; i++) {
      DeepNetsArchitecture a = TrainingWidths.draw(network, 100, input, random);
      assertThat(a.input()).isEqualTo(input);
      assertThat(a.classes()).isEqualTo(100);
      heads.computeIfAbsent(a.channels(), c -> new TreeSet<>()).add(a.fcDim());
    }
    return heads;
  }

  private static TreeSet<Integer> steps(int step, int most) {
    TreeSet<Integer> all = new TreeSet<>();
    IntStream.rangeClosed(1, most / step).forEach(i -> all.add(i * step));
    return all;
  }

  @Test
  void largeDeepFlattenedAndDenseNetworksStayNarrow() {
    for (NetworkEntry.Generated network :
        List.of(
            network(4, true, CellOperation.CONV_3X3, 800_001, 0),
            network(13, true, CellOperation.CONV_3X3, 0, 0),
            network(4, false, CellOperation.CONV_3X3, 0, 0),
            network(4, true, CellOperation.CONV_5X5, 0, 0),
            network(4, true, CellOperation.CONV_7X7, 0, 0))) {
      assertThat(drawn(network, InputShape.CIFAR)).isEqualTo(Map.of(32, steps(64, 256)));
    }
  }

  @Test
  void smallerNetworksMayBecomeWider() {
    for (NetworkEntry.Generated network :
        List.of(
            network(4, true, CellOperation.CONV_3X3, 400_001, 0),
            network(12, true, CellOperation.CONV_3X3, 0, 0))) {
      assertThat(drawn(network, InputShape.CIFAR).keySet()).containsExactly(32, 48);
    }
    for (NetworkEntry.Generated network :
        List.of(
            network(4, true, CellOperation.CONV_3X3, 200_001, 0),
            network(9, true, CellOperation.CONV_3X3, 0, 0))) {
      assertThat(drawn(network, InputShape.CIFAR).keySet()).containsExactly(32, 48, 64);
    }
  }

  @Test
  void theSmallestDrawAnyWidthAndAWiderHeadWhereTheyAreNarrow() {
    Map<Integer, TreeSet<Integer>> heads =
        drawn(network(8, true, CellOperation.CONV_3X3, 200_000, 0), InputShape.CIFAR);
    assertThat(heads.keySet()).containsExactly(32, 48, 64, 80, 96, 112, 128);
    heads.forEach((width, head) -> assertThat(head).isEqualTo(steps(64, width <= 64 ? 512 : 256)));
  }

  @Test
  void parametersCountForTheSizeOfTheImages() {
    NetworkEntry.Generated network = network(4, true, CellOperation.CONV_3X3, 0, 900_000);
    assertThat(drawn(network, InputShape.CIFAR)).hasSize(7);
    assertThat(drawn(network, LARGE)).hasSize(1);
  }
}
