package org.netloom.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;

/**
 * Writes a file so that a crash leaves either the old one or the new one: to a temporary name in
 * the same folder, forced to the disk, then renamed.
 */
public final class AtomicFile {

  /** What fills the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /** Writes these bytes; folders that are missing are created. */
  public static void write(Path file, byte[] bytes) {
    write(file, channel -> writeFully(channel, ByteBuffer.wrap(bytes)));
  }

  /**
   * Writes what the content gives, which may be asked more than once; folders that are missing are
   * created. An interrupt does not keep the file from being written.
   *
   * @throws InputException if the file cannot be written; the old file is then untouched
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new InputException("%s: cannot be written: it is a folder.".formatted(file));
    }
    boolean interrupted = false;
    try {
      Files.createDirectories(folder);
      while (!attempt(target, folder, content)) {
        interrupted |= Thread.interrupted();
      }
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Writes once; false if an interrupt closed the channel: a file is finished before anything ends.
   */
  private static boolean attempt(Path target, Path folder, Content content) throws IOException {
    // Not createTempFile: its files are for their owner alone, these are as readable as any other.
    // A thread writes one file at a time, so process and thread make the name its own.
    Path temporary =
        folder.resolve(
            ".%s.%d-%d.part"
                .formatted(
                    target.getFileName(),
                    ProcessHandle.current().pid(),
                    Thread.currentThread().threadId()));
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        content.writeTo(channel);
        channel.force(true);
      } catch (ClosedByInterruptException e) {
        return false;
      }
      rename(temporary, target);
      return true;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes all that remains in the buffer. */
  public static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
