package org.netloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.run.NetworkEmbedding.Embedded;
import org.netloom.run.NetworkEmbedding.Failed;
import org.netloom.run.NetworkEmbedding.Outcome;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.cpu.CpuBackend;

class NetworkEmbeddingTest {
  private static final Ghn GHN =
      Ghn.initialise(GhnConfig.ghn2(8, 8, 7, 10), new SplittableRandom(1));

  /** More than wait for one another. */
  private static final int MANY = 100;

  private static List<Architecture> networks() {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    SplittableRandom random = new SplittableRandom(2);
    List<Architecture> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(sampler.sample(random));
    }
    all.set(3, new PresetArchitecture("inception_v3", 10, InputShape.CIFAR));
    return all;
  }

  private static List<Outcome> embed(List<Architecture> networks, int threads)
      throws InterruptedException, IOException {
    List<Outcome> outcomes = new ArrayList<>();
    NetworkEmbedding.each(
        GHN,
        networks.size(),
        index -> networks.get((int) index),
        new Compute(threads, CpuBackend::of),
        (index, outcome) -> {
          assertThat(index).isEqualTo(outcomes.size());
          outcomes.add(outcome);
        });
    return outcomes;
  }

  @Test
  void networksComeInTheirOrderTheSameForAnyNumberOfThreadsAndAFailureIsOne() throws Exception {
    List<Architecture> networks = networks();
    List<Outcome> one = embed(networks, 1);
    List<Outcome> two = embed(networks, 2);
    assertThat(two).extracting(Outcome::architecture).isEqualTo(networks);
    assertThat(((Failed) two.get(3)).reason()).isNotBlank();
    for (int i = 0; i < MANY; i++) {
      if (i != 3) {
        Embedded embedded = (Embedded) two.get(i);
        assertThat(embedded.embedding()).isEqualTo(((Embedded) one.get(i)).embedding());
        assertThat(embedded.cost()).isEqualTo(Cost.of(GraphBuilder.build(networks.get(i))));
      }
    }
  }

  @Test
  void aNetworkThatCannotBeReadEndsTheWork() {
    assertThatThrownBy(
            () ->
                NetworkEmbedding.each(
                    GHN,
                    5,
                    index -> {
                      throw new InputException("network (%d) is damaged".formatted(index));
                    },
                    new Compute(2, CpuBackend::of),
                    (index, outcome) -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage("network (0) is damaged");
  }

  @Test
  void anInterruptEndsTheWork() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> embed(networks(), 2)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
