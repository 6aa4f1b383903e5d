package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.cpu.CpuBackend;

class AuxiliaryHeadTest {

  private static ComputationalGraph network(String preset, String input) {
    return GraphBuilder.build(
        ArchitectureReader.read(preset).architecture().with(10, InputShape.parse(input)));
  }

  /** Values of the head of the published code, built in torch with as many input channels. */
  @ParameterizedTest
  @CsvSource({"darts, 3x32x32, 576, 476426", "vit, 3x32x32, 128, 419082"})
  void headsOfTheNamedNetworksHaveThePublishedSize(
      String preset, String input, int channels, long values) {
    ComputationalGraph network = network(preset, input);
    ComputationalGraph head = AuxiliaryHead.of(network);
    assertThat(head.input().shape().channels()).isEqualTo(channels);
    assertThat(Cost.of(head).parameters()).isEqualTo(values);
    assertThat(head.classes()).isEqualTo(10);
    int cells = network.output().cell() + 1;
    TrainingPlaces.Auxiliary place = network.places().auxiliary().orElseThrow();
    assertThat(network.nodes().get(place.node()).cell()).isEqualTo(2 * cells / 3);
  }

  @Test
  void countsOfTheNetworkKnowNothingOfTheHead() {
    ComputationalGraph network = network("darts", "3x32x32");
    assertThat(network.parameters())
        .noneMatch(spec -> spec.name().startsWith("auxiliary_head"))
        .noneMatch(spec -> network.unreachableParameters().contains(spec));
    assertThat(Cost.of(network).parameters()).isEqualTo(3_349_342);
  }

  /**
   * Logits of the same layers in torch 1.13 (float64, batch statistics), weights and input filled
   * with the sines of {@link #fill}.
   */
  @Test
  void logitsAreThoseOfTorch() {
    double[][] reduced = {
      {-0.713652278280625, 1.6736047899984678, 1.3674938153873262, -1.147945332764856},
      {-0.6988774157722173, 1.6804736364341326, 1.3548280428423802, -1.1587032220507334},
      {-0.7134089054539621, 1.663292347392494, 1.3640840004242971, -1.1386798776384257}
    };
    double[][] small = {
      {-0.68325213748222, 1.6669542596513787, 1.335051624712431, -1.151256216371958},
      {-0.7165994729338245, 1.6741074337948914, 1.3705953498597636, -1.1474956460003092},
      {-0.7114251846157073, 1.664830845677148, 1.362572676470443, -1.14068243118035}
    };
    double[][] large = {
      {0.100861168556709, 0.08513477798293839, 0.0652388720238879, 0.040665840079211625},
      {0.103917918028374, 0.08363134765604288, 0.06172049549247635, 0.04108894084440375},
      {0.10855090867312153, 0.07807286086576701, 0.05538076496712439, 0.04470080509286625}
    };
    check(new TrainingPlaces.Auxiliary(0, 2, 2, false, true, true), 4, reduced);
    check(new TrainingPlaces.Auxiliary(0, 5, 3, false, true, true), 8, small);
    check(new TrainingPlaces.Auxiliary(0, 5, 2, false, true, false), 7, large);
  }

  private static void check(TrainingPlaces.Auxiliary place, int side, double[][] expected) {
    FeatureShape map = new FeatureShape(6, side, side);
    ComputationalGraph network =
        new ComputationalGraph(
            "map",
            List.of(
                new Node(0, "input", new Operator.Input(), List.of(), map, List.of(), 0),
                new Node(
                    1,
                    "head",
                    new Operator.GlobalAveragePool(),
                    List.of(0),
                    new FeatureShape(4, 1, 1),
                    List.of(),
                    0)),
            List.of(),
            new TrainingPlaces(Set.of(), Optional.of(place)));
    ComputationalGraph head = AuxiliaryHead.of(network);
    Program program = new Program();
    Value x = program.input("x", Shape.of(3, side, side, 6));
    Map<String, Value> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : head.parameters()) {
      int[] sides = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(spec.name(), program.input(spec.name(), Shape.of(sides)));
    }
    Value logits =
        NetworkRecorder.record(
                program,
                head,
                x,
                name -> Objects.requireNonNull(tensors.get(name)),
                BatchNormMode.BATCH,
                null)
            .logits();
    program.output(logits);
    try (Backend backend = CpuBackend.of(1)) {
      Execution execution = backend.workspace(List.of()).prepare(program);
      execution.write(x, fill("x", x.shape().size(), 1), 0);
      tensors.forEach(
          (name, value) -> execution.write(value, fill(name, value.shape().size(), 0.1), 0));
      execution.run();
      float[] actual = new float[12];
      execution.read(logits, actual, 0);
      for (int i = 0; i < 12; i++) {
        assertThat((double) actual[i]).isCloseTo(expected[i / 4][i % 4], within(2e-4));
      }
    }
  }

  /** factor·sin(0.37·i + the sum of the name's characters). */
  private static float[] fill(String name, int size, double factor) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (factor * Math.sin(0.37 * i + name.chars().sum()));
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"resnet18, 3x32x32", "darts, 3x16x16"})
  void networksWithoutCellsOrWithMapsTooSmallHaveNoPlaceForOne(String preset, String input) {
    ComputationalGraph network = network(preset, input);
    assertThat(network.places().auxiliary()).isEmpty();
    assertThatThrownBy(() -> AuxiliaryHead.of(network))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no place for an auxiliary head");
  }

  @Test
  void everyOperationOfACellIsAPathSaveIdentities() {
    ComputationalGraph network = network("darts", "3x32x32");
    // 18 normal cells with 6 of 8, 2 reduction cells with 5 of 8 operations that are not identities
    assertThat(network.places().paths()).hasSize(18 * 6 + 2 * 5);
    for (int path : network.places().paths()) {
      assertThat(network.nodes().get(path).name()).contains("._ops.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "efficientnet_b0, 9, 0.025, 0.175",
    "efficientnet_b3, 19, 0.0076923076923, 0.1923076923076",
    "convnext_tiny, 17, 0.0058823529411, 0.1",
    "swin_t, 22, 0.0181818181818, 0.2"
  })
  void residualBranchesAreSkippedWithTheProbabilitiesOfTorchvision(
      String preset, int branches, double first, double last) {
    List<Double> probabilities =
        network(preset, "3x32x32").nodes().stream()
            .filter(node -> node.operator() instanceof Operator.StochasticDepth)
            .map(node -> (double) ((Operator.StochasticDepth) node.operator()).probability())
            .toList();
    assertThat(probabilities).hasSize(branches).isSorted();
    assertThat(probabilities.getFirst()).isCloseTo(first, within(1e-8));
    assertThat(probabilities.getLast()).isCloseTo(last, within(1e-8));
  }
}
