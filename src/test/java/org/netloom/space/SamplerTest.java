package org.netloom.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;

class SamplerTest {
  private static List<DeepNetsArchitecture> draw(Sampler sampler, long seed, int number) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, number).mapToObj(i -> sampler.sample(random)).toList();
  }

  @Test
  void drawsObeyTheRulesAndRepeatForASeed() {
    Sampler sampler = new Sampler(EncodingTest.everything());
    List<DeepNetsArchitecture> drawn = draw(sampler, 3, 300);
    assertThat(drawn).allMatch(a -> DeepNetsRules.violation(a).isEmpty());
    assertThat(draw(sampler, 3, 300)).isEqualTo(drawn);
    assertThat(draw(sampler, 4, 300)).isNotEqualTo(drawn);
  }

  @Test
  void everyWidthIsDrawnEquallyOften() {
    List<DeepNetsArchitecture> drawn = draw(new Sampler(SearchSpace.quickstart(10)), 1, 3000);
    for (int width : List.of(8, 12, 16)) {
      assertThat(drawn.stream().filter(a -> a.channels() == width).count() / 3000.0)
          .isCloseTo(1 / 3.0, within(0.04));
    }
  }

  @Test
  void aTenthIsHeldOutAndTheRestIsForTraining() {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    List<DeepNetsArchitecture> drawn = draw(sampler, 2, 3000);
    assertThat(drawn.stream().filter(HoldOut::contains).count() / 3000.0)
        .isCloseTo(0.1, within(0.02));
    assertThat(draw(sampler.where(a -> !HoldOut.contains(a)), 2, 300)).noneMatch(HoldOut::contains);
  }

  @Test
  void anEmptySpaceIsAnErrorAndNoEndlessLoop() {
    Sampler none = new Sampler(EncodingTest.tiny()).where(a -> false);
    assertThatThrownBy(() -> none.sample(new SplittableRandom(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(100000) draws");
  }

  @Test
  void constraintsTellTheRuleTheValueAndTheExcess() {
    DeepNetsArchitecture a = draw(new Sampler(SearchSpace.quickstart(10)), 9, 1).getFirst();
    ComputationalGraph graph = GraphBuilder.build(a);
    Cost cost = Cost.of(graph);
    long limit = cost.macs() / 2;
    Constraint tight = new Constraint(Constraint.Quantity.MACS, null, limit);
    assertThat(tight.check(graph, cost))
        .hasValueSatisfying(
            v -> {
              assertThat(v.rule()).isEqualTo("macs <= " + limit);
              assertThat(v.actual()).isEqualTo(cost.macs());
              assertThat(v.excess()).isCloseTo(1, within(1e-3));
            });
    assertThat(
            new Constraint(Constraint.Quantity.PARAMETERS, 1L, cost.parameters())
                .check(graph, cost))
        .isEmpty();
    assertThat(new Constraint(Constraint.Quantity.NODES, 100_000L, null).check(graph, cost))
        .hasValueSatisfying(v -> assertThat(v.rule()).isEqualTo("nodes >= 100000"));
  }

  @Test
  void distanceIsZeroForEqualNetworksAndGrowsWithDifferences() {
    List<DeepNetsArchitecture> drawn = draw(new Sampler(EncodingTest.everything()), 6, 40);
    Set<Double> distances = new HashSet<>();
    for (DeepNetsArchitecture a : drawn) {
      assertThat(ArchitectureDistance.between(a, a)).isZero();
      for (DeepNetsArchitecture b : drawn) {
        double d = ArchitectureDistance.between(a, b);
        assertThat(d).isEqualTo(ArchitectureDistance.between(b, a)).isBetween(0.0, 1.0);
        distances.add(d);
      }
    }
    assertThat(distances).hasSizeGreaterThan(10);
  }
}
