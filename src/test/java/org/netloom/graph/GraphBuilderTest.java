package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.Genotype.Edge;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;

final class GraphBuilderTest {

  /** Three cells of one step; cells 1 and 2 reduce. */
  private static DeepNetsArchitecture network(
      int channels, int stemType, boolean preprocess, CellOperation left, CellOperation right) {
    List<Edge> edges = List.of(new Edge(left, 0), new Edge(right, 1));
    Genotype genotype = new Genotype(edges, List.of(2), edges, List.of(2));
    return new DeepNetsArchitecture(
        channels,
        3,
        3,
        Norm.BATCH_NORM,
        stemType,
        false,
        preprocess,
        1,
        1,
        64,
        true,
        genotype,
        10,
        InputShape.CIFAR);
  }

  private static Node node(ComputationalGraph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(CellOperation.class)
  void everyOperationWorksOnOddMapsAtBothStrides(CellOperation operation) {
    for (int side = 12; side < 40; side++) {
      DeepNetsArchitecture a =
          network(16, 0, true, operation, CellOperation.CONV_1X1)
              .with(5, new InputShape(3, side, side + 3));
      ComputationalGraph graph = GraphBuilder.build(a);
      assertThat(graph.classes()).isEqualTo(5);
    }
  }

  @Test
  void bothHalvesOfAFactorisedReductionHaveOneSizeOnOddMaps() {
    DeepNetsArchitecture a =
        network(16, 0, true, CellOperation.SKIP_CONNECT, CellOperation.SKIP_CONNECT);
    ComputationalGraph graph = GraphBuilder.build(a.with(10, new InputShape(3, 29, 32)));
    Node shifted = node(graph, "cells.1._ops.0.conv_2");
    assertThat(((Operator.Convolution) shifted.operator()).padding())
        .isEqualTo(new Padding(-1, -1, 1, 0));
    assertThat(shifted.shape()).isEqualTo(new FeatureShape(8, 15, 16));
    assertThat(node(graph, "cells.1._ops.0.conv_1").shape()).isEqualTo(shifted.shape());
  }

  @Test
  void cellsReadTheRectifiedFirstStemOfTypeOne() {
    ComputationalGraph graph =
        GraphBuilder.build(
            network(16, 1, false, CellOperation.MAX_POOL_3X3, CellOperation.CONV_3X3));
    Node rectified = node(graph, "stem1.0");
    assertThat(rectified.operator()).isEqualTo(new Operator.Activate(Activation.RELU));
    assertThat(node(graph, "cells.0.preprocess0").inputs()).containsExactly(rectified.index());
  }

  @Test
  void aTwoLayerHeadHasReluAndDropoutBetweenAndFlattenTakesTheActualMap() {
    DeepNetsArchitecture a = network(16, 0, true, CellOperation.CONV_3X3, CellOperation.CSE);
    DeepNetsArchitecture flat =
        new DeepNetsArchitecture(
            16,
            3,
            3,
            Norm.NONE,
            0,
            true,
            true,
            1,
            2,
            50,
            false,
            a.genotype(),
            10,
            new InputShape(3, 20, 24));
    List<Node> nodes = GraphBuilder.build(flat).nodes();
    List<Node> head = nodes.subList(nodes.size() - 5, nodes.size());
    assertThat(head.stream().map(n -> n.operator().getClass().getSimpleName()))
        .containsExactly("Flatten", "Linear", "Activate", "Dropout", "Linear");
    assertThat(head.getFirst().shape()).isEqualTo(FeatureShape.vector(16 * 3 * 3));
    assertThat(head.getLast().parameters().getFirst().name()).isEqualTo("classifier.3.weight");
    assertThat(nodes).noneMatch(n -> n.operator() instanceof Operator.BatchNorm);
  }

  @Test
  void anAbsentStateOfAConcatenationIsZerosAndItsTensorsAreUnreachable() {
    List<Edge> edges =
        List.of(
            new Edge(CellOperation.NONE, 0),
            new Edge(CellOperation.NONE, 1),
            new Edge(CellOperation.CONV_3X3, 1),
            new Edge(CellOperation.CONV_1X1, 2));
    DeepNetsArchitecture a =
        new DeepNetsArchitecture(
            16,
            1,
            3,
            Norm.BATCH_NORM,
            0,
            false,
            true,
            1,
            1,
            64,
            true,
            new Genotype(edges, List.of(2, 3), edges, List.of(2, 3)),
            10,
            InputShape.CIFAR);
    ComputationalGraph graph = GraphBuilder.build(a);
    assertThat(node(graph, "cells.0.zeros.2").shape()).isEqualTo(new FeatureShape(16, 32, 32));
    assertThat(graph.unreachableParameters())
        .extracting(ParameterSpec::name)
        .containsExactlyInAnyOrder(
            "cells.0.preprocess0.op.1.weight",
            "cells.0.preprocess0.op.2.weight",
            "cells.0.preprocess0.op.2.bias",
            "cells.0._ops.3.op.1.weight",
            "cells.0._ops.3.op.2.weight",
            "cells.0._ops.3.op.2.bias");
    assertThat(PrimitiveGraph.of(graph).nodes())
        .as("a concatenation with zeros has one predecessor")
        .noneMatch(n -> n.primitive() == Primitive.CONCAT);
    // stem 3·48·9 + 96, preprocessing 48·16 + 32, 3x3 convolution 16·16·9 + 32, head 32·10 + 10.
    Cost cost = Cost.of(graph);
    assertThat(cost.reachableParameters()).isEqualTo(1392 + 800 + 2336 + 330);
    assertThat(cost.parameters()).isEqualTo(cost.reachableParameters() + 800 + 288);
    assertThat(cost.macs()).isEqualTo(1024L * (3 * 48 * 9 + 48 * 16 + 16 * 16 * 9) + 320);
  }

  @Test
  void aNetworkWithoutAPathIsRefused() {
    assertThatThrownBy(
            () -> GraphBuilder.build(network(16, 0, true, CellOperation.NONE, CellOperation.NONE)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no path");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, CONV_3X3, 32, would have (0) output channels",
    "4, 0, MSA, 32, Maybe the network is too narrow",
    "16, 0, MSA, 0, positive",
  })
  void aNetworkThatCannotExistIsRefusedWithItsPlace(
      int channels, int stemType, CellOperation operation, int side, String message) {
    assertThatThrownBy(
            () -> {
              InputShape input = InputShape.parse("3x%dx%d".formatted(side, side));
              GraphBuilder.build(
                  network(channels, stemType, true, operation, operation).with(10, input));
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void twoStepsWithoutPreprocessingAreRefusedWithAHint() {
    List<Edge> edges =
        List.of(
            new Edge(CellOperation.SEP_CONV_3X3, 1),
            new Edge(CellOperation.SEP_CONV_3X3, 1),
            new Edge(CellOperation.SEP_CONV_3X3, 1),
            new Edge(CellOperation.SEP_CONV_3X3, 1));
    DeepNetsArchitecture a =
        new DeepNetsArchitecture(
            16,
            3,
            3,
            Norm.NONE,
            0,
            false,
            false,
            1,
            1,
            64,
            true,
            new Genotype(edges, List.of(2, 3), edges, List.of(2, 3)),
            10,
            InputShape.CIFAR);
    assertThatThrownBy(() -> GraphBuilder.build(a))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("built for (16) channels, but reads (32)")
        .hasMessageContaining("preproc: true");
  }

  @Test
  void greyImagesAreRefused() {
    DeepNetsArchitecture a =
        network(16, 0, true, CellOperation.CONV_3X3, CellOperation.CONV_3X3)
            .with(10, InputShape.parse("1x28x28"));
    assertThatThrownBy(() -> GraphBuilder.build(a))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("3 channels, not (1)");
  }

  @Test
  void anInputThatAWindowDoesNotFitIntoIsRefusedWithItsPlace() {
    DeepNetsArchitecture a =
        network(16, 0, true, CellOperation.MSA, CellOperation.MSA)
            .with(10, new InputShape(3, 100, 8));
    assertThatThrownBy(() -> GraphBuilder.build(a))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("node 'stem0' (Convolution) cannot take a window of (16) over (8)");
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(
            () -> GraphBuilder.build(new PresetArchitecture("lenet", 10, InputShape.CIFAR)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("('lenet')");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void arbitraryGenotypesGiveConnectedGraphsOrAnExplanation(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int built = 0;
    for (int i = 0; i < 40; i++) {
      DeepNetsArchitecture a = draw(random);
      try {
        check(GraphBuilder.build(a));
        built++;
      } catch (InputException e) {
        assertThat(a.genotype().uses(CellOperation.NONE)).as(a.canonical()).isTrue();
        assertThat(e).hasMessageContaining("no path");
      }
    }
    assertThat(built).isGreaterThan(20);
  }

  private static DeepNetsArchitecture draw(RandomGenerator random) {
    int steps = random.nextInt(1, 5);
    List<Integer> concat = new ArrayList<>();
    for (int s = 2; s < steps + 2; s++) {
      if (s == steps + 1 || random.nextBoolean()) {
        concat.add(s);
      }
    }
    Genotype genotype = new Genotype(edges(random, steps), concat, edges(random, steps), concat);
    int multiplier = random.nextInt(1, 3);
    return new DeepNetsArchitecture(
        random.nextInt(8, 40),
        random.nextInt(1, 9),
        3 + 2 * random.nextInt(3),
        random.nextBoolean() ? Norm.BATCH_NORM : Norm.NONE,
        random.nextInt(2),
        random.nextBoolean(),
        steps > 1 || multiplier > 1 || random.nextBoolean(),
        multiplier,
        random.nextInt(3),
        64,
        random.nextBoolean(),
        genotype,
        10,
        new InputShape(3, random.nextInt(16, 80), random.nextInt(16, 80)));
  }

  private static List<Edge> edges(RandomGenerator random, int steps) {
    List<Edge> edges = new ArrayList<>();
    CellOperation[] all = CellOperation.values();
    for (int i = 0; i < 2 * steps; i++) {
      edges.add(new Edge(all[random.nextInt(all.length)], random.nextInt(2 + i / 2)));
    }
    return edges;
  }

  private static void check(ComputationalGraph graph) {
    Set<String> names = new HashSet<>();
    graph.nodes().forEach(n -> assertThat(names.add(n.name())).as(n.name()).isTrue());
    PrimitiveGraph primitives = PrimitiveGraph.of(graph);
    int count = primitives.nodes().size();
    assertThat(primitives.nodes().stream().mapToLong(n -> n.parameters().size()).sum())
        .isEqualTo(graph.parameters().size());
    Distances all = primitives.distances(count);
    for (PrimitiveNode node : primitives.nodes()) {
      int v = node.index();
      int[] targets = Arrays.copyOfRange(all.outNode(), all.outStart()[v], all.outStart()[v + 1]);
      assertThat(targets).isSorted();
      if (v < count - 1) {
        assertThat(targets).as("%s reaches the output", node).contains(count - 1);
      }
    }
    assertThat(primitives.nodes().get(count - 2).role()).isEqualTo(PrimitiveNode.Role.CLASS_WEIGHT);
    assertThat(primitives.nodes().get(count - 1).role()).isEqualTo(PrimitiveNode.Role.CLASS_BIAS);
  }
}
