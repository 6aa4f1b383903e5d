package org.netloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.data.SmallShapes;
import org.netloom.exchange.Export;
import org.netloom.exchange.ExportFormat;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDirectory;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * The main job with an untrained hypernetwork on a few images: what it writes, and the same again.
 */
class SearchRunTest {
  private static final Dataset DATA = SmallShapes.of(60, 20);
  private static final Ghn GHN =
      Ghn.initialise(GhnConfig.ghn2(8, 8, 5, 10), new SplittableRandom(1));
  private static final String CONFIG =
      """
      space: {channels: 8, cells: 3, steps: 1}
      search: {population: 4, evaluations: 8, images: 16, baseline: true}
      finetune: {top: 2, epochs: 2, batch: 20, min_distance: 0}
      export: {formats: [onnx, safetensors]}
      """;

  private static final int FOREVER = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @Test
  void theBestAreTrainedRankedExportedAndReported() throws Exception {
    List<RankedRecord> ranking = run(folder.resolve("run"), CONFIG, 1, FOREVER);

    assertThat(ranking).hasSize(2);
    assertThat(ranking.getFirst().score()).isGreaterThanOrEqualTo(ranking.getLast().score());
    assertThat(ranking.getFirst().parts())
        .containsKeys("predicted_accuracy", "random_init_accuracy", "fine_tuned_test_accuracy");
    Path run = folder.resolve("run");
    assertThat(Files.readAllLines(run.resolve("ranking.csv"))).hasSize(3);
    assertThat(Files.readAllLines(run.resolve("candidates.csv"))).hasSizeGreaterThanOrEqualTo(9);
    assertThat(Files.readString(run.resolve("report.html"))).contains("</html>");
    Path top = run.resolve("top").resolve(Export.folderName(1, ranking.getFirst().architecture()));
    for (ExportFormat format : List.of(ExportFormat.ONNX, ExportFormat.SAFETENSORS)) {
      assertThat(top.resolve(format.file())).isNotEmptyFile();
    }
    assertThat(Files.readString(top.resolve(Export.METRICS_FILE)))
        .contains("\"validation_accuracy\"", "\"test_accuracy\"")
        .contains(
            "\"memory\" : "
                + NetworkMemory.forward(GraphBuilder.build(ranking.getFirst().architecture()), 1));
  }

  @Test
  void aRunThatIsInterruptedAnywhereEndsWithTheSameBytes() throws Exception {
    run(folder.resolve("straight"), CONFIG, 2, FOREVER);
    for (int calls : new int[] {2, 7, 12, 17}) {
      Path broken = folder.resolve("broken" + calls);
      assertThatThrownBy(() -> run(broken, CONFIG, 2, calls))
          .isInstanceOf(InterruptedException.class);

      run(broken, CONFIG, 1, FOREVER);

      assertThat(results(broken)).isEqualTo(results(folder.resolve("straight")));
    }
  }

  @Test
  void aRunGivesTheSameBytesForAnyNumberOfThreads() throws Exception {
    run(folder.resolve("one"), CONFIG, 1, FOREVER);
    for (int threads : new int[] {2, 3}) {
      Path path = folder.resolve("threads" + threads);
      run(path, CONFIG, threads, FOREVER);
      assertThat(results(path)).isEqualTo(results(folder.resolve("one")));
    }
  }

  @Test
  void nothingValidGivesAnEmptyRanking() throws Exception {
    String impossible = CONFIG + "constraints: {macs: {max: 1000}}\n";

    assertThat(run(folder.resolve("run"), impossible, 1, FOREVER)).isEmpty();
    assertThat(Files.readString(folder.resolve("run/candidates.csv"))).contains("rejected");
  }

  @Test
  void aWinnerWithoutMemoryToTrainFailsWithTheReasonAndTheRunGoesOn() throws Exception {
    Path path = folder.resolve("run");
    List<RankedRecord> ranking =
        run(path, CONFIG, new Compute(2, threads -> CpuBackend.of(threads, 2 << 20)), FOREVER);

    assertThat(ranking)
        .hasSize(2)
        .allSatisfy(
            ranked -> {
              assertThat(ranked.status()).isEqualTo("failed");
              assertThat(ranked.reason())
                  .contains("The plan needs (", "the limit is (2.0 MB)", "smaller batch");
              assertThat(ranked.parts().get("predicted_accuracy")).isNotNaN();
            });
    assertThat(Files.readString(path.resolve("report.html")))
        .contains("Fine-tuning of #1 ", "the limit is (2.0 MB)");
  }

  @Test
  void aTrainingThatLackedMemoryBesideOthersIsDoneAlone() throws Exception {
    run(folder.resolve("straight"), CONFIG, 2, FOREVER);
    AtomicInteger refusals = new AtomicInteger(2);
    Path path = folder.resolve("short");
    run(path, CONFIG, new Compute(2, t -> new Crowded(CpuBackend.of(t), refusals)), FOREVER);

    assertThat(refusals.get()).isNotPositive();
    assertThat(results(path)).isEqualTo(results(folder.resolve("straight")));
  }

  @Test
  void aTrainingThatNeverFindsMemoryFails() throws Exception {
    AtomicInteger refusals = new AtomicInteger(Integer.MAX_VALUE);
    Path path = folder.resolve("short");
    List<RankedRecord> ranking =
        run(path, CONFIG, new Compute(2, t -> new Crowded(CpuBackend.of(t), refusals)), FOREVER);

    assertThat(ranking)
        .hasSize(2)
        .allMatch(ranked -> ranked.reason().contains("beside what is in use; the heap has ("));
  }

  /** Has no memory for the first trainings, which it knows by their variables. */
  private record Crowded(CpuBackend backend, AtomicInteger refusals) implements Backend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public String description() {
      return backend.description();
    }

    @Override
    public Workspace workspace(List<Variable> variables) {
      boolean training = variables.stream().anyMatch(v -> v.name().equals("gradient norm"));
      if (training && refusals.getAndDecrement() > 0) {
        throw MemoryException.crowded(1 << 20);
      }
      return backend.workspace(variables);
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  /** All files that must not depend on time, by their names; columns of timing are cut. */
  private static TreeMap<String, String> results(Path run) throws IOException {
    TreeMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (name.equals("candidates.csv")) {
          all.put(name, Files.readString(file).replaceAll("(?m),[^,]*$", ""));
        } else if (name.equals("ranking.csv") || name.startsWith("top")) {
          all.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return all;
  }

  private static List<RankedRecord> run(Path path, String text, int threads, int calls)
      throws InterruptedException {
    return run(path, text, new Compute(threads, CpuBackend::of), calls);
  }

  private static List<RankedRecord> run(Path path, String text, Compute compute, int calls)
      throws InterruptedException {
    RunConfig config =
        YamlReader.parse("run.yaml", text, List.of(), RunConfigReader::read).forData(DATA);
    try (RunDirectory run =
        Files.exists(path)
            ? RunDirectory.open(path)
            : RunDirectory.create(path, false, text, config.effective())) {
      return new SearchRun(
              config,
              DATA,
              GHN,
              "untrained",
              run,
              compute,
              new Interrupting(Thread.currentThread(), calls))
          .run();
    }
  }

  /** Interrupts the run at a call. */
  private static final class Interrupting implements RunListener {
    private final Thread worker;
    private int left;

    Interrupting(Thread worker, int calls) {
      this.worker = worker;
      this.left = calls;
    }

    private synchronized void count() {
      if (--left == 0) {
        worker.interrupt();
      }
    }

    @Override
    public void phase(String name, long units) {
      count();
    }

    @Override
    public void step(long units, String extra) {
      count();
    }

    @Override
    public void say(String line) {}
  }
}
