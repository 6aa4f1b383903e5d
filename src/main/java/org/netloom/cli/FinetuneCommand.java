package org.netloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.exchange.Export;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Hypernetworks;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Decorrelation;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.training.FineTuner;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;
import org.netloom.training.RunIdentity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom finetune}: SGD training of one network from predicted or random parameters. */
@Command(
    name = "finetune",
    description = {
      "Train one network by SGD, from predicted parameters (--ghn) or random ones.",
      "The rate falls to zero by half a cosine; gradients are clipped at 5; every trainable tensor"
          + " is decayed. Run the same command again to go on after an interruption."
    })
final class FinetuneCommand implements Callable<Integer> {
  private static final int NOTHING_VALID = 3;
  private static final int INTERRUPTED = 130;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      description = "A preset, a file, split:NAME/INDEX, or compact form.")
  private String architecture = "";

  @Option(
      names = "--data",
      required = true,
      description = "shapes10, cifar10:DIR, idx:DIR or folder:DIR.")
  private String data = "";

  @Mixin private final DecorrelationOptions decorrelation = new DecorrelationOptions();

  @ArgGroup private final Initial initial = new Initial();

  /** Where the parameters come from. */
  static final class Initial {
    @Option(
        names = "--ghn",
        description =
            "Hypernetwork that predicts the initial parameters: built-in name, safetensors file or"
                + " checkpoint (.pt).")
    private @Nullable String ghn;

    @Option(names = "--init", description = "random: the usual initialisation; the default.")
    private @Nullable String init;
  }

  @Option(names = "--epochs", required = true, description = "Passes over the training images.")
  private int epochs;

  @Option(names = "--out", description = "Folder for the network, its metrics and checkpoints.")
  private @Nullable String out;

  @Option(names = "--force", description = "Start anew in a folder that holds something else.")
  private boolean force;

  @Option(
      names = "--batch",
      defaultValue = "96",
      description = "Images per step; ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--lr", defaultValue = "0.025", description = "First rate; ${DEFAULT-VALUE}.")
  private float learningRate;

  @Option(names = "--momentum", defaultValue = "0.9", description = "${DEFAULT-VALUE}.")
  private float momentum;

  @Option(names = "--weight-decay", defaultValue = "3e-4", description = "L2; ${DEFAULT-VALUE}.")
  private float weightDecay;

  @Option(names = "--smoothing", defaultValue = "0", description = "Of labels; ${DEFAULT-VALUE}.")
  private float smoothing;

  @Option(
      names = "--augment",
      defaultValue = "standard",
      description = "none, or standard: images shifted by up to 4 pixels and mirrored.")
  private String augment = "standard";

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  /** Initial parameters and what they are, for people. */
  private record Start(Parameters parameters, String what, String protocol) {}

  @Override
  public Integer call() throws Exception {
    FineTuner.Settings settings = settings();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (Interruption listening = Interruption.listen()) {
      try {
        return run(settings, spec.commandLine().getOut(), err);
      } catch (InterruptedException e) {
        return interrupted(err);
      } catch (InputException e) {
        if (Thread.interrupted()) { // it closed a file that was being read or written
          return interrupted(err);
        }
        throw e;
      }
    }
  }

  private int interrupted(PrintWriter err) {
    err.println(
        out == null
            ? "Interrupted. Nothing was kept: without --out there is no checkpoint."
            : "Interrupted. Run the same command again to go on after the last full epoch.");
    err.flush();
    return INTERRUPTED;
  }

  private FineTuner.Settings settings() {
    Augmentation augmentation =
        switch (augment) {
          case "none" -> Augmentation.none();
          case "standard" -> Augmentation.standard(common.seed);
          default ->
              throw new InputException(
                  "--augment (%s): unknown. Allowed: none, standard.".formatted(augment));
        };
    if (initial.init != null && !initial.init.equals("random")) {
      throw new InputException("--init (%s): unknown. Allowed: random.".formatted(initial.init));
    }
    return FineTuner.Settings.published(epochs, common.seed)
        .withBatch(batch)
        .withLearningRate(learningRate)
        .withMomentum(momentum)
        .withWeightDecay(weightDecay)
        .withSmoothing(smoothing)
        .withAugmentation(augmentation);
  }

  private int run(FineTuner.Settings settings, PrintWriter lines, PrintWriter err)
      throws InterruptedException, IOException {
    DataArgument chosen = DataArgument.open(data, architecture, classes, input, null, err);
    ComputationalGraph graph = GraphBuilder.build(chosen.architecture());
    try (Backend backend = common.openBackend()) {
      Start start = start(backend, chosen, graph);
      RunIdentity identity =
          RunIdentity.of(backend, graph, start.parameters(), chosen.data(), settings);
      TuningFolder folder = out == null ? null : TuningFolder.open(out, identity, force);
      JsonNode known = folder == null ? null : folder.result();
      if (known != null) {
        if (!common.json) {
          TuningReport.curve(known)
              .forEach(epoch -> lines.println(TuningReport.line(epoch, epochs)));
        }
        print(known, folder, lines);
        return 0;
      }
      FineTuner.Outcome outcome;
      try (TuningLines listener = new TuningLines(common.json ? null : lines, err, epochs)) {
        outcome =
            FineTuner.tune(
                backend,
                graph,
                start.parameters(),
                chosen.data(),
                settings,
                listener,
                folder == null ? null : folder.checkpoint());
      }
      switch (outcome) {
        case FineTuner.Diverged diverged -> {
          err.printf("%s%n  Maybe a smaller --lr?%n", diverged.reason());
          return NOTHING_VALID;
        }
        case FineTuner.Tuned tuned -> {
          SequencedMap<String, Object> metrics =
              metrics(backend, chosen, graph, start, tuned, identity);
          if (folder != null) {
            folder.finish(
                new Export(
                    chosen.architecture(), graph, tuned.parameters(), metrics, Main.version()));
          }
          print(TuningReport.tree(metrics), folder, lines);
          return 0;
        }
      }
    }
  }

  private Start start(Backend backend, DataArgument chosen, ComputationalGraph graph) {
    Decorrelation changes = decorrelation.read(initial.ghn != null, common.seed);
    if (initial.ghn == null) {
      return new Start(
          Initialisation.random(graph, common.seed),
          "random, seed " + common.seed,
          "trained from scratch");
    }
    Ghn ghn = Hypernetworks.open(initial.ghn).ghn();
    if (ghn.config().classes() != chosen.data().classes()) {
      throw new InputException(
          ("Hypernetwork %s predicts networks of (%d) classes, but data set %s has (%d).%n  Maybe"
                  + " --init random, or a hypernetwork of your own from 'netloom train-ghn'?")
              .formatted(initial.ghn, ghn.config().classes(), data, chosen.data().classes()));
    }
    Parameters predicted =
        Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
    return changes == null
        ? new Start(predicted, "predicted by " + initial.ghn, "fine-tuned")
        : new Start(
            changes.apply(graph, predicted),
            "predicted by %s, then %s".formatted(initial.ghn, changes),
            "fine-tuned");
  }

  private SequencedMap<String, Object> metrics(
      Backend backend,
      DataArgument chosen,
      ComputationalGraph graph,
      Start start,
      FineTuner.Tuned tuned,
      RunIdentity identity) {
    Dataset dataset = chosen.data();
    Measurement test =
        Measurer.of(dataset.split(Split.TEST), Normalisation.of(dataset.split(Split.TRAIN)))
            .measure(backend, graph, tuned.parameters(), BatchNormMode.RUNNING);
    return TuningReport.metrics(
        chosen.architecture(),
        Cost.of(graph),
        data,
        start.what(),
        "%s %d epoch%s, %s"
            .formatted(start.protocol(), epochs, epochs == 1 ? "" : "s", test.protocol()),
        tuned,
        test,
        identity);
  }

  private void print(JsonNode metrics, @Nullable TuningFolder folder, PrintWriter lines) {
    if (common.json) {
      lines.println(metrics);
      return;
    }
    lines.println("test: " + TuningReport.test(metrics));
    if (folder != null) {
      lines.println("written to " + folder);
    }
  }
}
