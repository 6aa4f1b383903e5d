package org.netloom.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;

/**
 * Holds a run for one process. The lock is on a file of its own, because the operating system lets
 * go of a lock as soon as any handle of the locked file is closed. It ends with the process.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; {@link InputException} if somebody has it. */
  static RunLock take(Path directory) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be locked: %s.".formatted(directory, FileProblem.reason(e)), e);
    }
    RunLock lock = new RunLock(channel);
    if (lock.tryLock() == null) {
      lock.close();
      throw new InputException(
          "%s: another process works on this run. Nothing was changed.%n".formatted(directory)
              + "  Maybe a search or resume that still goes on?");
    }
    return lock;
  }

  private @Nullable FileLock tryLock() {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it already
    } catch (IOException e) {
      close();
      throw new InputException("Files cannot be locked here: %s.".formatted(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new InputException("A lock cannot be released: %s.".formatted(e.getMessage()), e);
    }
  }
}
