package org.netloom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;
import org.netloom.store.Provenance.Artefact;
import org.netloom.store.Provenance.Device;
import org.netloom.store.Provenance.Machine;

class RunDirectoryTest {
  private static final String GIVEN = "# mine\nseed: 42\r\nname: ü\n";

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("runs").resolve("one");
  }

  private RunDirectory create(boolean force) {
    return RunDirectory.create(path, force, GIVEN, "seed: 42\nall: true\n");
  }

  @Test
  void aNewRunKeepsItsConfigurationsToTheByte() throws IOException {
    create(false).close();
    assertThat(Files.readString(path.resolve("run.yaml"))).isEqualTo(GIVEN);
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.given()).isEqualTo(GIVEN);
      assertThat(run.effective()).isEqualTo("seed: 42\nall: true\n");
      assertThat(run.provenance()).isEmpty();
    }
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Files.createDirectories(path);
    create(false).close();
    assertThat(path.resolve("run.db")).exists();
  }

  @Test
  void anOlderRunIsRefusedNamingForceAndResume() throws IOException {
    create(false).close();
    assertThatThrownBy(() -> create(false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--force")
        .hasMessageContaining("resume " + path);
  }

  @Test
  void forceReplacesARunAndLeavesWhatIsNotOfIt() throws IOException {
    try (RunDirectory run = create(false)) {
      run.database().record(Source.SEARCH, Attempts.generation(0, 3, 1));
      run.writeTables();
      Path top = Files.createDirectories(run.topFolder(1, Attempts.architectures(1, 1).getFirst()));
      Files.writeString(top.resolve("model.py"), "x");
      Files.writeString(run.report(), "old");
      Files.writeString(Files.createDirectories(run.work()).resolve("a.safetensors"), "x");
      Files.createDirectories(run.hypernetwork());
    }
    Files.writeString(path.resolve("notes.md"), "mine");
    Files.writeString(path.resolve(".candidates.csv77.part"), "half");
    try (RunDirectory run = create(true)) {
      assertThat(run.database().attempts(Source.SEARCH)).isZero();
    }
    assertThat(names(path))
        .containsExactly(".lock", "effective.yaml", "notes.md", "run.db", "run.yaml");
    assertThat(path.resolve("notes.md")).hasContent("mine");
  }

  @Test
  void aForeignFolderIsRefusedEvenWithForceAndLeftAsItIs() throws IOException {
    Files.createDirectories(path.resolve("top"));
    Files.writeString(path.resolve("run.yaml"), "mine");
    Files.writeString(path.resolve("report.html"), "mine too");
    for (boolean force : new boolean[] {true, false}) {
      assertThatThrownBy(() -> create(force))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("Nothing was changed")
          .hasMessageContaining("--force");
    }
    assertThat(names(path)).containsExactly("report.html", "run.yaml", "top");
    assertThat(path.resolve("run.yaml")).hasContent("mine");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(path, "x");
    assertThatThrownBy(() -> create(true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void onlyRunsAreOpened() throws IOException {
    assertThatThrownBy(() -> RunDirectory.open(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such folder");
    Files.createDirectories(path);
    Files.writeString(path.resolve("run.yaml"), "x");
    assertThatThrownBy(() -> RunDirectory.open(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a run")
        .hasMessageContaining("run.db");
    Files.writeString(path.resolve("run.db"), "not a database".repeat(99));
    assertThatThrownBy(() -> RunDirectory.open(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run.db");
  }

  @Test
  void aRunThatIsHeldIsRefusedUntilItIsLetGo() {
    try (RunDirectory run = create(false)) {
      assertThat(run.given()).isEqualTo(GIVEN); // reading must not end the lock
      assertThatThrownBy(() -> RunDirectory.open(path))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another process works on this run");
      assertThatThrownBy(() -> create(true)).isInstanceOf(InputException.class);
      assertThat(run.given()).isEqualTo(GIVEN);
    }
    RunDirectory.open(path).close();
  }

  @Test
  void aRunHeldByAnotherProcessIsRefusedUntilThatIsGone() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                path.toString())
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> RunDirectory.open(path))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another process works on this run");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.database().attempts(Source.SEARCH)).isEqualTo(4);
    }
  }

  /** The process that holds a run. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      RunDirectory run = RunDirectory.create(Path.of(arguments[0]), false, GIVEN, "");
      run.given();
      run.database().record(Source.SEARCH, Attempts.generation(0, 4, 1));
      System.out.println("held");
      int ignored = System.in.read();
    }
  }

  @Test
  void openingAndClosingChangesNothing() throws IOException {
    try (RunDirectory run = create(false)) {
      run.database().record(Source.SEARCH, Attempts.generation(0, 20, 1));
      run.writeTables();
    }
    List<String> names = names(path);
    byte[] database = Files.readAllBytes(path.resolve("run.db"));
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.database().candidates(Source.SEARCH)).hasSize(20);
    }
    assertThat(names(path)).isEqualTo(names);
    assertThat(Files.readAllBytes(path.resolve("run.db"))).isEqualTo(database);
  }

  @Test
  void whatAKilledProcessHadBegunIsRemovedWhenTheRunIsOpened() throws IOException {
    Path top;
    try (RunDirectory run = create(false)) {
      top = Files.createDirectories(run.topFolder(1, Attempts.architectures(1, 1).getFirst()));
    }
    Files.writeString(path.resolve(".report.html.77.part"), "half");
    Files.writeString(top.resolve(".model.onnx.77.part"), "half");
    Files.writeString(top.resolve("model.onnx"), "whole");
    RunDirectory.open(path).close();
    assertThat(names(path)).containsExactly(".lock", "effective.yaml", "run.db", "run.yaml", "top");
    assertThat(names(top)).containsExactly("model.onnx");
  }

  @Test
  void provenanceComesBack() {
    SequencedMap<String, Long> seeds = new LinkedHashMap<>();
    seeds.put("search", 42L);
    seeds.put("data", -1L);
    Provenance provenance =
        new Provenance(
            new Build("0.1.0", "0123abc-dirty"),
            new Machine("VM 25", "Linux 6 amd64", 2, 4096),
            List.of(new Device("simd", true, "AVX2"), new Device("opencl", false, "no \"device\"")),
            seeds,
            new Artefact("shapes10", "ab".repeat(32)),
            null,
            List.of("search", "a b.yaml"),
            Instant.parse("2026-11-24T10:11:12.5Z"));
    try (RunDirectory run = create(false)) {
      run.writeProvenance(provenance);
      assertThat(run.provenance()).contains(provenance);
    }
  }

  @Test
  void provenanceOfNowNamesThisMachine() {
    Provenance now =
        Provenance.now(
            List.of(), new LinkedHashMap<>(), new Artefact("d", "1"), null, List.of("search"));
    assertThat(now.machine().cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(now.machine().jvm()).contains(Runtime.version().toString());
    assertThat(now.build().version()).isNotEmpty();
  }

  @Test
  void theLogGoesIntoTheRunWhileItIsOpen() {
    try (RunDirectory run = create(false)) {
      try (RunLog log = run.openLog()) {
        LogManager.getLogger("netloom.test").info("generation {} done", 3);
        LogManager.getLogger("netloom.test").debug("too much");
      }
      LogManager.getLogger("netloom.test").info("afterwards");
      try (RunLog log = run.openLog()) {
        LogManager.getLogger("netloom.test").info("resumed");
      }
    }
    assertThat(path.resolve("log.txt"))
        .content()
        .containsSubsequence("INFO", "test: generation 3 done", "test: resumed")
        .doesNotContain("too much", "afterwards");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
