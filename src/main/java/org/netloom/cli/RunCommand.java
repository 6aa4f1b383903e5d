package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRunner;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom run}: logits of given images. */
@Command(name = "run", description = "Compute the logits of given images.")
final class RunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      description = "A preset, a file, split:NAME/INDEX, or compact form.")
  private String architecture = "";

  @Option(names = "--params", required = true, description = "Safetensors file of parameters.")
  private String params = "";

  @Option(names = "--input", required = true, description = "Safetensors file with 'input'.")
  private String input = "";

  @Option(names = "--out", required = true, description = "Safetensors file to write 'logits' to.")
  private String out = "";

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--batch", defaultValue = "64", description = "Images per batch.")
  private int batch;

  @Option(
      names = "--bn",
      defaultValue = "batch",
      description = "Batch norm statistics: ${COMPLETION-CANDIDATES}.")
  private BatchNormMode mode = BatchNormMode.BATCH;

  @Override
  public Integer call() throws Exception {
    if (batch < 1) {
      throw new InputException("--batch (%d) must be at least 1.".formatted(batch));
    }
    Parameters parameters = ParameterFiles.read(Path.of(params));
    Tensor images = SafetensorsFile.read(Path.of(input)).tensors().get("input");
    if (images == null || images.shape().rank() != 4 || images.shape().size() == 0) {
      throw new InputException(
          "%s: needs a tensor 'input' of shape Nx3xHxW, but has (%s)."
              .formatted(input, images == null ? "none" : images.shape()));
    }
    InputShape shape =
        new InputShape(images.shape().side(1), images.shape().side(2), images.shape().side(3));
    int last = ParameterFiles.classes(params, parameters);
    Architecture chosen =
        ArchitectureArgument.resolve(architecture, classes, shape.toString(), last, shape);
    ComputationalGraph graph = GraphBuilder.build(chosen);
    try (Backend backend = common.openBackend()) {
      long start = System.nanoTime();
      NetworkRunner runner = new NetworkRunner(backend, graph, parameters, mode);
      Tensor logits = runner.run(images, batch);
      double seconds = (System.nanoTime() - start) * 1e-9;
      SequencedMap<String, Tensor> result = new LinkedHashMap<>();
      result.put("logits", logits);
      new SafetensorsFile(result, new LinkedHashMap<>()).write(Path.of(out));
      report(logits.shape(), seconds, runner.plannedBytes(Math.min(batch, images.shape().side(0))));
    }
    return 0;
  }

  private void report(Shape logits, double seconds, long bytes) throws IOException {
    PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("images", logits.side(0));
      facts.put("classes", logits.side(1));
      facts.put("seconds", seconds);
      facts.put("memory", bytes);
      facts.put("out", out);
      to.println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      to.printf(
          Locale.ROOT,
          "logits of %d images written to %s, %.3f s, %s of memory%n",
          logits.side(0),
          out,
          seconds,
          MemoryException.text(bytes));
    }
  }
}
