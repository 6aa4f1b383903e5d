package org.netloom.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;

/** The names in a run directory, and the removal of exactly these. */
final class RunFiles {
  static final String GIVEN = "run.yaml";
  static final String EFFECTIVE = "effective.yaml";
  static final String PROVENANCE = "provenance.json";
  static final String DATABASE = "run.db";
  static final String CANDIDATES = "candidates.csv";
  static final String RANKING = "ranking.csv";
  static final String TOP = "top";
  static final String REPORT = "report.html";
  static final String LOG = "log.txt";
  static final String WORK = "work";
  static final String HYPERNETWORK = "ghn";

  /** In the order of removal: what marks a run goes last. */
  private static final List<String> FILES =
      List.of(
          EFFECTIVE,
          PROVENANCE,
          CANDIDATES,
          RANKING,
          REPORT,
          LOG,
          DATABASE + "-wal",
          DATABASE + "-shm",
          DATABASE,
          GIVEN);

  private static final Pattern TOP_FOLDER = Pattern.compile("[0-9]{2,}-[0-9a-f]{8}");
  private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.part");

  private RunFiles() {}

  /** Whether a folder is recognisably a run. */
  static boolean isRun(Path directory) {
    return Files.isRegularFile(directory.resolve(GIVEN))
        && Files.isRegularFile(directory.resolve(DATABASE));
  }

  /** Whether nothing but a lock is in a folder. */
  static boolean isEmpty(Path directory) {
    return list(directory).stream()
        .allMatch(file -> file.getFileName().toString().equals(RunLock.FILE));
  }

  /** The folders of the top architectures, by rank. */
  static List<Path> topFolders(Path directory) {
    Path top = directory.resolve(TOP);
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    return list(top).stream()
        .filter(file -> TOP_FOLDER.matcher(file.getFileName().toString()).matches())
        .toList();
  }

  /** Removes what a run writes and nothing else. */
  static void remove(Path directory) {
    try {
      for (Path folder : topFolders(directory)) {
        removeTree(folder);
      }
      for (String folder : List.of(WORK, HYPERNETWORK)) {
        if (Files.isDirectory(directory.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
          removeTree(directory.resolve(folder));
        }
      }
      removeUnfinished(directory);
      Path top = directory.resolve(TOP);
      if (Files.isDirectory(top) && list(top).isEmpty()) {
        Files.delete(top);
      }
      for (String file : FILES) {
        Files.deleteIfExists(directory.resolve(file));
      }
    } catch (IOException e) {
      throw new InputException(
          "%s: the old run cannot be removed: %s.".formatted(directory, FileProblem.reason(e)), e);
    }
  }

  /** Removes files that a killed process had begun. */
  static void removeUnfinished(Path directory) throws IOException {
    List<Path> folders = new ArrayList<>(topFolders(directory));
    folders.add(directory);
    for (Path folder : folders) {
      for (Path file : list(folder)) {
        if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void removeTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw FileProblem.reading(directory, e);
    }
  }
}
