package org.netloom.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Batches;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRunner;
import org.netloom.network.Parameters;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Program;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

class PredictionEvaluatorTest {
  private static final int SIDE = 16;
  private static final FakeData DATA = new FakeData(10, 20, SIDE);
  private static final Protocol PROTOCOL = new Protocol(20, 8, Duration.ZERO);
  private static final Ghn GHN =
      Ghn.initialise(GhnConfig.ghn2(8, 8, 3, 10), new SplittableRandom(1));
  private static final List<DeepNetsArchitecture> NETWORKS = networks(5);

  private static List<DeepNetsArchitecture> networks(int count) {
    Sampler sampler =
        new Sampler(SearchSpace.quickstart(10).with(10, new InputShape(3, SIDE, SIDE)));
    SplittableRandom random = new SplittableRandom(2);
    List<DeepNetsArchitecture> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sampler.sample(random));
    }
    return all;
  }

  private static PredictionEvaluator evaluator(int threads) {
    return PredictionEvaluator.of(
        GHN, DATA, PROTOCOL, threads, CpuBackend::of, EvaluationListener.NONE);
  }

  @Test
  void measuresWhatPredictionAndInferenceByThemselvesGive() throws InterruptedException {
    DeepNetsArchitecture network = NETWORKS.getFirst();
    ComputationalGraph graph = GraphBuilder.build(network);
    ImageSet images = DATA.split(Split.VALIDATION);
    Batches batches = Batches.of(images, Normalisation.of(DATA.split(Split.TRAIN)));
    int right = 0;
    double loss = 0;
    try (Backend backend = CpuBackend.of(1)) {
      Parameters parameters =
          Predictor.predict(GHN, backend, Predictor.encode(GHN.config(), graph)).parameters();
      NetworkRunner runner = new NetworkRunner(backend, graph, parameters, BatchNormMode.BATCH);
      for (int from = 0; from < 20; from += 8) {
        int count = Math.min(8, 20 - from);
        float[] pixels = new float[count * images.imageBytes()];
        float[] labels = new float[count];
        float[] logits = new float[count * 10];
        batches.fill(from, from + count, pixels, labels);
        runner.run(pixels, count, logits, 0);
        for (int i = 0; i < count; i++) {
          float[] row = Arrays.copyOfRange(logits, i * 10, i * 10 + 10);
          int label = (int) labels[i];
          double sum = 0;
          boolean best = true;
          for (float logit : row) {
            sum += Math.exp(logit);
            best &= logit <= row[label];
          }
          right += best ? 1 : 0;
          loss += Math.log(sum) - row[label];
        }
      }
    }
    try (PredictionEvaluator evaluator = evaluator(1)) {
      Scored scored = (Scored) evaluator.evaluate(List.of(network)).getFirst();
      assertThat(scored.accuracy()).isEqualTo(right / 20.0);
      assertThat(scored.loss()).isCloseTo(loss / 20, within(1e-9));
      assertThat(scored.macs()).isEqualTo(Cost.of(graph).macs());
      assertThat(scored.parameters()).isEqualTo(Cost.of(graph).parameters());
      assertThat(scored.protocol()).isEqualTo("predicted (BN batch statistics, batch 8)");
    }
  }

  @Test
  void resultsDependNeitherOnThreadsNorOnCompanyNorOnOrder() throws InterruptedException {
    List<EvaluationResult> together;
    try (PredictionEvaluator evaluator = evaluator(1)) {
      together = evaluator.evaluate(NETWORKS);
      assertThat(evaluator.evaluate(NETWORKS.reversed())).isEqualTo(together.reversed());
    }
    try (PredictionEvaluator evaluator = evaluator(3)) {
      assertThat(evaluator.evaluate(NETWORKS)).isEqualTo(together);
      for (int i = 0; i < NETWORKS.size(); i++) {
        assertThat(evaluator.evaluate(NETWORKS.subList(i, i + 1))).containsExactly(together.get(i));
      }
    }
    assertThat(together).allMatch(r -> r instanceof Scored).doesNotHaveDuplicates();
  }

  @Test
  void anOverflowingNetworkFailsWithItsReason() throws InterruptedException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(GHN.tensors());
    Tensor states = Tensor.zeros(GHN.tensors().get("ln.bias").shape());
    Arrays.fill(states.data(), Float.NaN);
    tensors.put("ln.bias", states);
    try (PredictionEvaluator evaluator =
        PredictionEvaluator.of(
            new Ghn(GHN.config(), tensors),
            DATA,
            PROTOCOL,
            1,
            CpuBackend::of,
            EvaluationListener.NONE)) {
      assertThat(evaluator.evaluate(NETWORKS.subList(0, 1)))
          .containsExactly(new Failed("a logit of images 0 to 7 is (NaN), not a finite number"));
    }
  }

  @Test
  void aTimeOutIsAFailureOfThatCandidate() throws InterruptedException {
    try (PredictionEvaluator evaluator =
        PredictionEvaluator.of(
            GHN,
            DATA,
            PROTOCOL.within(Duration.ofNanos(1)),
            1,
            CpuBackend::of,
            EvaluationListener.NONE)) {
      assertThat(evaluator.evaluate(NETWORKS.subList(0, 1)).getFirst().reason())
          .startsWith("time-out");
    }
  }

  @Test
  void networksThatDoNotFitFailAndTheOthersAreMeasured() throws InterruptedException {
    Architecture classes = NETWORKS.get(0).with(7, new InputShape(3, SIDE, SIDE));
    Architecture input = NETWORKS.get(1).with(10, new InputShape(3, 8, 8));
    try (PredictionEvaluator evaluator = evaluator(1)) {
      List<EvaluationResult> results = evaluator.evaluate(List.of(classes, NETWORKS.get(2), input));
      assertThat(results.get(0).reason()).contains("in (7) classes");
      assertThat(results.get(1)).isInstanceOf(Scored.class);
      assertThat(results.get(2).reason()).contains("3x8x8", "3x16x16");
    }
  }

  @Test
  void aHypernetworkForOtherClassesIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                PredictionEvaluator.of(
                    GHN,
                    new FakeData(7, 20, SIDE),
                    PROTOCOL,
                    1,
                    CpuBackend::of,
                    EvaluationListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(10) classes")
        .hasMessageContaining("(7)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCandidateThatLackedMemoryBesideOthersIsMeasuredAlone(boolean planned)
      throws InterruptedException {
    List<EvaluationResult> expected;
    try (PredictionEvaluator evaluator = evaluator(1)) {
      expected = evaluator.evaluate(NETWORKS);
    }
    assertThat(evaluateWithMemoryFor(NETWORKS, 3, planned)).isEqualTo(expected);
  }

  @Test
  void aCandidateThatNeverFindsMemoryFails() throws InterruptedException {
    List<EvaluationResult> results = evaluateWithMemoryFor(NETWORKS, 1_000_000, false);
    assertThat(results).hasSize(NETWORKS.size());
    assertThat(results).allMatch(r -> r.reason().startsWith("out of memory"));
    assertThat(evaluateWithMemoryFor(NETWORKS, 1_000_000, true))
        .hasSize(NETWORKS.size())
        .allMatch(r -> r.reason().startsWith("The plan needs (3.0 MB) of memory beside what is"));
  }

  private static List<EvaluationResult> evaluateWithMemoryFor(
      List<DeepNetsArchitecture> networks, int refusals, boolean planned)
      throws InterruptedException {
    AtomicInteger left = new AtomicInteger(refusals);
    List<Architecture> told = new ArrayList<>();
    try (PredictionEvaluator evaluator =
        PredictionEvaluator.of(
            GHN,
            DATA,
            PROTOCOL,
            2,
            threads -> new ShortOfMemory(CpuBackend.of(threads), left, planned),
            (architecture, result, time) -> told.add(architecture))) {
      List<EvaluationResult> results = evaluator.evaluate(networks);
      assertThat(told).containsExactlyInAnyOrderElementsOf(networks);
      return results;
    }
  }

  @Test
  void anInterruptedCallerGetsAnInterruptedExceptionAndTheEvaluatorStaysUsable()
      throws InterruptedException {
    try (PredictionEvaluator evaluator = evaluator(2)) {
      List<EvaluationResult> before = evaluator.evaluate(NETWORKS);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> evaluator.evaluate(NETWORKS))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(evaluator.evaluate(NETWORKS)).isEqualTo(before);
    }
  }

  @Test
  void candidatesAboveTheMemoryLimitFailWithBothFigures() throws InterruptedException {
    try (PredictionEvaluator evaluator =
        PredictionEvaluator.of(
            GHN,
            DATA,
            PROTOCOL,
            2,
            threads -> CpuBackend.of(threads, 1 << 10),
            EvaluationListener.NONE)) {
      assertThat(evaluator.evaluate(NETWORKS))
          .hasSameSizeAs(NETWORKS)
          .allSatisfy(
              result ->
                  assertThat(result)
                      .isInstanceOfSatisfying(
                          EvaluationResult.Failed.class,
                          failed ->
                              assertThat(failed.reason())
                                  .contains("of memory; the limit is (0.0 MB)")));
    }
  }

  /**
   * Refuses the first arenas that programs ask for.
   *
   * @param planned whether as a workspace does that knows its plan, or as the heap does
   */
  private record ShortOfMemory(Backend backend, AtomicInteger refusals, boolean planned)
      implements Backend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public String description() {
      return backend.description();
    }

    @Override
    public Workspace workspace(List<Variable> variables) {
      Workspace workspace = backend.workspace(variables);
      return new Workspace() {
        @Override
        public Execution prepare(Program program) {
          if (refusals.getAndDecrement() > 0) {
            if (planned) {
              throw MemoryException.crowded(3 << 20);
            }
            throw new OutOfMemoryError("test");
          }
          return workspace.prepare(program);
        }

        @Override
        public void write(Variable variable, float[] source) {
          workspace.write(variable, source);
        }

        @Override
        public void read(Variable variable, float[] target) {
          workspace.read(variable, target);
        }
      };
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
