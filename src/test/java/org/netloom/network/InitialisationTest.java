package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.Node;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.ParameterSpec.Role;

class InitialisationTest {
  private static ComputationalGraph graph(String preset, int classes) {
    return GraphBuilder.build(
        ArchitectureReader.read(preset).architecture().with(classes, InputShape.CIFAR));
  }

  @Test
  void everyTrainableTensorIsThereInItsShapeAndOrder() {
    ComputationalGraph vit = graph("vit", 10);
    Parameters random = Initialisation.random(vit, 1);
    assertThat(random.tensors().keySet())
        .containsExactlyElementsOf(vit.parameters().stream().map(ParameterSpec::name).toList());
    assertThat(random.trainable(vit)).isEqualTo(random);
  }

  @Test
  void weightsAndBiasesFillTheRangeOfTheirWeightsFanIn() {
    int checked = 0;
    for (String preset : List.of("darts", "vit")) {
      ComputationalGraph graph = graph(preset, 10);
      Parameters random = Initialisation.random(graph, 7);
      for (Node node : graph.nodes()) {
        for (ParameterSpec spec : node.parameters()) {
          if (spec.role() == Role.WEIGHT || spec.role() == Role.BIAS) {
            List<Integer> weight = node.parameters().getFirst().shape();
            double fanIn =
                weight.stream().skip(1).mapToDouble(side -> side).reduce(1, (a, b) -> a * b);
            double bound = 1 / Math.sqrt(fanIn);
            float[] values = random.get(spec.name()).data();
            assertThat(largest(values)).isLessThanOrEqualTo((float) bound);
            if (values.length > 2000) {
              assertThat(largest(values)).isGreaterThan((float) (0.99 * bound));
              assertThat(deviation(values)).isCloseTo(bound / Math.sqrt(3), within(0.03 * bound));
              checked++;
            }
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  @Test
  void normsStartAsTheIdentityAndPositionsAsSmallNormalNumbers() {
    ComputationalGraph vit = graph("vit", 10);
    Parameters random = Initialisation.random(vit, 1);
    int positions = 0;
    for (ParameterSpec spec : vit.parameters()) {
      float[] values = random.get(spec.name()).data();
      switch (spec.role()) {
        case NORM_WEIGHT -> assertThat(values).containsOnly(1f);
        case NORM_BIAS -> assertThat(values).containsOnly(0f);
        case POSITION -> {
          positions++;
          assertThat(deviation(values)).isCloseTo(0.02, within(0.001));
          assertThat(largest(values)).isBetween(0.05f, 0.12f);
        }
        default -> {}
      }
    }
    assertThat(positions).isEqualTo(1);
  }

  @Test
  void aTensorDependsOnSeedAndNameButNotOnItsNeighbours() {
    ComputationalGraph ten = graph("darts", 10);
    ComputationalGraph five = graph("darts", 5);
    Parameters a = Initialisation.random(ten, 3);
    Parameters b = Initialisation.random(five, 3);
    Parameters c = Initialisation.random(ten, 4);
    List<ParameterSpec> weights =
        ten.parameters().stream().filter(spec -> spec.role() == Role.WEIGHT).toList();
    String first = weights.getFirst().name();
    assertThat(a.get(first).data()).isEqualTo(b.get(first).data());
    assertThat(a.get(first).data()).isNotEqualTo(c.get(first).data());
    long distinct = weights.stream().map(spec -> a.get(spec.name()).data()[0]).distinct().count();
    assertThat(distinct).isGreaterThan(weights.size() * 9L / 10);
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
