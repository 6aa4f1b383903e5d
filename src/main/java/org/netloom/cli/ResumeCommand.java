package org.netloom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.store.Phase;
import org.netloom.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code netloom resume}: goes on with an interrupted search, to the same bytes. */
@Command(name = "resume", description = "Go on with an interrupted search.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (Interruption interruption = Interruption.listen()) {
      try (RunDirectory run = RunDirectory.open(folder)) {
        return goOn(run);
      } catch (InterruptedException e) {
        System.err.println(ShellWords.goOnWith(List.of("resume", folder.toString())));
        return Main.INTERRUPTED;
      }
    }
  }

  private int goOn(RunDirectory run) throws Exception {
    RankingPrinter printer = new RankingPrinter(common.json);
    if (run.database().isFinished(Phase.REPORT)) {
      return printer.print(run, run.database().ranking());
    }
    run.database()
        .conditions()
        .flatMap(before -> common.goOnUnder(before, folder))
        .ifPresent(System.err::println);
    String source = folder.resolve("effective.yaml").toString();
    RunConfig read = YamlReader.parse(source, run.effective(), List.of(), RunConfigReader::read);
    Dataset data = read.openData();
    RunSession session =
        new RunSession(
            common, source, read.forData(data), data, List.of("resume", folder.toString()));
    return printer.print(run, session.run(run, session.openGhn()));
  }
}
