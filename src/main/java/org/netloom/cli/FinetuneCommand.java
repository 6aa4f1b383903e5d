package org.netloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.Dataset;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.exchange.Export;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Decorrelation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.training.FineTuner;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;
import org.netloom.training.RateTuning;
import org.netloom.training.RunIdentity;
import org.netloom.training.TrainingProtocol;
import org.netloom.training.TrainingSettings;
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
      "--protocol names published settings; other options replace single ones. Run the same command"
          + " again to go on after an interruption."
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

  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Mixin private final FewShotOptions few = new FewShotOptions();

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

  @Option(names = "--out", description = "Folder for the network, its metrics and checkpoints.")
  private @Nullable String out;

  @Option(names = "--force", description = "Start anew in a folder that holds something else.")
  private boolean force;

  @Option(names = "--classes", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape, for example 3x32x32.")
  private @Nullable String input;

  @Override
  public Integer call() throws Exception {
    if (initial.init != null && !initial.init.equals("random")) {
      throw new InputException("--init (%s): unknown. Allowed: random.".formatted(initial.init));
    }
    TrainingSettings settings = training.read(common.seed);
    List<Float> rates = few.rates(training.protocol(), training.givesRate());
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (Interruption listening = Interruption.listen()) {
      try {
        return run(settings, rates, spec.commandLine().getOut(), err);
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

  private int run(TrainingSettings asked, List<Float> rates, PrintWriter lines, PrintWriter err)
      throws InterruptedException, IOException {
    TrainingProtocol protocol = training.protocol();
    DataArgument opened = DataArgument.open(data, architecture, classes, input, null, err);
    DataArgument chosen =
        new DataArgument(few.choose(opened.data(), protocol), opened.architecture());
    ComputationalGraph graph = GraphBuilder.build(chosen.architecture());
    training.check(graph);
    TrainingSettings settings = asked.on(graph);
    if (!settings.equals(asked)) {
      err.printf(
          "Network %s has no place for all of protocol %s: drop-path %s, auxiliary head %s.%n",
          graph.name(), protocol.name(), settings.dropPath(), settings.auxiliary());
    }
    try (Backend backend = common.openBackend()) {
      InitialParameters start = start(backend, chosen, graph, protocol);
      RateChoice choice = null;
      RateChoice.Chosen rate = null;
      if (!rates.isEmpty()) {
        choice =
            new RateChoice(
                new RateTuning(backend, graph, start.parameters(), chosen.data(), settings, rates),
                out);
        Optional<RateChoice.Chosen> best = choice.run(force, err);
        if (best.isEmpty()) {
          err.printf("Training diverged with every rate.%n  Maybe smaller --rates?%n");
          return NOTHING_VALID;
        }
        rate = best.get();
        settings = settings.withRate(settings.rate().from(rate.rate()));
      }
      RunIdentity identity =
          RunIdentity.of(backend, graph, start.parameters(), chosen.data(), settings);
      TuningFolder folder =
          out == null ? null : TuningFolder.open(out, identity, rate != null, force);
      JsonNode known = folder == null ? null : folder.result();
      if (known != null) {
        if (!common.json) {
          TuningReport.curve(known)
              .forEach(epoch -> lines.println(TuningReport.line(epoch, asked.epochs())));
        }
        print(known, folder, lines);
        return 0;
      }
      FineTuner.Outcome outcome =
          tune(backend, graph, start.parameters(), chosen.data(), settings, folder, lines, err);
      switch (outcome) {
        case FineTuner.Diverged diverged -> {
          err.printf("%s%n  Maybe a smaller --lr?%n", diverged.reason());
          return NOTHING_VALID;
        }
        case FineTuner.Tuned tuned -> {
          SequencedMap<String, Object> metrics =
              metrics(backend, chosen, graph, start, tuned, identity);
          if (rate != null) {
            RateChoice.record(rate, metrics);
          }
          if (folder != null) {
            folder.finish(
                new Export(
                    chosen.architecture(), graph, tuned.parameters(), metrics, Main.version()));
          }
          if (choice != null) {
            choice.finish();
          }
          print(TuningReport.tree(metrics), folder, lines);
          return 0;
        }
      }
    }
  }

  private FineTuner.Outcome tune(
      Backend backend,
      ComputationalGraph graph,
      Parameters parameters,
      Dataset images,
      TrainingSettings settings,
      @Nullable TuningFolder folder,
      PrintWriter lines,
      PrintWriter err)
      throws InterruptedException {
    try (TuningLines listener =
        new TuningLines(common.json ? null : lines, err, settings.epochs())) {
      return FineTuner.tune(
          backend,
          graph,
          parameters,
          images,
          settings,
          listener,
          folder == null ? null : folder.checkpoint());
    }
  }

  private InitialParameters start(
      Backend backend, DataArgument chosen, ComputationalGraph graph, TrainingProtocol protocol) {
    Decorrelation changes =
        decorrelation.read(protocol.changes(), graph, initial.ghn != null, common.seed);
    return initial.ghn == null
        ? InitialParameters.random(graph, common.seed)
        : InitialParameters.predicted(
            initial.ghn,
            backend,
            chosen,
            data,
            graph,
            changes,
            few.newClassifier(protocol),
            common.seed);
  }

  private SequencedMap<String, Object> metrics(
      Backend backend,
      DataArgument chosen,
      ComputationalGraph graph,
      InitialParameters start,
      FineTuner.Tuned tuned,
      RunIdentity identity) {
    Dataset dataset = chosen.data();
    Measurement test =
        Measurer.of(dataset.split(Split.TEST), Normalisation.of(dataset.split(Split.TRAIN)))
            .measure(backend, graph, tuned.parameters(), BatchNormMode.RUNNING);
    int epochs = tuned.curve().size() - 1;
    return TuningReport.metrics(
        chosen.architecture(),
        Cost.of(graph),
        data,
        start.what(),
        "%s %d epoch%s, %s"
            .formatted(start.protocol(), epochs, epochs == 1 ? "" : "s", test.protocol()),
        training.protocol().name(),
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
    TuningReport.memory(metrics).ifPresent(lines::println);
    if (folder != null) {
      lines.println("written to " + folder);
    }
  }
}
