package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Hypernetworks;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom predict}: all trainable tensors of an architecture from a hypernetwork. */
@Command(name = "predict", description = "Predict all trainable tensors of an architecture.")
final class PredictCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      description = "A preset, a file, split:NAME/INDEX, or compact form.")
  private String architecture = "";

  @Option(
      names = "--ghn",
      required = true,
      description = "Hypernetwork: built-in name, safetensors file or checkpoint (.pt).")
  private String ghn = "";

  @Option(names = "--out", required = true, description = "Safetensors file to write.")
  private String out = "";

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  @Override
  public Integer call() throws Exception {
    Ghn hypernetwork = Hypernetworks.open(ghn).ghn();
    Architecture chosen =
        ArchitectureArgument.resolve(
            architecture, classes, input, hypernetwork.config().classes(), InputShape.CIFAR);
    long start = System.nanoTime();
    ComputationalGraph graph = GraphBuilder.build(chosen);
    Predictor.Encoded encoded = Predictor.encode(hypernetwork.config(), graph);
    double graphSeconds = (System.nanoTime() - start) * 1e-9;
    long begin = System.nanoTime();
    Ghn.Prediction prediction;
    try (Backend backend = common.openBackendForOnePass()) {
      prediction = Predictor.predict(hypernetwork, backend, encoded);
    }
    Parameters predicted = prediction.parameters();
    double predictSeconds = (System.nanoTime() - begin) * 1e-9;
    ParameterFiles.write(Path.of(out), predicted, chosen);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", chosen.id());
    facts.put("nodes", encoded.graph().nodes().size());
    facts.put("tensors", predicted.tensors().size());
    facts.put("parameters", predicted.size());
    facts.put("seconds_graph", graphSeconds);
    facts.put("seconds_prediction", predictSeconds);
    facts.put("memory", prediction.plannedBytes());
    facts.put("out", out);
    if (common.json) {
      out().println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      out()
          .printf(
              "%d tensors, %d parameters of %d nodes: graph %.3f s, prediction %.3f s, %s of"
                  + " memory, written to %s%n",
              predicted.tensors().size(),
              predicted.size(),
              encoded.graph().nodes().size(),
              graphSeconds,
              predictSeconds,
              MemoryException.text(prediction.plannedBytes()),
              out);
    }
    return 0;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
