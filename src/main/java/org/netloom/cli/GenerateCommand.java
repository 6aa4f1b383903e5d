package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.netloom.deepnets.NetworkSet;
import org.netloom.deepnets.NetworkSplit;
import org.netloom.deepnets.SetGeneration;
import org.netloom.deepnets.SetStatistics;
import org.netloom.graph.Primitive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom generate}: a set of networks as DeepNets-1M has them, in one indexed file. */
@Command(
    name = "generate",
    description = {
      "Draw networks of a DeepNets-1M split and write them to an indexed file.",
      "Without --seed the split's own is taken: 0 for val, 1 for all others."
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--split",
      required = true,
      paramLabel = "NAME",
      description = "train, val, test, wide, deep, dense, bnfree, search or predefined.")
  private String split = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of networks (default: as many as the published split has).")
  private @Nullable Integer count;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  private Path out = Path.of("");

  @Option(
      names = "--statistics",
      paramLabel = "N",
      description = "Build the graphs of the first N networks and show their figures.")
  private @Nullable Integer statistics;

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--count", count);
    Options.atLeastOne("--statistics", statistics);
    NetworkSplit chosen = NetworkSplit.of(split);
    CommandSpec command = Objects.requireNonNull(spec);
    boolean seeded = command.commandLine().getParseResult().hasMatchedOption("--seed");
    long seed = seeded ? common.seed : chosen.seed();
    int networks = count == null ? chosen.networks() : count;
    long start = System.nanoTime();
    SetGeneration.Result result;
    double seconds;
    SetStatistics figures = null;
    try (Interruption interruption = Interruption.listen()) {
      try {
        result = generate(chosen, seed, networks);
        seconds = (System.nanoTime() - start) * 1e-9;
      } catch (InterruptedException e) {
        System.err.println("Interrupted; nothing was written.");
        return Main.INTERRUPTED;
      }
      try {
        if (statistics != null) {
          figures = statistics(statistics);
        }
      } catch (InterruptedException e) {
        System.err.printf("Interrupted; %s is complete.%n", out);
        return Main.INTERRUPTED;
      }
    }
    PrintWriter to = command.commandLine().getOut();
    if (common.json) {
      to.println(JsonMapper.builder().build().writeValueAsString(json(seed, result, figures)));
    } else {
      prose(to, seed, seconds, result, figures);
    }
    return 0;
  }

  private SetGeneration.Result generate(NetworkSplit chosen, long seed, int networks)
      throws InterruptedException {
    try (Progress progress = Progress.start("generate", networks)) {
      return SetGeneration.write(
          out, chosen, seed, networks, common.threadCount(), n -> progress.step(n, ""));
    }
  }

  private SetStatistics statistics(int limit) throws InterruptedException {
    NetworkSet set = NetworkSet.open(out.toString());
    try (Progress progress = Progress.start("statistics", Math.min(limit, set.size()))) {
      return SetStatistics.of(set, limit, common.threadCount(), () -> progress.step(1, ""));
    }
  }

  private Map<String, Object> json(
      long seed, SetGeneration.Result result, @Nullable SetStatistics figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("out", out.toString());
    json.put("split", split);
    json.put("seed", seed);
    json.put("networks", result.networks());
    json.put("bytes", result.bytes());
    json.put("draws", result.draws());
    json.put("rejected", result.rejected());
    if (figures != null) {
      Map<String, Object> graphs = new LinkedHashMap<>();
      graphs.put("networks", figures.networks());
      graphs.put("nodes", figures.nodes());
      graphs.put("parameters", figures.parameters());
      graphs.put("mean_degree", figures.meanDegree());
      graphs.put("mean_path", figures.meanPath());
      graphs.put("shares", labelled(figures.shares()));
      graphs.put("share_errors", labelled(figures.shareErrors()));
      json.put("graphs", graphs);
    }
    return json;
  }

  private static Map<String, Double> labelled(Map<Primitive, Double> values) {
    Map<String, Double> labelled = new LinkedHashMap<>();
    values.forEach((kind, value) -> labelled.put(kind.label(), value));
    return labelled;
  }

  private void prose(
      PrintWriter to,
      long seed,
      double seconds,
      SetGeneration.Result result,
      @Nullable SetStatistics figures) {
    to.printf(
        Locale.ROOT,
        "%s: %d networks of split %s (seed %d), %d bytes, %.1f s%n",
        out,
        result.networks(),
        split,
        seed,
        result.bytes(),
        seconds);
    to.printf(
        Locale.ROOT,
        "accepted    %d of %d draws (%.1f %%)%n",
        result.networks(),
        result.draws(),
        100.0 * result.networks() / result.draws());
    result.rejected().forEach((reason, n) -> to.printf("rejected    %d: %s%n", n, reason));
    if (figures != null) {
      SetStatistics.Spread nodes = figures.nodes();
      SetStatistics.Spread parameters = figures.parameters();
      to.printf(
          Locale.ROOT,
          "nodes       %.0f to %.0f, mean %.1f, standard deviation %.1f (%d networks)%n",
          nodes.min(),
          nodes.max(),
          nodes.mean(),
          nodes.deviation(),
          figures.networks());
      to.printf(
          Locale.ROOT,
          "parameters  %.2f to %.2f million, mean %.2f%n",
          parameters.min() / 1e6,
          parameters.max() / 1e6,
          parameters.mean() / 1e6);
      to.printf(
          Locale.ROOT,
          "graphs      mean degree %.2f, mean path %.1f%n",
          figures.meanDegree(),
          figures.meanPath());
      to.printf(
          "node types  %s%n",
          figures.shares().entrySet().stream()
              .map(
                  share ->
                      String.format(
                          Locale.ROOT, "%s %.1f", share.getKey().label(), 100 * share.getValue()))
              .collect(Collectors.joining(", ", "", " (%)")));
    }
  }
}
