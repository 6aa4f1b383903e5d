package org.netloom.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.netloom.config.InputException;

/** Where the six files of the binary version lie: in a folder or in a tar.gz. */
sealed interface CifarFiles {
  String FOLDER = "cifar-10-batches-bin";
  String ARCHIVE = "cifar-10-binary.tar.gz";

  /** How messages call the file of this name. */
  String where(String name);

  /**
   * Gives each wanted file to {@code reader}, in any order.
   *
   * @param size the size in bytes that every file must have
   * @throws InputException if a file is missing or has another size
   */
  void read(List<String> names, long size, BiConsumer<String, byte[]> reader);

  /** Finds the files by the DIR of {@code cifar10:DIR}. */
  static CifarFiles in(Path path) {
    if (Files.isRegularFile(path)) {
      return new Archive(path);
    }
    if (!Files.isDirectory(path)) {
      throw new InputException(
          "cifar10: no such folder or file (%s).\n  Allowed: the folder %s or %s."
              .formatted(path, FOLDER, ARCHIVE));
    }
    if (Files.isDirectory(path.resolve(FOLDER))) {
      return new Folder(path.resolve(FOLDER));
    }
    if (!Files.exists(path.resolve(CifarDataset.TEST_FILE))
        && Files.isRegularFile(path.resolve(ARCHIVE))) {
      return new Archive(path.resolve(ARCHIVE));
    }
    return new Folder(path);
  }

  private static InputException wrongSize(String where, String actual, long expected) {
    return new InputException(
        ("%s: not a batch of the CIFAR-10 binary version: its size is %s bytes, expected are %d.\n"
                + "  Maybe the download broke off; or it is the Python or Matlab version?")
            .formatted(where, actual, expected));
  }

  /** Files beside each other. */
  record Folder(Path path) implements CifarFiles {
    @Override
    public String where(String name) {
      return path.resolve(name).toString();
    }

    @Override
    public void read(List<String> names, long size, BiConsumer<String, byte[]> reader) {
      for (String name : names) {
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
          throw new InputException(
              "%s: no such file.\n  Maybe unpack %s there, the binary version."
                  .formatted(file, ARCHIVE));
        }
        try {
          long actual = Files.size(file);
          if (actual != size) {
            throw wrongSize(where(name), Long.toString(actual), size);
          }
          reader.accept(name, Files.readAllBytes(file));
        } catch (IOException e) {
          throw new InputException("%s: cannot be read (%s).".formatted(file, e.getMessage()), e);
        }
      }
    }
  }

  /** Files in a gzip-compressed tar, each known by the last part of its name. */
  record Archive(Path path) implements CifarFiles {
    @Override
    public String where(String name) {
      return path + "!" + name;
    }

    @Override
    public void read(List<String> names, long size, BiConsumer<String, byte[]> reader) {
      TreeSet<String> missing = new TreeSet<>(names);
      try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
          TarArchiveInputStream tar =
              new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null && !missing.isEmpty()) {
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          if (entry.isFile() && missing.remove(name)) {
            if (entry.getSize() != size) {
              throw wrongSize(where(name), Long.toString(entry.getSize()), size);
            }
            byte[] bytes = tar.readNBytes((int) size);
            if (bytes.length != size) {
              throw wrongSize(where(name), "at most " + bytes.length, size);
            }
            reader.accept(name, bytes);
          }
          entry = tar.getNextEntry();
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new InputException(
            ("%s: cannot be read as a gzip-compressed tar (%s).\n"
                    + "  Maybe the download broke off or it is another kind of file.")
                .formatted(path, e.getMessage()),
            e);
      }
      if (!missing.isEmpty()) {
        throw new InputException(
            "%s: does not contain %s.\n  Maybe it is the Python or Matlab version; use %s."
                .formatted(path, String.join(", ", missing), ARCHIVE));
      }
    }
  }
}
