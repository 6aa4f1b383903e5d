package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.exchange.AtomicFile;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.TrainingRun;
import org.netloom.run.GhnTrainings;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom train-ghn}: a hypernetwork for the data set and the space of a YAML file. */
@Command(
    name = "train-ghn",
    description = "Train a hypernetwork for the data set and the space of a YAML file.")
final class TrainGhnCommand implements Callable<Integer> {
  private static final String CONFIG = "config.yaml";
  private static final String EFFECTIVE = "effective.yaml";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "CONFIG.yaml", description = "Search space file.")
  private Path file = Path.of("");

  @Option(names = "--out", required = true, description = "Folder of the training.")
  private Path out = Path.of("");

  @Option(names = "--set", description = "Override a key, for example ghn.train.steps=2000.")
  private List<String> overrides = List.of();

  @Option(names = "--resume", description = "Go on from the checkpoint in the folder.")
  private boolean resume;

  @Override
  public Integer call() throws Exception {
    RunConfig read = YamlReader.read(file, overrides, RunConfigReader::read);
    Dataset data = read.openData();
    RunConfig config = read.forData(data);
    GhnTraining training = RunConfigReader.training(config);
    TrainingRun run = GhnTrainings.run(config, data, training, out);
    prepare(run, config.effectiveTraining(training));
    long start = System.nanoTime();
    OptionalLong memory = OptionalLong.empty();
    if (!run.isFinished()) {
      try (Interruption interruption = Interruption.listen()) {
        try {
          memory = train(config, data, training);
        } catch (InterruptedException e) {
          System.err.println(ShellWords.goOnWith(resuming()));
          return Main.INTERRUPTED;
        }
      }
    }
    report((System.nanoTime() - start) * 1e-9, training, memory);
    return 0;
  }

  private void prepare(TrainingRun run, String effective) throws IOException {
    boolean begun = run.canResume() || run.isFinished();
    if (resume && !begun) {
      throw new InputException("%s: holds no training to go on with.".formatted(out));
    }
    if (!resume && Files.isDirectory(out) && holdsMore()) {
      throw new InputException(
          "%s: is not empty.%n  Maybe --resume to go on with the training in it?".formatted(out));
    }
    if (!resume) {
      AtomicFile.write(out.resolve(CONFIG), Files.readAllBytes(file));
      AtomicFile.write(out.resolve(EFFECTIVE), effective.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The command that goes on: this one with all its options, of which results may depend. */
  private List<String> resuming() {
    List<String> words =
        new ArrayList<>(Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs());
    if (!resume) {
      words.add("--resume");
    }
    return words;
  }

  /**
   * Whether there is more in the folder than a training leaves that ended before its first step.
   */
  private boolean holdsMore() throws IOException {
    try (Stream<Path> entries = Files.list(out)) {
      return entries.anyMatch(entry -> !entry.endsWith(CONFIG) && !entry.endsWith(EFFECTIVE));
    }
  }

  /** Bytes of the largest plan of a step. */
  private OptionalLong train(RunConfig config, Dataset data, GhnTraining training)
      throws InterruptedException {
    try (Backend backend = common.openBackend();
        Progress progress = Progress.start("train-ghn", training.steps())) {
      GhnTrainingProgress told = new GhnTrainingProgress(progress::step);
      var _ = GhnTrainings.train(config, data, training, out, backend, told);
      return told.plannedBytes();
    }
  }

  private void report(double seconds, GhnTraining training, OptionalLong memory)
      throws IOException {
    Path result = out.resolve(TrainingRun.RESULT);
    if (common.json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("ghn", result.toString());
      facts.put("steps", training.steps());
      facts.put("seconds", seconds);
      memory.ifPresent(bytes -> facts.put("memory", bytes));
      out().println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      out()
          .printf(
              Locale.ROOT,
              "%s: %d steps of %d networks in %.0f s%s%n",
              result,
              training.steps(),
              training.metaBatch(),
              seconds,
              memory.isPresent()
                  ? ", at most %s of memory for a plan"
                      .formatted(MemoryException.text(memory.getAsLong()))
                  : "");
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
