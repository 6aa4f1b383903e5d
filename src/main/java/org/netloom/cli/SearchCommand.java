package org.netloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.ghn.GhnFile;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * {@code netloom search}: the main job, from a YAML file to exported architectures and a report.
 */
@Command(
    name = "search",
    description = "Search a space; train, rank and export the best architectures; report.")
final class SearchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "SPACE.yaml", description = "Search space file.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "Folder of the run; a new one below results/ if absent.")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the file, for example search.evaluations=500.")
  private List<String> overrides = List.of();

  @Option(names = "--force", description = "Replace an older run in the folder.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    RunConfig read = YamlReader.read(file, overrides, RunConfigReader::read);
    ParseResult parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
    if (parsed.hasMatchedOption("--seed")) {
      read = read.withSeed(common.seed);
    }
    Dataset data = read.openData();
    RunConfig config = read.forData(data);
    RunSession session =
        new RunSession(common, file.toString(), config, data, parsed.originalArgs());
    try (Interruption interruption = Interruption.listen()) {
      Optional<GhnFile.Loaded> ghn = session.openGhn();
      Path folder = out == null ? newFolder(config) : out;
      try (RunDirectory run =
          RunDirectory.create(folder, force, Files.readString(file), config.effective())) {
        System.err.println("Run directory: " + folder);
        return new RankingPrinter(common.json).print(run, session.run(run, ghn));
      } catch (InterruptedException e) {
        System.err.println(ShellWords.goOnWith(List.of("resume", folder.toString())));
        return Main.INTERRUPTED;
      }
    }
  }

  /** {@code results/2026-11-23-quickstart-s42}, with a number behind it if that exists. */
  private Path newFolder(RunConfig config) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    String base =
        String.format(Locale.ROOT, "%s-%s-s%d", LocalDate.now(), name, config.search().seed());
    Path folder = Path.of("results", base);
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of("results", base + "-" + i);
    }
    return folder;
  }
}
