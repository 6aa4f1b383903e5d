package org.netloom.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netloom.architecture.Architecture;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.AtomicFile;
import org.netloom.exchange.Export;

/**
 * The folder of one run. While it is open no other process can open it. Every file but the database
 * and the log is written at once or not at all; the tables and the report follow from the database
 * and can be written again at any time.
 */
public final class RunDirectory implements AutoCloseable {
  private final Path path;
  private final RunLock lock;
  private final RunDatabase database;

  private RunDirectory(Path path, RunLock lock, RunDatabase database) {
    this.path = path;
    this.lock = lock;
    this.database = database;
  }

  /**
   * Begins a run in a folder that is empty or does not exist.
   *
   * @param force whether an older run there is removed; only what a run writes is, and nothing at
   *     all where there is no run
   * @param given the configuration as the user wrote it
   * @param effective the same with every default filled in
   * @throws InputException if the folder holds something, or a process works on it
   */
  public static RunDirectory create(Path path, boolean force, String given, String effective) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new InputException("%s: is a file; a run needs a folder.".formatted(path));
    }
    if (Files.isDirectory(path)) {
      refuseUnlessReplaceable(path, force); // before the lock leaves a file in a foreign folder
    } else {
      createFolder(path);
    }
    return locked(
        path,
        () -> {
          refuseUnlessReplaceable(path, force); // another process may have been faster
          RunFiles.remove(path);
          AtomicFile.write(path.resolve(RunFiles.GIVEN), given.getBytes(UTF_8));
          AtomicFile.write(path.resolve(RunFiles.EFFECTIVE), effective.getBytes(UTF_8));
          return RunDatabase.create(path.resolve(RunFiles.DATABASE));
        });
  }

  /**
   * Opens a run to go on with it or to report it.
   *
   * @throws InputException if it is not a run, or a process works on it
   */
  public static RunDirectory open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new InputException("%s: there is no such folder.".formatted(path));
    }
    if (!RunFiles.isRun(path)) {
      throw new InputException(
          "%s: is not a run of Netloom: it must hold %s and %s."
              .formatted(path, RunFiles.GIVEN, RunFiles.DATABASE));
    }
    return locked(
        path,
        () -> {
          RunFiles.removeUnfinished(path);
          return RunDatabase.open(path.resolve(RunFiles.DATABASE));
        });
  }

  /** What is done under the lock. */
  private interface Opening {
    RunDatabase open() throws IOException;
  }

  private static RunDirectory locked(Path path, Opening opening) {
    RunLock lock = RunLock.take(path);
    boolean good = false;
    try {
      RunDirectory run = new RunDirectory(path, lock, opening.open());
      good = true;
      return run;
    } catch (IOException e) {
      throw new InputException("%s: %s.".formatted(path, FileProblem.reason(e)), e);
    } finally {
      if (!good) {
        lock.close();
      }
    }
  }

  private static void refuseUnlessReplaceable(Path path, boolean force) {
    if (RunFiles.isEmpty(path)) {
      return;
    }
    boolean run = RunFiles.isRun(path);
    if (!force) {
      throw new InputException(
          run
              ? ("%s: holds a run already. Nothing was changed.%n"
                      + "  'netloom resume %s' goes on with it; --force replaces it.")
                  .formatted(path, path)
              : ("%s: is not empty. Nothing was changed.%n"
                      + "  A new run needs a new or empty folder (--force replaces a run only, and"
                      + " 'netloom resume' goes on with one).")
                  .formatted(path));
    }
    if (!run) {
      throw new InputException(
          ("%s: is not empty and not a run of Netloom (no %s with a %s). Nothing was changed.%n"
                  + "  --force replaces a run only.")
              .formatted(path, RunFiles.GIVEN, RunFiles.DATABASE));
    }
  }

  private static void createFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw FileProblem.writing(path, e);
    }
  }

  /** The folder, as it was named. */
  public Path path() {
    return path;
  }

  /** What the run found out. */
  public RunDatabase database() {
    return database;
  }

  /** The configuration as the user wrote it. */
  public String given() {
    return read(RunFiles.GIVEN);
  }

  /** The configuration with every default filled in. */
  public String effective() {
    return read(RunFiles.EFFECTIVE);
  }

  /** Writes {@code provenance.json}. */
  public void writeProvenance(Provenance provenance) {
    AtomicFile.write(path.resolve(RunFiles.PROVENANCE), provenance.toJson());
  }

  /** What {@code provenance.json} says; empty if it was not written. */
  public Optional<Provenance> provenance() {
    Path file = path.resolve(RunFiles.PROVENANCE);
    return Files.exists(file)
        ? Optional.of(Provenance.parse(file.toString(), read(RunFiles.PROVENANCE).getBytes(UTF_8)))
        : Optional.empty();
  }

  /**
   * Writes {@code candidates.csv} (the attempts of the search; those of the baseline stay in the
   * database) and, once there is one, {@code ranking.csv}.
   */
  public void writeTables() {
    String candidates = RunTables.candidates(database.candidates(Source.SEARCH));
    AtomicFile.write(path.resolve(RunFiles.CANDIDATES), candidates.getBytes(UTF_8));
    List<RankedRecord> ranking = database.ranking();
    if (!ranking.isEmpty()) {
      String table = RunTables.ranking(ranking);
      AtomicFile.write(path.resolve(RunFiles.RANKING), table.getBytes(UTF_8));
    }
  }

  /** Where the files of a top architecture belong: {@code top/01-3f9c21ab} for rank 1. */
  public Path topFolder(int rank, Architecture architecture) {
    return path.resolve(RunFiles.TOP).resolve(Export.folderName(rank, architecture));
  }

  /** Where checkpoints of trainings belong, for a run that is interrupted. */
  public Path work() {
    return path.resolve(RunFiles.WORK);
  }

  /** Where the hypernetwork belongs if the run trains its own. */
  public Path hypernetwork() {
    return path.resolve(RunFiles.HYPERNETWORK);
  }

  /** Where the report belongs. */
  public Path report() {
    return path.resolve(RunFiles.REPORT);
  }

  /** Lets {@code log.txt} receive what is logged, from now on until the result is closed. */
  public RunLog openLog() {
    return RunLog.open(path.resolve(RunFiles.LOG));
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      lock.close();
    }
  }

  private String read(String name) {
    Path file = path.resolve(name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}
