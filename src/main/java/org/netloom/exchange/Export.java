package org.netloom.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureYaml;
import org.netloom.config.InputException;
import org.netloom.exchange.picture.GraphDot;
import org.netloom.exchange.picture.GraphSvg;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.network.Parameters;
import org.netloom.tensor.Tensor;

/**
 * One network as a folder of files that other tools open: {@code architecture.yaml}, one file per
 * {@link ExportFormat}, and {@code metrics.json}. The same network gives the same bytes. Each file
 * is written whole or not at all, the metrics last: a folder that has them is complete.
 *
 * @param parameters tensors, with running statistics where ONNX is asked for; null if there are
 *     none
 * @param metrics what is known about the network (numbers, texts, maps, lists), in the order of the
 *     file; empty: no such file
 * @param version Netloom's version, for the files that name their origin
 */
public record Export(
    Architecture architecture,
    ComputationalGraph graph,
    @Nullable Parameters parameters,
    SequencedMap<String, ?> metrics,
    String version) {

  /** The architecture's file in a folder; ARCHITECTURE arguments accept it. */
  public static final String ARCHITECTURE_FILE = "architecture.yaml";

  /** The file of what is known about the network. */
  public static final String METRICS_FILE = "metrics.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Export {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /** Name of the folder of a run's ranked architecture: {@code 01-3f9c21ab}. */
  public static String folderName(int rank, Architecture architecture) {
    return String.format(Locale.ROOT, "%02d-%s", rank, architecture.id().substring(0, 8));
  }

  /**
   * Writes the folder; files that are there already are replaced, others are left alone.
   *
   * @return the names of the files in the order in which they were written
   * @throws InputException if a format lacks tensors or running statistics (nothing is written
   *     then), or if a file cannot be written
   */
  public List<String> write(Path folder, Set<ExportFormat> formats) {
    formats.forEach(this::require);
    List<String> files = new ArrayList<>();
    files.add(ARCHITECTURE_FILE);
    write(folder.resolve(ARCHITECTURE_FILE), ArchitectureYaml.write(architecture));
    for (ExportFormat format : ExportFormat.values()) {
      if (formats.contains(format)) {
        files.add(format.file());
        write(format, folder.resolve(format.file()));
      }
    }
    if (!metrics.isEmpty()) {
      files.add(METRICS_FILE);
      write(folder.resolve(METRICS_FILE), json(metrics));
    }
    return files;
  }

  private void require(ExportFormat format) {
    if (format.needsParameters() && parameters == null) {
      throw new InputException(
          "Format (%s) needs parameters. Maybe --params FILE, from 'netloom finetune' or 'netloom predict'."
              .formatted(format.label()));
    }
    if (format.needsParameters()) {
      tensors().trainable(graph);
    }
    if (format == ExportFormat.ONNX) {
      RunningStatistics.require(graph, tensors(), format.label());
    }
  }

  private void write(ExportFormat format, Path file) {
    switch (format) {
      case ONNX ->
          AtomicFile.write(
              file, OnnxExporter.export(graph, tensors(), ModelInfo.of(architecture, version)));
      case SAFETENSORS -> {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put("architecture", architecture.canonical());
        new SafetensorsFile(ordered(), metadata).write(file);
      }
      case PYTORCH -> write(file, PyTorchModule.write(graph, "Network " + architecture.id()));
      case DOT -> write(file, GraphDot.write(graph));
      case SVG -> write(file, GraphSvg.write(graph, architecture.id()));
    }
  }

  /** Exactly the graph's tensors, in its order: what a reader expects, and no more. */
  private SequencedMap<String, Tensor> ordered() {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>(tensors().trainable(graph).tensors());
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Operator.BatchNorm) {
        List<Integer> channels = List.of(node.shape().channels());
        for (String name : RunningStatistics.names(node)) {
          if (tensors().has(name)) {
            all.put(name, tensors().require(name, channels));
          }
        }
      }
    }
    return all;
  }

  private Parameters tensors() {
    return Objects.requireNonNull(parameters);
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, ?> metrics) {
    try {
      return JSON.writeValueAsString(metrics).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Metrics (%s) are not JSON.".formatted(metrics), e);
    }
  }
}
