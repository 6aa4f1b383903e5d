package org.netloom.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.PixelNoise;
import org.netloom.data.Split;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.Hypernetworks;
import org.netloom.run.Compute;
import org.netloom.run.GhnEvaluation;
import org.netloom.run.GhnEvaluation.Outcome;
import org.netloom.training.Measurer;
import picocli.CommandLine;
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

  @Option(
      names = "--csv",
      description =
          "File with a line for each network. Until all are measured, lines are in FILE.part, which"
              + " the same command goes on from.")
  private @Nullable Path csv;

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--nets", nets);
    Options.atLeastOne("--limit", limit);
    Split chosen = Split.of(images);
    if (source.split == null && (noise != null || input != null || chosen != Split.TEST)) {
      throw new InputException("--noise, --input and --images are for the networks of a --split.");
    }
    GhnFile.Loaded loaded = Hypernetworks.open(ghn);
    EvaluatedNetworks subjects =
        source.split != null
            ? EvaluatedNetworks.ofSplit(source.split, dataset, input, nets)
            : EvaluatedNetworks.ofSpace(
                Objects.requireNonNull(source.space), dataset, nets, common.seed);
    checkClasses(loaded, subjects.data());
    Measurer measurer = measurer(subjects.data(), chosen);
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    List<Outcome> outcomes;
    try (Interruption interruption = Interruption.listen();
        PartialTable table = csv == null ? null : open(csv, loaded, subjects, measurer.images())) {
      try {
        outcomes = measure(loaded, subjects, measurer, table);
      } catch (InterruptedException e) {
        line.getErr().println(interrupted(table, subjects.networks().size()));
        return Main.INTERRUPTED;
      }
      if (table != null) {
        table.finish(outcomes);
      }
    }
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("ghn", ghn);
    subject.put("dataset", dataset);
    subject.putAll(subjects.source());
    EvaluationReport report =
        new EvaluationReport(subject, subjects.title(), chosen.label(), outcomes);
    line.getOut().println(common.json ? report.json() : report.prose());
    return 0;
  }

  private Measurer measurer(Dataset data, Split chosen) {
    Measurer clean =
        Measurer.of(
            data.split(chosen), Normalisation.of(data.split(Split.TRAIN)), Measurer.BATCH, limit);
    return noise == null ? clean : clean.with(new PixelNoise(noise, common.seed));
  }

  private List<Outcome> measure(
      GhnFile.Loaded loaded,
      EvaluatedNetworks subjects,
      Measurer measurer,
      @Nullable PartialTable table)
      throws InterruptedException {
    Map<Integer, Outcome> known = table == null ? Map.of() : table.known();
    try (Progress progress = Progress.start("evaluate-ghn", subjects.networks().size())) {
      if (!known.isEmpty()) {
        progress.step(known.size(), "resumed");
      }
      return GhnEvaluation.measure(
          loaded.ghn(),
          subjects.networks(),
          known,
          measurer,
          new Compute(common.threadCount(), common::openBackend),
          (index, outcome) -> {
            if (table != null) {
              table.add(index, outcome);
            }
            progress.step(1, "");
          });
    }
  }

  /** The table that goes on where an interrupted evaluation of the same things ended. */
  private PartialTable open(
      Path csv, GhnFile.Loaded loaded, EvaluatedNetworks subjects, int images) {
    String identity =
        String.join(
            "|",
            loaded.sha256(),
            subjects.data().sha256(),
            this.images,
            String.valueOf(images),
            noise == null ? "" : noise + "|" + common.seed);
    PartialTable table =
        PartialTable.open(
            csv,
            new PartialTable.Subject(
                digest(identity), subjects.names(), subjects.networks(), images));
    if (!table.known().isEmpty()) {
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .printf("%s: goes on behind %d networks.%n", table.file(), table.known().size());
    }
    return table;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }

  private static String interrupted(@Nullable PartialTable table, int networks) {
    return table == null
        ? "Interrupted; nothing was kept.%n  Maybe --csv FILE, which an evaluation goes on from?"
            .formatted()
        : "Interrupted; %d of %d networks are in %s. The same command goes on from there."
            .formatted(table.lines(), networks, table.file());
  }

  private void checkClasses(GhnFile.Loaded loaded, Dataset data) {
    if (loaded.ghn().config().classes() != data.classes()) {
      throw new InputException(
          "The hypernetwork (%s) predicts (%d) classes; the data set (%s) has (%d)."
              .formatted(ghn, loaded.ghn().config().classes(), dataset, data.classes()));
    }
  }
}
