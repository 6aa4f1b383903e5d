package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.exchange.RunningStatistics;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom evaluate}: accuracy and loss of a network with given parameters. */
@Command(
    name = "evaluate",
    description = "Measure accuracy and loss of a network with given parameters on a data set.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      description = "A preset, a file, split:NAME/INDEX, or compact form.")
  private String architecture = "";

  @Option(names = "--params", required = true, description = "Safetensors file of parameters.")
  private String params = "";

  @Option(
      names = "--data",
      required = true,
      description = "shapes10, cifar10:DIR, idx:DIR or folder:DIR.")
  private String data = "";

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "train, validation or test; ${DEFAULT-VALUE} if not given.")
  private String split = "test";

  @Option(
      names = "--bn",
      description =
          "Batch norm statistics: batch or running; if not given, running where the parameters have"
              + " them.")
  private @Nullable BatchNormMode mode;

  @Option(
      names = "--batch",
      defaultValue = "64",
      description = "Images per batch, which matters for --bn batch; ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--limit", description = "Only the first N images of the split.")
  private @Nullable Integer limit;

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--batch", batch);
    Options.atLeastOne("--limit", limit);
    Split wanted = Split.of(split);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Parameters parameters = ParameterFiles.read(Path.of(params));
    DataArgument chosen =
        DataArgument.open(
            data, architecture, classes, input, ParameterFiles.classes(params, parameters), err);
    ComputationalGraph graph = GraphBuilder.build(chosen.architecture());
    BatchNormMode statistics = mode(graph, parameters);
    Dataset dataset = chosen.data();
    Measurer measurer =
        Measurer.of(
            dataset.split(wanted),
            Normalisation.of(dataset.split(Split.TRAIN)),
            batch,
            limit == null ? Integer.MAX_VALUE : limit);
    Measurement measured;
    long memory;
    try (Backend backend = common.openBackend();
        Progress bar = Progress.start("evaluate", measurer.images())) {
      EvaluationProgress progress = new EvaluationProgress(bar);
      measured = measurer.measure(backend, graph, parameters, statistics, progress);
      memory = progress.plannedBytes();
    }
    if (common.json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("id", chosen.architecture().id());
      facts.put("data", data);
      facts.put("split", wanted.label());
      facts.put("accuracy", measured.accuracy());
      facts.put("loss", measured.isFinite() ? measured.loss() : null);
      facts.put("images", measured.images());
      facts.put("protocol", measured.protocol());
      facts.put("memory", memory);
      out.println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      out.printf("%s: %s, %s of memory%n", wanted.label(), measured, MemoryException.text(memory));
    }
    return 0;
  }

  private BatchNormMode mode(ComputationalGraph graph, Parameters parameters) {
    List<String> missing = RunningStatistics.missing(graph, parameters);
    if (mode == null) {
      return missing.isEmpty() ? BatchNormMode.RUNNING : BatchNormMode.BATCH;
    }
    if (mode == BatchNormMode.RUNNING && !missing.isEmpty()) {
      throw new InputException(
          ("%s: has no running statistics for --bn running: (%d) tensors are missing, '%s'"
                  + " first.%n  Maybe --bn batch, or parameters from 'netloom finetune', which"
                  + " records them?")
              .formatted(params, missing.size(), missing.getFirst()));
    }
    return mode;
  }
}
