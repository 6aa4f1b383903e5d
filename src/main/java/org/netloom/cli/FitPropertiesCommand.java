package org.netloom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.config.Location;
import org.netloom.config.Problems;
import org.netloom.exchange.AtomicFile;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.Hypernetworks;
import org.netloom.property.PropertyFit;
import org.netloom.property.PropertyFit.Sample;
import org.netloom.property.PropertyModel;
import org.netloom.property.PropertyModelFile;
import org.netloom.property.Target;
import org.netloom.run.Compute;
import org.netloom.run.NetworkEmbedding;
import org.netloom.run.NetworkEmbedding.Embedded;
import org.netloom.run.NetworkEmbedding.Failed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom fit-properties}: regressors from embeddings to measured properties. */
@Command(
    name = "fit-properties",
    description = {
      "Learn to predict properties of networks from their embeddings (support-vector regression).",
      "C, gamma and epsilon are chosen by five-fold cross-validation, for five permutations that"
          + " --seed decides; the model that is written has learned from the test networks too."
    })
final class FitPropertiesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "TABLE.csv",
      description =
          "Networks to learn from: a column network or architecture, and one for each property.")
  private String training = "";

  @Option(
      names = "--test",
      paramLabel = "TABLE.csv",
      description = "Networks held out, in the same form; Kendall's tau is told for them.")
  private @Nullable String test;

  @Option(
      names = "--ghn",
      required = true,
      description = "Hypernetwork: built-in name, safetensors file or checkpoint (.pt).")
  private String ghn = "";

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COLUMN[:FORM]",
      description =
          "Property to predict, may be repeated. FORM: plain (default), rounded (predictions are"
              + " integers), percent (fractions taken as percent, rounded), millions.")
  private List<String> targets = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL.json",
      description = "File for the model.")
  private Path out = Path.of("");

  @Option(names = "--csv", description = "File with the predictions for the test networks.")
  private @Nullable Path csv;

  @Option(names = "--classes", description = "Number of classes of all networks.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape of all networks, for example 3x32x32.")
  private @Nullable String input;

  /** Embedded networks of a table. */
  private record Networks(List<String> names, List<String> ids, List<float[]> rows) {
    private Networks() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private Networks only(int[] chosen) {
      return new Networks(
          Arrays.stream(chosen).mapToObj(names::get).toList(),
          Arrays.stream(chosen).mapToObj(ids::get).toList(),
          Arrays.stream(chosen).mapToObj(rows::get).toList());
    }
  }

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--classes", classes);
    if (csv != null && test == null) {
      throw new InputException("--csv is for the predictions of --test networks.");
    }
    OutputFile.check(out);
    OutputFile.check(csv);
    List<Target> wanted = targets();
    GhnFile.Loaded loaded = Hypernetworks.open(ghn);
    NetworkTable known = NetworkTable.read(training);
    NetworkTable heldOut = test == null ? null : NetworkTable.read(test);
    Problems problems = new Problems();
    List<double[]> values = numbers(known, wanted, problems);
    List<double[]> heldValues = heldOut == null ? List.of() : numbers(heldOut, wanted, problems);
    problems.throwIfAny();
    checkCount(known, heldOut);
    int hidden = loaded.ghn().config().hidden();
    PropertyModel.Source source =
        new PropertyModel.Source(ghn, loaded.sha256(), hidden, classes, input);
    NetworkList.Images images =
        new NetworkList.Images(classes, input, loaded.ghn().config().classes());
    NetworkList networks = NetworkList.of(known, images);
    NetworkList heldNetworks = heldOut == null ? null : NetworkList.of(heldOut, images);
    List<PropertyFit> fits = new ArrayList<>();
    Networks held = new Networks();
    List<double[]> measured = new ArrayList<>();
    try (Interruption interruption = Interruption.listen()) {
      try {
        Networks embedded = embed(loaded, known, networks);
        if (heldOut != null && heldNetworks != null) {
          Networks all = embed(loaded, heldOut, heldNetworks);
          int[] unknown = unknown(embedded, all);
          held = all.only(unknown);
          heldValues.forEach(
              v -> measured.add(Arrays.stream(unknown).mapToDouble(i -> v[i]).toArray()));
        }
        for (int t = 0; t < wanted.size(); t++) {
          double[] test = heldOut == null ? new double[0] : measured.get(t);
          fits.add(
              fit(
                  wanted.get(t),
                  new Sample(embedded.rows, values.get(t)),
                  new Sample(held.rows, test)));
        }
      } catch (InterruptedException e) {
        System.err.println("Interrupted; nothing was written.");
        return Main.INTERRUPTED;
      }
      int left = heldOut == null ? 0 : heldOut.rows().size() - held.ids.size();
      PropertyReport report =
          new PropertyReport(fits, networks.size(), left, held.names, held.ids, measured);
      if (csv != null) {
        AtomicFile.write(csv, report.csv().getBytes(StandardCharsets.UTF_8));
      }
      PropertyModelFile.write(
          out, new PropertyModel(source, fits.stream().map(PropertyFit::property).toList()));
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println(common.json ? report.json(source, out) : report.prose(out));
    }
    return 0;
  }

  private List<Target> targets() {
    List<Target> wanted = targets.stream().map(Target::parse).toList();
    Set<String> names = new HashSet<>();
    for (Target target : wanted) {
      if (!names.add(target.name())) {
        throw new InputException("--target (%s) is given twice.".formatted(target.name()));
      }
    }
    return wanted;
  }

  private static List<double[]> numbers(
      NetworkTable table, List<Target> wanted, Problems problems) {
    return wanted.stream().map(target -> table.numbers(target.name(), problems)).toList();
  }

  private static void checkCount(NetworkTable known, @Nullable NetworkTable heldOut) {
    Problems problems = new Problems();
    if (known.rows().size() < PropertyFit.FEWEST) {
      problems.add(
          Location.of(known.file()),
          "",
          "5 folds need at least (%d) networks, but there are (%d)"
              .formatted(PropertyFit.FEWEST, known.rows().size()));
    }
    if (heldOut != null && heldOut.rows().size() < 2) {
      problems.add(
          Location.of(heldOut.file()),
          "",
          "Kendall's tau needs at least (2) networks, but there is (1)");
    }
    problems.throwIfAny();
  }

  /** Rows of the held-out networks that are not among those to learn from. */
  private static int[] unknown(Networks known, Networks held) {
    Set<String> ids = new HashSet<>(known.ids);
    int[] unknown =
        IntStream.range(0, held.ids.size()).filter(i -> !ids.contains(held.ids.get(i))).toArray();
    if (unknown.length < 2) {
      throw new InputException(
          "--test: (%d) of its (%d) networks are among those to learn from; Kendall's tau needs at"
                  .formatted(held.ids.size() - unknown.length, held.ids.size())
              + " least (2) others.");
    }
    return unknown;
  }

  private Networks embed(GhnFile.Loaded loaded, NetworkTable table, NetworkList networks)
      throws InterruptedException, IOException {
    Networks embedded = new Networks();
    Problems problems = new Problems();
    try (Progress progress = Progress.start("embed", networks.size())) {
      NetworkEmbedding.each(
          loaded.ghn(),
          networks.size(),
          networks.architectures(),
          new Compute(common.threadCount(), common::openBackend),
          (index, outcome) -> {
            switch (outcome) {
              case Embedded e -> {
                embedded.names.add(networks.names().apply(index));
                embedded.ids.add(e.architecture().id());
                embedded.rows.add(e.embedding());
              }
              case Failed f -> table.note(problems, (int) index, f.reason());
            }
            progress.step(1, "");
          });
    }
    problems.throwIfAny();
    return embedded;
  }

  private PropertyFit fit(Target target, Sample known, Sample held) throws InterruptedException {
    int steps = PropertyFit.steps(known.rows().getFirst().length);
    try (Progress progress = Progress.start(target.name(), steps)) {
      return PropertyFit.of(
          target, known, held, common.seed, common.threadCount(), () -> progress.step(1, ""));
    }
  }
}
