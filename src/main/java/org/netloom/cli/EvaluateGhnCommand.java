package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.data.Normalisation;
import org.netloom.data.PixelNoise;
import org.netloom.data.Split;
import org.netloom.deepnets.NetworkSet;
import org.netloom.exchange.AtomicFile;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.Hypernetworks;
import org.netloom.run.Compute;
import org.netloom.run.GhnEvaluation;
import org.netloom.run.GhnTrainings;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.run.SplitEvaluation;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;
import org.netloom.training.Measurer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom evaluate-ghn}: accuracy of predicted weights over unseen architectures. */
@Command(
    name = "evaluate-ghn",
    description = "Measure the weights that a hypernetwork predicts for unseen architectures.")
final class EvaluateGhnCommand implements Callable<Integer> {
  private static final int MOST_DRAWS = 1_000_000;
  private static final int DEFAULT_NETS = 100;
  private static final int MOST_OF_A_SPLIT = 500;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "GHN",
      description = "Built-in name, safetensors file or checkpoint (.pt).")
  private String ghn = "";

  @Option(names = "--data", required = true, description = "Data set; its test images count.")
  private String dataset = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** Where the architectures come from. */
  static final class Source {
    @Option(
        names = "--space",
        paramLabel = "SPACE.yaml",
        description =
            "Search space file that architectures are drawn from; only held-out ones count.")
    private @Nullable Path space;

    @Option(
        names = "--split",
        paramLabel = "NAME",
        description =
            "Split of DeepNets-1M (test, wide, deep, dense, bnfree, predefined, val, train, search)"
                + " or a file that generate wrote.")
    private @Nullable String split;
  }

  @Option(
      names = "--nets",
      description = "Number of architectures (default: 100, or all of a split, at most 500).")
  private @Nullable Integer nets;

  @Option(names = "--limit", description = "Images, at most.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--images",
      defaultValue = "test",
      description = "Images that the networks of a split see: train, validation, test.")
  private String images = "";

  @Option(
      names = "--input",
      description = "Shape that the images of a split are brought to, for example 3x224x224.")
  private @Nullable String input;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      description =
          "Gaussian noise on the pixels that the networks of a split see (published: 0.08 on"
              + " CIFAR-10, 0.18 on ImageNet).")
  private @Nullable Double noise;

  @Option(names = "--csv", description = "File with a line for each network.")
  private @Nullable Path csv;

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--nets", nets);
    Options.atLeastOne("--limit", limit);
    if (source.split != null) {
      split(source.split);
    } else {
      space(Objects.requireNonNull(source.space));
    }
    return 0;
  }

  private void split(String name) throws Exception {
    Split chosen = Split.of(images);
    NetworkSet set = NetworkSet.open(name);
    GhnFile.Loaded loaded = Hypernetworks.open(ghn);
    Dataset data = input == null ? Datasets.open(dataset) : open(InputShape.parse(input));
    checkClasses(loaded, data);
    Measurer clean =
        Measurer.of(
            data.split(chosen), Normalisation.of(data.split(Split.TRAIN)), Measurer.BATCH, limit);
    Measurer measurer = noise == null ? clean : clean.with(new PixelNoise(noise, common.seed));
    InputShape shape = new InputShape(data.channels(), data.height(), data.width());
    List<Architecture> networks =
        LongStream.range(0, Math.min(set.size(), nets == null ? MOST_OF_A_SPLIT : nets))
            .mapToObj(index -> set.network(index).architecture(data.classes(), shape))
            .toList();
    List<SplitEvaluation.Outcome> outcomes;
    try (Interruption interruption = Interruption.listen();
        Progress progress = Progress.start("evaluate-ghn", networks.size())) {
      outcomes =
          SplitEvaluation.measure(
              loaded.ghn(),
              networks,
              measurer,
              new Compute(common.threadCount(), common::openBackend),
              () -> progress.step(1, ""));
    }
    SplitReport report = new SplitReport(ghn, dataset, name, outcomes);
    if (csv != null) {
      AtomicFile.write(csv, report.csv().getBytes(StandardCharsets.UTF_8));
    }
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(common.json ? report.json() : report.prose());
  }

  private Dataset open(InputShape shape) {
    Dataset data = Datasets.open(dataset, shape.height(), shape.width());
    if (data.channels() != shape.channels()) {
      throw new InputException(
          "--input (%s): the images of %s have (%d) channels."
              .formatted(shape, dataset, data.channels()));
    }
    return data;
  }

  private void checkClasses(GhnFile.Loaded loaded, Dataset data) {
    if (loaded.ghn().config().classes() != data.classes()) {
      throw new InputException(
          "The hypernetwork (%s) predicts (%d) classes; the data set (%s) has (%d)."
              .formatted(ghn, loaded.ghn().config().classes(), dataset, data.classes()));
    }
  }

  private void space(Path space) throws Exception {
    if (noise != null || input != null || !images.equals(Split.TEST.label())) {
      throw new InputException("--noise, --input and --images are for the networks of a --split.");
    }
    GhnFile.Loaded loaded = Hypernetworks.open(ghn);
    RunConfig read = YamlReader.read(space, List.of(), RunConfigReader::read);
    Dataset data =
        Datasets.open(dataset, read.space().input().height(), read.space().input().width());
    checkClasses(loaded, data);
    List<Architecture> networks = draw(read.forData(data));
    List<GhnEvaluation.Result> results;
    try (Interruption interruption = Interruption.listen();
        Progress progress = Progress.start("evaluate-ghn", networks.size())) {
      results =
          GhnEvaluation.measure(
              loaded.ghn(),
              networks,
              data,
              limit,
              new Compute(common.threadCount(), common::openBackend),
              () -> progress.step(1, ""));
    }
    if (csv != null) {
      AtomicFile.write(csv, lines(results).getBytes(StandardCharsets.UTF_8));
    }
    print(results);
  }

  private List<Architecture> draw(RunConfig config) {
    int nets = this.nets == null ? DEFAULT_NETS : this.nets;
    Sampler sampler = GhnTrainings.sampler(config).where(HoldOut::contains);
    SplittableRandom random = new SplittableRandom(common.seed);
    Set<Architecture> drawn = new LinkedHashSet<>();
    for (int i = 0; drawn.size() < nets; i++) {
      if (i == MOST_DRAWS) {
        throw new InputException(
            "The space has too few held-out architectures: (%d) of (%d) found."
                .formatted(drawn.size(), nets));
      }
      drawn.add(sampler.sample(random));
    }
    return new ArrayList<>(drawn);
  }

  private static String lines(List<GhnEvaluation.Result> results) {
    StringBuilder lines = new StringBuilder("id,accuracy,loss,architecture\n");
    for (GhnEvaluation.Result r : results) {
      lines
          .append(r.architecture().id())
          .append(',')
          .append(r.measurement().accuracy())
          .append(',')
          .append(r.measurement().loss())
          .append(",\"")
          .append(r.architecture().canonical().replace("\"", "\"\""))
          .append("\"\n");
    }
    return lines.toString();
  }

  private void print(List<GhnEvaluation.Result> results) throws Exception {
    double[] accuracies =
        results.stream().mapToDouble(r -> r.measurement().accuracy()).sorted().toArray();
    int n = accuracies.length;
    double mean = 0;
    for (double accuracy : accuracies) {
      mean += accuracy / n;
    }
    double squares = 0;
    for (double accuracy : accuracies) {
      squares += (accuracy - mean) * (accuracy - mean);
    }
    double error = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Double.NaN;
    GhnEvaluation.Result first = results.getFirst();
    if (common.json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("ghn", ghn);
      facts.put("dataset", dataset);
      facts.put("networks", n);
      facts.put("images", first.measurement().images());
      facts.put("protocol", "predicted, " + first.measurement().protocol());
      facts.put("mean", mean);
      facts.put("standard_error", Double.isNaN(error) ? null : error);
      facts.put("median", accuracies[n / 2]);
      facts.put("min", accuracies[0]);
      facts.put("max", accuracies[n - 1]);
      System.out.println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      System.out.printf(
          Locale.ROOT,
          "%d held-out networks on %d test images (predicted, %s): mean %.2f %% ± %.2f"
              + " (standard error), median %.2f, min %.2f, max %.2f%n",
          n,
          first.measurement().images(),
          first.measurement().protocol(),
          100 * mean,
          100 * error,
          100 * accuracies[n / 2],
          100 * accuracies[0],
          100 * accuracies[n - 1]);
    }
  }
}
