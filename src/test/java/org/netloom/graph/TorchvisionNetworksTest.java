package org.netloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.architecture.DeepNetsPresets;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.architecture.Presets;
import org.netloom.config.InputException;

class TorchvisionNetworksTest {
  private static final InputShape LARGE = new InputShape(3, 224, 224);

  /** Parameters, number of tensors, and the hash of their names and shapes. */
  private record Published(long parameters, int tensors, String hash) {}

  private static final Map<String, Published> PUBLISHED = read();

  private static Map<String, Published> read() {
    try (InputStream file = TorchvisionNetworksTest.class.getResourceAsStream("torchvision.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Published> all = new LinkedHashMap<>();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(
              p ->
                  all.put(p[0], new Published(Long.parseLong(p[1]), Integer.parseInt(p[2]), p[3])));
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> presets() {
    return Presets.NAMES.stream().filter(n -> !DeepNetsPresets.NAMES.contains(n)).toList();
  }

  private static List<String> presetsForSmallImages() {
    return presets().stream().filter(name -> !name.equals("inception_v3")).toList();
  }

  private static ComputationalGraph build(String name, int classes, InputShape input) {
    return GraphBuilder.build(new PresetArchitecture(name, classes, input));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void tensorsHaveTorchvisionsNamesAndShapes(String name) throws NoSuchAlgorithmException {
    ComputationalGraph graph = build(name, 1000, LARGE);
    Published published = PUBLISHED.get(name);
    assertThat(Cost.of(graph).parameters()).isEqualTo(published.parameters());
    assertThat(graph.parameters()).hasSize(published.tensors());
    String lines =
        graph.parameters().stream()
            .map(
                p ->
                    p.name()
                        + "="
                        + p.shape().stream().map(String::valueOf).collect(Collectors.joining("x")))
            .sorted()
            .collect(Collectors.joining("\n"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(published.hash());
    assertThat(graph.nodes().stream().map(Node::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("presetsForSmallImages")
  void smallImagesAreTakenAndEveryTensorHasExactlyOnePrimitive(String name) {
    ComputationalGraph graph = build(name, 10, InputShape.CIFAR);
    assertThat(graph.classes()).isEqualTo(10);
    PrimitiveGraph primitives = PrimitiveGraph.of(graph);
    assertThat(
            primitives.nodes().stream()
                .flatMap(node -> node.parameters().stream())
                .map(ParameterSpec::name))
        .containsExactlyInAnyOrderElementsOf(
            graph.parameters().stream().map(ParameterSpec::name).toList());
    for (PrimitiveNode.Role role :
        List.of(PrimitiveNode.Role.CLASS_WEIGHT, PrimitiveNode.Role.CLASS_BIAS)) {
      assertThat(primitives.nodes().stream().filter(node -> node.role() == role))
          .singleElement()
          .satisfies(
              node -> assertThat(node.parameters().getFirst().shape().getFirst()).isEqualTo(10));
    }
  }

  /** Figures of the reference's tools for its 32x32 variant, to all digits. */
  @Test
  void theResidualNetworkHasThePublishedFigures() {
    ComputationalGraph graph = build("resnet50", 10, InputShape.CIFAR);
    GraphStatistics figures = GraphStatistics.of(PrimitiveGraph.of(graph));
    assertThat(Cost.of(graph).parameters()).isEqualTo(23_520_842);
    assertThat(figures.nodes()).isEqualTo(126);
    assertThat(figures.edges()).isEqualTo(141);
    assertThat(figures.pairs()).isEqualTo(7827);
    assertThat(figures.maxDistance()).isEqualTo(32);
    assertThat(figures.meanDegree()).isEqualTo(2.238095238095238);
    assertThat(figures.meanPath()).isEqualTo(11.193269841269842);
    assertThat(figures.histogram())
        .isEqualTo(
            Map.of(
                Primitive.CONV, 54,
                Primitive.BN, 53,
                Primitive.SUM, 16,
                Primitive.INPUT, 1,
                Primitive.GLOB_AVG, 1,
                Primitive.BIAS, 1));
  }

  /**
   * Multiply-adds of convolutions and linear layers at 224x224, as published for these networks.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1814073344",
    "resnet50, 4089184256",
    "vgg16, 15470264320",
    "mobilenet_v2, 300774272"
  })
  void largeImagesCostWhatThePapersSay(String name, long macs) {
    assertThat(Cost.of(build(name, 1000, LARGE)).macs()).isEqualTo(macs);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, layer1.0.conv1, 64x32x32",
    "densenet121, features.denseblock1.denselayer1.conv1, 128x32x32",
    "vgg16_bn, features.10, 128x32x32",
    "mobilenet_v2, features.4.conv.3, 32x32x32",
    "mnasnet1_0, layers.7, 16x32x32",
    "squeezenet1_0, features.6, 256x3x3",
    "efficientnet_b0, features.0.0, 32x16x16",
    "regnet_y_400mf, stem.0, 32x16x16",
    "shufflenet_v2_x1_0, stage2.0.branch2.0, 58x16x16",
    "googlenet, conv3.conv, 192x16x16",
    "convnext_tiny, features.0.0, 96x29x29",
    "swin_t, features.1.1.attn.product, 96x14x14",
    "vit_b_16, encoder.ln, 768x5x1",
    "mobilenet_v3_large, features.4.block.2.fc1, 24x1x1",
    "mobilenet_v3_small, features.5.block.0.0, 240x32x32"
  })
  void smallImagesTakeTheSmallImageForm(String name, String node, String shape) {
    ComputationalGraph graph = build(name, 10, InputShape.CIFAR);
    assertThat(
            graph.nodes().stream()
                .filter(n -> n.name().equals(node))
                .map(n -> n.shape().toString()))
        .containsExactly(shape);
  }

  @Test
  void imagesThatANetworkCannotTakeAreRefusedWithTheSmallestOnes() {
    assertThatThrownBy(() -> build("inception_v3", 10, InputShape.CIFAR))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("32x32")
        .hasMessageContaining("75x75");
    assertThatThrownBy(() -> build("vit_b_16", 10, new InputShape(3, 100, 96)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("100x96")
        .hasMessageContaining("multiples of 16");
  }

  @Test
  void anUnknownNameIsRefusedWithTheAllowedOnes() {
    assertThatThrownBy(() -> build("resnet51", 10, InputShape.CIFAR))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'resnet51'")
        .hasMessageContaining("resnet50");
  }
}
