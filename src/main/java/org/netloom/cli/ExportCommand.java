package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.exchange.Export;
import org.netloom.exchange.ExportFormat;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.training.BatchNormCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom export}: networks as files that other tools open. */
@Command(
    name = "export",
    description = "Write an architecture, or the best of a run, as files that other tools open.")
final class ExportCommand implements Callable<Integer> {
  private static final int DEFAULT_CLASSES = 10;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "RUN|ARCHITECTURE",
      description = "A run directory, or an architecture.")
  private String source = "";

  @Option(names = "--params", description = "Safetensors file of the architecture's parameters.")
  private @Nullable String params;

  @Option(
      names = "--format",
      required = true,
      split = ",",
      description = "One or more, with commas: ${COMPLETION-CANDIDATES}.")
  private Set<ExportFormat> formats = EnumSet.noneOf(ExportFormat.class);

  @Option(names = "--out", required = true, description = "Folder to write.")
  private String out = "";

  @Option(names = "--top", description = "Only the best K architectures of a run.")
  private @Nullable Integer top;

  @Option(
      names = "--data",
      description = "Data set on whose training images batch-norm statistics are measured first.")
  private @Nullable String data;

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    Path target = OutputFolder.check(out, force);
    Map<Path, Export> exports = new LinkedHashMap<>();
    if (isRun()) {
      for (RunTops one : RunTops.read(Path.of(source), count())) {
        exports.put(
            target.resolve(one.name()),
            new Export(
                one.architecture(),
                GraphBuilder.build(one.architecture()),
                one.parameters(),
                one.metrics(),
                Main.version()));
      }
    } else {
      exports.put(target, single());
    }
    List<Map<String, Object>> written = new ArrayList<>();
    for (Map.Entry<Path, Export> one : exports.entrySet()) {
      Export export = data == null ? one.getValue() : calibrated(one.getValue(), data);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("folder", one.getKey().toString());
      facts.put("id", export.architecture().id());
      facts.put("files", export.write(one.getKey(), formats));
      written.add(facts);
    }
    print(written);
    return 0;
  }

  private void print(List<Map<String, Object>> written) throws Exception {
    PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      to.println(JsonMapper.builder().build().writeValueAsString(Map.of("exports", written)));
    } else {
      written.forEach(facts -> to.printf("%s: %s%n", facts.get("folder"), facts.get("files")));
    }
  }

  private boolean isRun() {
    if (source.strip().startsWith("{") || !Files.isDirectory(Path.of(source))) {
      if (top != null) {
        throw new InputException("--top (%d): only a run has a top.".formatted(top));
      }
      return false;
    }
    if (params != null || classes != null || input != null) {
      throw new InputException(
          "--params, --classes and --input: the architectures of a run have their own.");
    }
    return true;
  }

  private int count() {
    if (top != null && top < 1) {
      throw new InputException("--top (%d) must be at least 1.".formatted(top));
    }
    return top == null ? Integer.MAX_VALUE : top;
  }

  private Export single() {
    Parameters parameters = null;
    int otherClasses = DEFAULT_CLASSES;
    InputShape otherInput = InputShape.CIFAR;
    if (params != null) {
      SafetensorsFile file = SafetensorsFile.read(Path.of(params));
      parameters = new Parameters(file.tensors());
      otherClasses = ParameterFiles.classes(params, parameters);
      otherInput = ParameterFiles.input(file).orElse(otherInput);
    }
    Architecture chosen =
        ArchitectureArgument.resolve(source, classes, input, otherClasses, otherInput);
    return new Export(
        chosen, GraphBuilder.build(chosen), parameters, new LinkedHashMap<>(), Main.version());
  }

  private Export calibrated(Export export, String dataset) {
    if (export.parameters() == null) {
      throw new InputException("--data (%s) needs --params to calibrate.".formatted(dataset));
    }
    ComputationalGraph graph = export.graph();
    InputShape in = export.architecture().input();
    Dataset opened = Datasets.open(dataset, in.height(), in.width());
    ImageSet train = opened.split(Split.TRAIN);
    try (Backend backend = common.openBackend()) {
      Parameters parameters =
          BatchNormCalibration.on(train, Normalisation.of(train))
              .calibrate(backend, graph, export.parameters());
      return new Export(
          export.architecture(), graph, parameters, export.metrics(), export.version());
    }
  }
}
