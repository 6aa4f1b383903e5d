package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRunner;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * An exported network gives elsewhere the logits that Netloom gives itself, whatever it is made of.
 */
class HandOverIT {
  private static final int BATCH = 3;
  private static final double TOLERANCE = 1e-3;

  /** Tensors, images [3, C, H, W] and Netloom's own logits of one network. */
  private record Case(
      Architecture architecture,
      ComputationalGraph graph,
      Parameters parameters,
      Tensor images,
      Tensor logits) {}

  @TempDir private Path folder;

  private static Map<String, Case> cases(Map<String, Architecture> architectures) {
    Map<String, Case> cases = new LinkedHashMap<>();
    try (Backend backend = CpuBackend.of(2)) {
      architectures.forEach((name, a) -> cases.put(name, make(name, a, backend)));
    }
    return cases;
  }

  private static Case make(String name, Architecture architecture, Backend backend) {
    ComputationalGraph graph = GraphBuilder.build(architecture);
    Parameters parameters = RandomParameters.of(graph, name.hashCode(), true);
    FeatureShape in = graph.input().shape();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[BATCH * (int) in.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    Tensor images = new Tensor(Shape.of(BATCH, in.channels(), in.height(), in.width()), values);
    Tensor logits =
        new NetworkRunner(backend, graph, parameters, BatchNormMode.RUNNING).run(images, BATCH);
    return new Case(architecture, graph, parameters, images, logits);
  }

  @Test
  void onnxRuntimeGivesNetloomsLogits() {
    assertOnnxRuntimeAgrees(ExportCases.all());
  }

  /** At 96x80, where no map is a multiple of Swin's windows. */
  @Test
  void onnxRuntimeGivesNetloomsLogitsForPublishedNetworksInTheirFullForm() {
    assertOnnxRuntimeAgrees(ExportCases.published());
  }

  private static void assertOnnxRuntimeAgrees(Map<String, Architecture> architectures) {
    cases(architectures)
        .forEach(
            (name, one) -> {
              byte[] model =
                  OnnxExporter.export(
                      one.graph(), one.parameters(), ModelInfo.of(one.architecture(), "test"));
              float[][] rows =
                  OnnxRunner.run(model, one.images().data(), one.graph().input().shape(), true);
              assertSame(name, one, rows);
            });
  }

  @Test
  void pyTorchGivesNetloomsLogitsAndHasItsTensorNames() throws Exception {
    Optional<String> python = PyTorchRunner.find();
    assumeTrue(python.isPresent(), "no Python with torch was found");
    Map<String, Case> cases = cases(ExportCases.all());
    for (Map.Entry<String, Case> entry : cases.entrySet()) {
      write(entry.getValue(), folder.resolve(entry.getKey()));
    }
    PyTorchRunner.run(python.get(), folder);
    for (Map.Entry<String, Case> entry : cases.entrySet()) {
      Case one = entry.getValue();
      JsonNode result = read(entry.getKey());
      assertThat(result.get("tensors").valueStream().map(JsonNode::asText))
          .as(entry.getKey())
          .containsExactlyInAnyOrderElementsOf(one.parameters().tensors().keySet());
      float[][] rows = rows(result.get("logits"));
      assertSame(entry.getKey(), one, rows);
    }
  }

  @Test
  void torchvisionsOwnNetworksTakeTheTensorsAndGiveNetloomsLogits() throws Exception {
    Optional<String> python = PyTorchRunner.find();
    assumeTrue(python.isPresent(), "no Python with torch was found");
    Map<String, Case> cases = cases(ExportCases.published());
    for (Map.Entry<String, Case> entry : cases.entrySet()) {
      Path to = folder.resolve(entry.getKey());
      write(entry.getValue(), to);
      Files.writeString(to.resolve("torchvision"), entry.getKey());
    }
    PyTorchRunner.run(python.get(), folder);
    for (Map.Entry<String, Case> entry : cases.entrySet()) {
      JsonNode published = read(entry.getKey()).get("published");
      assumeTrue(!published.isNull(), "no torchvision was found");
      assertSame(entry.getKey(), entry.getValue(), rows(published));
    }
  }

  private JsonNode read(String name) throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(folder.resolve(name).resolve("python.json").toFile());
  }

  private static float[][] rows(JsonNode logits) {
    float[][] rows = new float[logits.size()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = new float[logits.get(n).size()];
      for (int k = 0; k < rows[n].length; k++) {
        rows[n][k] = (float) logits.get(n).get(k).asDouble();
      }
    }
    return rows;
  }

  private static void write(Case one, Path to) {
    new Export(one.architecture(), one.graph(), one.parameters(), new LinkedHashMap<>(), "test")
        .write(to, EnumSet.of(ExportFormat.PYTORCH, ExportFormat.SAFETENSORS));
    SequencedMap<String, Tensor> images = new LinkedHashMap<>(Map.of("input", one.images()));
    new SafetensorsFile(images, new LinkedHashMap<>()).write(to.resolve("images.safetensors"));
  }

  private static void assertSame(String name, Case one, float[][] rows) {
    float[] expected = one.logits().data();
    int classes = one.graph().classes();
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - rows[i / classes][i % classes]));
    }
    assertThat(rows).as(name).hasDimensions(BATCH, classes);
    assertThat(largest).as(name).isGreaterThan(1e-3).isFinite();
    assertThat(worst / largest).as(name).isLessThan(TOLERANCE);
  }
}
