package org.netloom.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Constraint;
import org.netloom.space.Constraint.Quantity;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

class WrappingEvaluatorsTest {
  private final List<Architecture> seen = new ArrayList<>();
  private final Evaluator inner =
      batch -> {
        seen.addAll(batch);
        return batch.stream()
            .map(
                a ->
                    (EvaluationResult)
                        new Scored(0.5, 1, Cost.of(GraphBuilder.build(a)).macs(), 1, "test"))
            .toList();
      };

  private static List<DeepNetsArchitecture> networks(int count) {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    SplittableRandom random = new SplittableRandom(1);
    List<DeepNetsArchitecture> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sampler.sample(random));
    }
    return all;
  }

  @Test
  void duplicatesAndKnownNetworksAreMeasuredOnce() throws InterruptedException {
    List<DeepNetsArchitecture> networks = networks(3);
    CachingEvaluator cache = new CachingEvaluator(inner);
    List<DeepNetsArchitecture> batch = List.of(networks.get(0), networks.get(1), networks.get(0));
    List<EvaluationResult> first = cache.evaluate(batch);
    assertThat(first.get(2)).isEqualTo(first.get(0)).isNotEqualTo(first.get(1));
    assertThat(cache.evaluate(networks).subList(0, 2)).isEqualTo(first.subList(0, 2));
    assertThat(seen).containsExactlyElementsOf(networks);
    assertThat(cache.hits()).isEqualTo(3);
  }

  @Test
  void recordedResultsAreReplayedWhateverTheyAre() throws InterruptedException {
    List<DeepNetsArchitecture> networks = networks(2);
    Failed recorded = new Failed("out of memory");
    CachingEvaluator cache =
        new CachingEvaluator(inner, Map.of(networks.getFirst().id(), recorded));
    assertThat(cache.evaluate(networks).getFirst()).isEqualTo(recorded);
    assertThat(seen).containsExactly(networks.getLast());
  }

  @Test
  void networksOutsideTheirConstraintsAreRejectedWithEveryRuleAndNeverMeasured()
      throws InterruptedException {
    List<DeepNetsArchitecture> networks = networks(20);
    List<Long> macs =
        networks.stream().map(a -> Cost.of(GraphBuilder.build(a)).macs()).sorted().toList();
    long limit = macs.get(9);
    Constraint fewMacs = new Constraint(Quantity.MACS, null, limit);
    Constraint manyParameters = new Constraint(Quantity.PARAMETERS, 1_000_000_000L, null);
    List<EvaluationResult> results =
        new ConstrainedEvaluator(List.of(fewMacs), inner).evaluate(networks);
    for (int i = 0; i < networks.size(); i++) {
      Cost cost = Cost.of(GraphBuilder.build(networks.get(i)));
      if (cost.macs() > limit) {
        assertThat(results.get(i))
            .isEqualTo(
                new Rejected(
                    "macs <= " + limit,
                    String.valueOf(cost.macs()),
                    (cost.macs() - limit) / (double) limit,
                    cost.macs(),
                    cost.parameters()));
      } else {
        assertThat(results.get(i)).isInstanceOf(Scored.class);
        assertThat(((Scored) results.get(i)).macs()).isEqualTo(cost.macs());
      }
    }
    assertThat(seen).hasSize((int) macs.stream().filter(m -> m <= limit).count());
    Rejected both =
        (Rejected)
            ConstrainedEvaluator.check(
                    networks.getFirst(),
                    List.of(new Constraint(Quantity.MACS, null, 1L), manyParameters))
                .orElseThrow();
    assertThat(both.reason()).contains("macs <= 1, parameters >= 1000000000");
  }

  @Test
  void anImpossibleNetworkFailsBesideConstraints() throws InterruptedException {
    Constraint any = new Constraint(Quantity.MACS, null, Long.MAX_VALUE);
    PresetArchitecture unknown = new PresetArchitecture("nonesuch", 10, InputShape.CIFAR);
    assertThat(new ConstrainedEvaluator(List.of(any), inner).evaluate(List.of(unknown)).getFirst())
        .isInstanceOf(Failed.class);
    assertThat(seen).isEmpty();
  }

  @Test
  void withoutConstraintsEverythingGoesOn() throws InterruptedException {
    var _ = new ConstrainedEvaluator(List.of(), inner).evaluate(networks(2));
    assertThat(seen).hasSize(2);
  }
}
