package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.GraphStatistics;
import org.netloom.graph.PrimitiveGraph;
import org.netloom.network.NetworkMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom graph}: the figures of an architecture's primitive graph, and its cost. */
@Command(
    name = "graph",
    description = "Show the figures of an architecture's primitive graph, and its cost.")
final class GraphCommand implements Callable<Integer> {
  private static final int DEFAULT_CLASSES = 10;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      description = "A preset, a file, split:NAME/INDEX, or compact form.")
  private String architecture = "";

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  @Override
  public Integer call() throws Exception {
    Architecture chosen =
        ArchitectureArgument.resolve(
            architecture, classes, input, DEFAULT_CLASSES, InputShape.CIFAR);
    ComputationalGraph network = GraphBuilder.build(chosen);
    GraphStatistics figures = GraphStatistics.of(PrimitiveGraph.of(network));
    Cost cost = Cost.of(network);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      Map<String, Object> json = json(chosen, network, figures, cost);
      out.println(JsonMapper.builder().build().writeValueAsString(json));
    } else {
      prose(out, chosen, network, figures, cost);
    }
    return 0;
  }

  private static Map<String, Object> json(
      Architecture chosen, ComputationalGraph network, GraphStatistics figures, Cost cost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", chosen.id());
    json.put("input", chosen.input().toString());
    json.put("classes", chosen.classes());
    json.put("operators", network.nodes().size());
    json.put("nodes", figures.nodes());
    json.put("edges", figures.edges());
    json.put("edges_within_" + GraphStatistics.CUTOFF, figures.pairs());
    json.put("max_distance", figures.maxDistance());
    json.put("mean_degree", figures.meanDegree());
    json.put("mean_path", figures.meanPath());
    json.put("distances", figures.distances());
    Map<String, Integer> histogram = new LinkedHashMap<>();
    figures.histogram().forEach((primitive, count) -> histogram.put(primitive.label(), count));
    json.put("histogram", histogram);
    json.put("macs", cost.macs());
    json.put("parameters", cost.parameters());
    json.put("parameters_reachable", cost.reachableParameters());
    json.put("memory", NetworkMemory.forward(network, 1));
    return json;
  }

  private static void prose(
      PrintWriter out,
      Architecture chosen,
      ComputationalGraph network,
      GraphStatistics figures,
      Cost cost) {
    out.printf("id                    %s%n", chosen.id());
    out.printf(
        "input, classes        %s, %d (%d operators)%n",
        chosen.input(), chosen.classes(), network.nodes().size());
    out.printf("nodes                 %d%n", figures.nodes());
    out.printf("edges                 %d%n", figures.edges());
    out.printf("edges within %d       %d%n", GraphStatistics.CUTOFF, figures.pairs());
    out.printf("max distance          %d%n", figures.maxDistance());
    out.printf("mean degree           %s%n", figures.meanDegree());
    out.printf("mean path             %s%n", figures.meanPath());
    out.printf(
        "histogram             %s%n",
        figures.histogram().entrySet().stream()
            .map(entry -> entry.getKey().label() + " " + entry.getValue())
            .collect(Collectors.joining(", ")));
    out.printf("macs                  %d%n", cost.macs());
    out.printf("parameters            %d%n", cost.parameters());
    out.printf("parameters reachable  %d%n", cost.reachableParameters());
    out.printf("memory, one image     %s%n", NetworkMemory.ofOneImage(network));
  }
}
