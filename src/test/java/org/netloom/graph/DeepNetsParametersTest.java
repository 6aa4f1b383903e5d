package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsPresets;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.deepnets.NetworkSet;
import org.netloom.deepnets.NetworkSplit;

class DeepNetsParametersTest {
  @ParameterizedTest
  @EnumSource(names = "PREDEFINED", mode = EnumSource.Mode.EXCLUDE)
  void theCountIsThatOfTheGraphForSmallAndLargeImages(NetworkSplit split) {
    NetworkSet set = NetworkSet.open(split.label());
    for (int i = 0; i < 12; i++) {
      check(set, i, 10, InputShape.CIFAR);
      check(set, i, 1000, new InputShape(3, 224, 224));
      check(set, i, 7, new InputShape(3, 33, 47));
    }
  }

  private static void check(NetworkSet set, int index, int classes, InputShape input) {
    check((DeepNetsArchitecture) set.network(index).architecture(classes, input));
  }

  @Test
  void theCountIsThatOfTheGraphForNetworksOfTheLiterature() {
    Stream.of("darts", "vit")
        .map(name -> new PresetArchitecture(name, 10, InputShape.CIFAR))
        .map(DeepNetsPresets::expand)
        .forEach(DeepNetsParametersTest::check);
  }

  private static void check(DeepNetsArchitecture network) {
    assertThat(DeepNetsParameters.count(network))
        .as(network.canonical())
        .isEqualTo(Cost.of(GraphBuilder.build(network)).parameters());
  }
}
