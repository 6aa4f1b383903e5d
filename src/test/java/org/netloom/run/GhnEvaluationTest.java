package org.netloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.PixelNoise;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.run.GhnEvaluation.Failed;
import org.netloom.run.GhnEvaluation.Measured;
import org.netloom.run.GhnEvaluation.Outcome;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;

class GhnEvaluationTest {
  private static final InputShape INPUT = new InputShape(3, 16, 16);
  private static final Ghn GHN =
      Ghn.initialise(GhnConfig.ghn2(8, 8, 7, 10), new SplittableRandom(1));

  private static Measurer measurer() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] pixels = new byte[80 * 3 * 16 * 16];
    random.nextBytes(pixels);
    int[] labels = random.ints(80, 0, 10).toArray();
    ImageSet images = new ImageSet(10, 3, 16, 16, pixels, labels);
    return Measurer.of(images, Normalisation.of(images));
  }

  private static List<Architecture> networks(int count) {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10).with(10, INPUT));
    SplittableRandom random = new SplittableRandom(2);
    List<Architecture> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sampler.sample(random));
    }
    return all;
  }

  private static List<Outcome> measure(
      List<Architecture> networks, Measurer measurer, int threads, Runnable done)
      throws InterruptedException {
    return GhnEvaluation.measure(
        GHN,
        networks,
        Map.of(),
        measurer,
        new Compute(threads, CpuBackend::of),
        (index, outcome) -> done.run());
  }

  @Test
  void outcomesDependNeitherOnThreadsNorOnCompanyAndAFailureIsOne() throws InterruptedException {
    List<Architecture> networks = networks(3);
    networks.add(1, networks.getFirst().with(10, new InputShape(3, 32, 32)));
    AtomicInteger told = new AtomicInteger();
    List<Outcome> outcomes = measure(networks, measurer(), 2, told::incrementAndGet);
    assertThat(told.get()).isEqualTo(4);
    assertThat(outcomes).extracting(Outcome::architecture).isEqualTo(networks);
    assertThat(((Failed) outcomes.get(1)).reason()).contains("3x32x32", "3x16x16");
    assertThat(measure(networks, measurer(), 1, () -> {})).isEqualTo(outcomes);
    assertThat(measure(networks.subList(2, 3), measurer(), 1, () -> {}))
        .containsExactly(outcomes.get(2));
    Measured last = (Measured) outcomes.getLast();
    assertThat(last.parameters())
        .isEqualTo(Cost.of(GraphBuilder.build(networks.getLast())).parameters());
    assertThat(last.measurement().images()).isEqualTo(80);
    assertThat(last.measurement().protocol()).isEqualTo("BN batch statistics, batch 64");
  }

  @Test
  void noiseOnThePixelsIsPartOfTheProtocolAndChangesWhatIsMeasured() throws InterruptedException {
    List<Architecture> networks = networks(1);
    Measurement clean =
        ((Measured) measure(networks, measurer(), 1, () -> {}).getFirst()).measurement();
    Measurer noisy = measurer().with(new PixelNoise(0.08, 1));
    Measurement measured =
        ((Measured) measure(networks, noisy, 1, () -> {}).getFirst()).measurement();
    assertThat(measured.protocol()).isEqualTo("BN batch statistics, batch 64, pixel noise 0.08");
    assertThat(measured.loss()).isNotEqualTo(clean.loss());
    assertThat(((Measured) measure(networks, noisy, 1, () -> {}).getFirst()).measurement())
        .isEqualTo(measured);
  }

  @Test
  void anInterruptEndsTheMeasurement() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> measure(networks(2), measurer(), 2, () -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theSummaryIsThatOfTheMeasuredNetworks() {
    List<Outcome> outcomes = new ArrayList<>();
    Architecture network = networks(1).getFirst();
    for (double accuracy : new double[] {0.5, 0.1, 0.3, 0.9}) {
      outcomes.add(new Measured(network, 1, new Measurement(accuracy, 1, 10, "no BN")));
    }
    outcomes.add(2, new Failed(network, "too large"));
    Spread figures = Spread.of(GhnEvaluation.measurements(outcomes), Measurement::accuracy);
    assertThat(figures.networks()).isEqualTo(4);
    assertThat(figures.mean()).isCloseTo(0.45, within(1e-12));
    // Deviations 0.05, -0.35, -0.15, 0.45: sum of squares 0.35; sqrt(0.35 / 3 / 4)
    assertThat(figures.standardError()).isCloseTo(0.170782512765993, within(1e-12));
    assertThat(figures.median()).isCloseTo(0.4, within(1e-12));
    assertThat(figures.min()).isEqualTo(0.1);
    assertThat(figures.max()).isEqualTo(0.9);
    List<Measurement> single = GhnEvaluation.measurements(outcomes.subList(0, 1));
    assertThat(Spread.of(single, Measurement::accuracy).standardError()).isNaN();
    assertThatThrownBy(() -> GhnEvaluation.measurements(outcomes.subList(2, 3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("too large");
  }
}
